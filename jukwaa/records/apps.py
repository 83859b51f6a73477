from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jukwaa.accounts.signals import minor_status_changed


class RecordsConfig(AppConfig):
    name = "jukwaa.records"
    label = "records"

    def ready(self) -> None:
        from jukwaa.core.submissions import register_submission_check  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.age_restrictions import update_minor_records  # noqa: PLC0415 - as above
        from jukwaa.records.index.schema import install_index_triggers  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.quarantine import quarantine_submission  # noqa: PLC0415 - apps must be ready first

        minor_status_changed.connect(update_minor_records)
        post_migrate.connect(install_index_triggers, sender=self)
        register_submission_check(quarantine_submission)
