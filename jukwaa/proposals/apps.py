from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jukwaa.proposals"
    label = "proposals"

    def ready(self) -> None:
        from jukwaa.proposals.actions.forgetting import forget_participants_of  # noqa: PLC0415 - apps must be ready first
        from jukwaa.proposals.erasing import redact_correspondence  # noqa: PLC0415 - with its neighbours
        from jukwaa.records.signals import purged, redacted  # noqa: PLC0415 - with its neighbours

        purged.connect(forget_participants_of)
        redacted.connect(redact_correspondence)
