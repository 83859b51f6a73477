from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"

    def ready(self) -> None:
        from jukwaa.records.signals import closed, purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions.notifications.outreach import ask_to_erase, erase_letters  # noqa: PLC0415 - models must be ready
        from jukwaa.regions.signals import asked_to_erase, erased  # noqa: PLC0415 - with its neighbours
        from jukwaa.updates.clock import register  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.erasing import erase_mail  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.jobs import JOBS  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.withdrawing import drop_mail  # noqa: PLC0415 - apps must be ready first

        register(*JOBS)
        purged.connect(erase_mail)
        closed.connect(drop_mail)
        erased.connect(erase_letters)
        asked_to_erase.connect(ask_to_erase)
