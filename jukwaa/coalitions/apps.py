from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoalitionsConfig(AppConfig):
    name = "jukwaa.coalitions"
    label = "coalitions"

    def ready(self) -> None:
        from jukwaa.coalitions.append_only import install_triggers  # noqa: PLC0415 - apps must be ready first

        post_migrate.connect(install_triggers, sender=self)
