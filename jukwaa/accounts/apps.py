from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jukwaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from jukwaa.accounts.age import AgeQuestion  # noqa: PLC0415 - apps must be ready first
        from jukwaa.accounts.erased_identities import block_erased_person  # noqa: PLC0415 - as above
        from jukwaa.accounts.signals import person_erased  # noqa: PLC0415 - as above
        from jukwaa.core.age_check_hook import register_initial_question  # noqa: PLC0415 - as above

        person_erased.connect(block_erased_person)
        register_initial_question(AgeQuestion())
