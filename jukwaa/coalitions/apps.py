from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jukwaa.accounts.signals import accounts_merged, minor_status_changed, name_changed, person_erased


class CoalitionsConfig(AppConfig):
    name = "jukwaa.coalitions"
    label = "coalitions"

    def ready(self) -> None:
        from jukwaa.coalitions.append_only import install_append_only_triggers  # noqa: PLC0415 - apps must be ready first
        from jukwaa.coalitions.caching import invalidate_name_caches  # noqa: PLC0415 - as above
        from jukwaa.coalitions.erasure import record_erased_person  # noqa: PLC0415 - as above
        from jukwaa.coalitions.merged_accounts import update_coalitions_after_merge  # noqa: PLC0415 - as above
        from jukwaa.coalitions.minors import hide_minor_name  # noqa: PLC0415 - as above

        post_migrate.connect(install_append_only_triggers, sender=self)
        name_changed.connect(invalidate_name_caches)
        person_erased.connect(record_erased_person)
        accounts_merged.connect(update_coalitions_after_merge)
        minor_status_changed.connect(hide_minor_name)
