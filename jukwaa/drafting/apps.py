from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "jukwaa.drafting"
    label = "drafting"

    def ready(self) -> None:
        from jukwaa.drafting.quote_erasure import erase_quotes, hide_quotes, redact_quotes  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import record_hidden, record_purged, record_redacted, record_relabelled  # noqa: PLC0415 - with its neighbours

        record_hidden.connect(hide_quotes)
        record_relabelled.connect(hide_quotes)
        record_purged.connect(erase_quotes)
        record_redacted.connect(redact_quotes)
