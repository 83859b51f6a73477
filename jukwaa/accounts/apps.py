from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jukwaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from jukwaa.accounts.age import AgeQuestion  # noqa: PLC0415 - apps must be ready first
        from jukwaa.accounts.erased import note_erased  # noqa: PLC0415 - as above
        from jukwaa.accounts.signals import person_erased  # noqa: PLC0415 - as above
        from jukwaa.core.first_question import register_question  # noqa: PLC0415 - as above

        person_erased.connect(note_erased)
        register_question(AgeQuestion())
