from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"

    def ready(self) -> None:
        from jukwaa.records.signals import closed, purged, redacted  # noqa: PLC0415 - with its neighbours
        from jukwaa.updates.erasing import erase_mail, erase_mail_with_names  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.withdrawing import drop_mail  # noqa: PLC0415 - apps must be ready first

        purged.connect(erase_mail)
        redacted.connect(erase_mail_with_names)
        closed.connect(drop_mail)
