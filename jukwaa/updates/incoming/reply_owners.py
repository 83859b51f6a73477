"""Whose a reply address is, and whether a reply to it can be believed at once."""

from jukwaa.accounts.models import Person
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.sender_trust import is_trusted_sender

OWNER_KEY_PREFIX = "person:"


def get_reply_owner(reply_address: ReplyAddress) -> Person | None:
    """Return the person whom the email was sent to, while the address is still theirs: nobody inherits a token."""
    pk = reply_address.owner.removeprefix(OWNER_KEY_PREFIX)
    if not pk.isdecimal():
        return None
    found: Person | None = Person.objects.with_address(reply_address.address).filter(pk=int(pk)).first()
    return found


def is_sent_by_owner(inbound_email: InboundEmail, reply_address: ReplyAddress) -> bool:
    """Whether it says that it is from the owner of an address that is still valid, or was confirmed by them."""
    return inbound_email.is_confirmed or (
        inbound_email.sender == reply_address.address and not reply_address.has_expired
    )


def needs_confirmation(inbound_email: InboundEmail, reply_address: ReplyAddress) -> bool:
    """Whether its owner must confirm it by a link: another sender, an expired address, words that could identify."""
    if inbound_email.is_confirmed:
        return False
    return (
        not is_trusted_sender(inbound_email, reply_address.address)
        or reply_address.has_expired
        or bool(screen_text_for_signs(inbound_email.text))
    )
