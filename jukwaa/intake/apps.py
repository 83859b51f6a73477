from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "jukwaa.intake"
    label = "intake"

    def ready(self) -> None:
        from jukwaa.intake.erasure import erase_reading_data, redact_reading_data  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import record_purged, record_redacted  # noqa: PLC0415 - with its neighbours

        record_purged.connect(erase_reading_data)
        record_redacted.connect(redact_reading_data)
