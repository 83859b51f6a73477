from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jukwaa.proposals"
    label = "proposals"

    def ready(self) -> None:
        from jukwaa.proposals.actions.forgetting import forget_participants_of  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import purged  # noqa: PLC0415 - with its neighbours

        purged.connect(forget_participants_of)
