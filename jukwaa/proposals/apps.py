from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jukwaa.proposals"
    label = "proposals"

    def ready(self) -> None:
        from jukwaa.proposals.erasing import redact_correspondence  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import redacted  # noqa: PLC0415 - with its neighbours

        redacted.connect(redact_correspondence)
