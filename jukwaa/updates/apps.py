from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"

    def ready(self) -> None:
        from jukwaa.accounts.signals import accounts_merged, address_changed  # noqa: PLC0415 - with its neighbours
        from jukwaa.records.signals import record_hidden, record_purged, record_redacted  # noqa: PLC0415 - with its neighbours
        from jukwaa.updates.email_erasure import (  # noqa: PLC0415 - apps must be ready first
            erase_emails_about_record,
            erase_emails_containing_name,
            move_pending_mail_to_new_address,
        )
        from jukwaa.updates.merged_accounts import (  # noqa: PLC0415 - as above
            drop_repeated_emails,
            move_reply_addresses,
        )
        from jukwaa.updates.withdrawn_record_mail import drop_unsent_emails  # noqa: PLC0415 - apps must be ready first

        address_changed.connect(move_pending_mail_to_new_address)
        record_purged.connect(erase_emails_about_record)
        record_redacted.connect(erase_emails_containing_name)
        record_hidden.connect(drop_unsent_emails)
        accounts_merged.connect(move_reply_addresses)
        accounts_merged.connect(drop_repeated_emails)
