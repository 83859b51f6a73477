from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"

    def ready(self) -> None:
        from jukwaa.accounts.signals import accounts_merged, address_changed  # noqa: PLC0415 - with its neighbours
        from jukwaa.records.signals import closed, purged, redacted  # noqa: PLC0415 - with its neighbours
        from jukwaa.updates.erasing import erase_mail, erase_mail_with_names, move_pending  # noqa: PLC0415 - apps must be ready first
        from jukwaa.updates.merged_accounts import move_reply_addresses  # noqa: PLC0415 - as above
        from jukwaa.updates.withdrawing import drop_mail  # noqa: PLC0415 - apps must be ready first

        address_changed.connect(move_pending)
        purged.connect(erase_mail)
        redacted.connect(erase_mail_with_names)
        closed.connect(drop_mail)
        accounts_merged.connect(move_reply_addresses)
