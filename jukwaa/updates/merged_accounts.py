"""Email about what was sent to an account that has been merged into another one."""

from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.incoming.reply_owners import OWNER_KEY_PREFIX


def move_reply_addresses(person: Person, merged: Person, **_signal: Any) -> None:
    """The receiver of `accounts_merged`: what they could reply to with one account they can with the other."""
    ReplyAddress.objects.filter(owner=f"{OWNER_KEY_PREFIX}{merged.pk}").update(owner=f"{OWNER_KEY_PREFIX}{person.pk}")
