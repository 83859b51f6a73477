from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "jukwaa.drafting"
    label = "drafting"

    def ready(self) -> None:
        from jukwaa.drafting.erasing import erase_quotes, hide_quotes, redact_quotes  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import closed, purged, redacted, relabelled  # noqa: PLC0415 - with its neighbours

        closed.connect(hide_quotes)
        relabelled.connect(hide_quotes)
        purged.connect(erase_quotes)
        redacted.connect(redact_quotes)
