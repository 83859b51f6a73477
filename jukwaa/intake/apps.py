from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "jukwaa.intake"
    label = "intake"

    def ready(self) -> None:
        from jukwaa.intake.erasing import erase_at_the_desk, redact_at_the_desk  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import purged, redacted  # noqa: PLC0415 - with its neighbours

        purged.connect(erase_at_the_desk)
        redacted.connect(redact_at_the_desk)
