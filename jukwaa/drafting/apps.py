from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "jukwaa.drafting"
    label = "drafting"

    def ready(self) -> None:
        from jukwaa.drafting.quote_erasure import erase_record_quotes, hide_record_quotes, redact_record_quotes  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import record_hidden, record_purged, record_redacted, record_relabelled  # noqa: PLC0415 - with its neighbours

        record_hidden.connect(hide_record_quotes)
        record_relabelled.connect(hide_record_quotes)
        record_purged.connect(erase_record_quotes)
        record_redacted.connect(redact_record_quotes)
