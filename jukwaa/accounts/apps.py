from django.apps import AppConfig
from django.db.models.signals import post_delete


class AccountsConfig(AppConfig):
    name = "jukwaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from jukwaa.accounts.age import AgeQuestion  # noqa: PLC0415 - apps must be ready first
        from jukwaa.accounts.erased_identities import block_erased_person  # noqa: PLC0415 - as above
        from jukwaa.accounts.kept_files import AccountFileKeeper, delete_stored_file  # noqa: PLC0415 - as above
        from jukwaa.accounts.models import KeptFile  # noqa: PLC0415 - as above
        from jukwaa.accounts.signals import person_erased  # noqa: PLC0415 - as above
        from jukwaa.core.age_check_hook import register_initial_question  # noqa: PLC0415 - as above
        from jukwaa.core.kept_files import register_file_keeper  # noqa: PLC0415 - as above

        person_erased.connect(block_erased_person)
        register_initial_question(AgeQuestion())
        register_file_keeper(AccountFileKeeper())
        post_delete.connect(delete_stored_file, sender=KeptFile)
