from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jukwaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from jukwaa.accounts.age import AgeQuestion  # noqa: PLC0415 - apps must be ready first
        from jukwaa.core.first_question import register_question  # noqa: PLC0415 - as above

        register_question(AgeQuestion())
