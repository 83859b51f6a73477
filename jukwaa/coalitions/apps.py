from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jukwaa.accounts.signals import accounts_merged, minor_status_changed, name_changed, person_erased


class CoalitionsConfig(AppConfig):
    name = "jukwaa.coalitions"
    label = "coalitions"

    def ready(self) -> None:
        from jukwaa.coalitions.append_only import install_triggers  # noqa: PLC0415 - apps must be ready first
        from jukwaa.coalitions.caching import forget_names  # noqa: PLC0415 - as above
        from jukwaa.coalitions.erasing import note_names  # noqa: PLC0415 - as above
        from jukwaa.coalitions.merged_accounts import settle_coalitions  # noqa: PLC0415 - as above
        from jukwaa.coalitions.minors import hide_traces  # noqa: PLC0415 - as above

        post_migrate.connect(install_triggers, sender=self)
        name_changed.connect(forget_names)
        person_erased.connect(note_names)
        accounts_merged.connect(settle_coalitions)
        minor_status_changed.connect(hide_traces)
