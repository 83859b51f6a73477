from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"

    def ready(self) -> None:
        from jukwaa.records.signals import closed, purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.updates.erasing import erase_mail  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.withdrawing import drop_mail  # noqa: PLC0415 - apps must be ready first

        purged.connect(erase_mail)
        closed.connect(drop_mail)
