"""Email about what was sent to an account that has been merged into another one."""

from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.mail.actions import drop_unsent_emails, find_queued_email_keys
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.incoming.reply_owners import OWNER_KEY_PREFIX
from jukwaa.updates.models import Letter


def move_reply_addresses(person: Person, merged: Person, **_signal: Any) -> None:
    """The receiver of `accounts_merged`: what they could reply to with one account they can with the other."""
    ReplyAddress.objects.filter(owner=f"{OWNER_KEY_PREFIX}{merged.pk}").update(owner=f"{OWNER_KEY_PREFIX}{person.pk}")


def drop_repeated_emails(person: Person, merged: Person, **_signal: Any) -> None:
    """The receiver of `accounts_merged`: a notification due to both accounts is sent once.

    The letters have moved to the account that stays by now; the keys of their emails still name their reader.
    """
    waiting = Letter.objects.filter(
        person=person,
        message__key__endswith=f":{merged.pk}",
        message__sent_at=None,
        message__claimed_at=None,
        message__given_up_at=None,
    )
    twin_keys, dropped = {}, []
    for letter in waiting.select_related("message"):
        twin_keys[letter.pk] = f"{letter.message.key.removesuffix(f':{merged.pk}')}:{person.pk}"
        if letter.is_first and person.has_been_informed:
            dropped.append(letter.pk)
    queued = find_queued_email_keys(twin_keys.values())
    drop_unsent_emails([*dropped, *(pk for pk, key in twin_keys.items() if key in queued)])
