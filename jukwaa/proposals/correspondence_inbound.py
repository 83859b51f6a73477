"""Emails to the role address, secretariat+NAME@: filed with the proposal, or held until somebody approves them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.accounts.rate_limits import RateLimit, TooManyAttemptsError, count_attempt, is_limit_reached
from jukwaa.coalitions.models import Coalition
from jukwaa.mail.email_parsing import MAX_EMAIL_BYTES
from jukwaa.mail.mail_intake import EmailRejectedError
from jukwaa.proposals.actions import file_correspondence_message
from jukwaa.proposals.correspondence_deadlines import FoundDeadline, find_deadlines_in_text
from jukwaa.proposals.correspondence_filing import (
    FilingPlace,
    Kind,
    MessageSender,
    find_filing_place,
    get_message_kind,
    get_reason_to_hold,
    hash_received_email,
    identify_email_sender,
)
from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from jukwaa.proposals.forwarded_emails import ForwardedEmail, find_forwarded_email
from jukwaa.updates import email_links
from jukwaa.updates.incoming.attachments import split_inspected_files
from jukwaa.updates.incoming.automatic_replies import EXPLANATION_RATE, override_sender_language, send_automatic_answer
from jukwaa.updates.incoming.inbound_email import InboundEmail

# Of strangers: whoever fills the list of held messages stops nobody who is known.
SENDER_EMAIL_RATE = RateLimit("mail-secretariat-sender", 10, timedelta(days=1))
COALITION_EMAIL_RATE = RateLimit("mail-secretariat", 100, timedelta(days=1))
MAX_REFERENCES = 20


def handle_secretariat_email(came: InboundEmail, coalition: Coalition) -> None:
    """File an email of the secretariat or the team; hold what may be by somebody else. Nothing of it is sent back.

    What machines send is filed only if the secretariat sent it, such as a receipt, and never counts as an answer.
    Raises EmailRejectedError for an email of which we have read only the beginning.
    """
    if len(came.raw) >= MAX_EMAIL_BYTES:
        raise EmailRejectedError("The email is larger than 30 MB. Send it again with smaller files, or without them.")
    place = find_filing_place(came, coalition)
    sender = identify_email_sender(came, coalition, place.proposal)
    held_because = get_reason_to_hold(came, sender, place)
    if came.is_automatic and (held_because or not sender.is_secretariat):
        return
    with override_sender_language(came, coalition.language):
        if sender.person is not None and sender.person.is_minor:
            _reply_to_sender(came, coalition, why="web")
        elif held_because and _exceeds_rate_limit(came, coalition):
            _reply_to_sender(came, coalition, why="often")
        else:
            _file_received_email(came, coalition, place, sender, held_because)


def should_keep_files(came: InboundEmail) -> bool:
    """Whether its files are worth inspecting: not once a sender has used up what strangers may send in a day."""
    is_listed = SecretariatAddress.objects.filter(address=came.sender).exists()
    if came.is_automatic and not is_listed:
        return False
    is_known = came.is_authenticated_sender and (is_listed or Person.objects.with_address(came.sender).exists())
    return is_known or not is_limit_reached(SENDER_EMAIL_RATE, came.sender)


def _file_received_email(
    came: InboundEmail, coalition: Coalition, place: FilingPlace, sender: MessageSender, held_because: str
) -> None:
    with translation.override(coalition.language):  # the team reads why a file was not kept
        kept, refused = split_inspected_files(came)
    addresses = set(SecretariatAddress.objects.filter(coalition=coalition).values_list("address", flat=True))
    original = _find_forwarded_email(came, sender)
    kind = get_message_kind(came, sender, original, addresses)
    file_correspondence_message(
        coalition=coalition,
        digest=hash_received_email(came),
        facts=_build_message_fields(came, place, kind, original if kind == Kind.FORWARDED else None)
        | {"held_because": held_because, "recipient": _find_message_recipient(came, kind, addresses)}
        # Anybody can write the address of a member into From.
        | {"person": sender.person if not held_because or came.is_authenticated_sender else None},
        files=kept,
        refused=refused,
        deadlines=_find_suggested_deadlines(came, kind, original),
    )
    if held_because == CorrespondenceMessage.Why.STRANGER:
        _reply_to_sender(came, coalition, why="held")


def _find_forwarded_email(came: InboundEmail, sender: MessageSender) -> ForwardedEmail | None:
    """Only what the team sends can be forwarded: nothing is looked for in other emails."""
    if sender.is_secretariat or not sender.is_in_team:
        return None
    return find_forwarded_email(came.raw, came.subject, came.text, came.quoted)


def _build_message_fields(
    came: InboundEmail, place: FilingPlace, kind: str, original: ForwardedEmail | None
) -> dict[str, Any]:
    return {
        "proposal": place.proposal,
        "answers": place.answers,
        "kind": kind,
        "is_automatic": came.is_automatic,
        "sender": came.sender,
        "sender_name": came.sender_name,
        "subject": came.subject,
        "text": came.text,
        "quoted": (original.text if original else "") or came.quoted,
        "original_sender": original.sender if original else "",
        "original_date": original.date if original else "",
        "language": came.language,
        "at": came.sent_at,
        "is_dated": came.is_dated,
        "message_id": came.message_id,
        "references": list(reversed(came.references))[-MAX_REFERENCES:],
    }


def _find_message_recipient(came: InboundEmail, kind: str, addresses: set[str]) -> str:
    return next((each for each in came.named if each in addresses), "") if kind == Kind.SENT else ""


def _find_suggested_deadlines(came: InboundEmail, kind: str, original: ForwardedEmail | None) -> list[FoundDeadline]:
    """Not in what is sent by ourselves, and not in what is quoted in a reply."""
    if kind in (Kind.SENT, Kind.NOTE) or came.is_automatic:
        return []
    forwarded = (original.text or came.quoted) if original and kind == Kind.FORWARDED else ""
    text = "\n\n".join(filter(None, [came.subject, came.text, forwarded]))
    return find_deadlines_in_text(text, timezone.localdate(came.sent_at))


def _exceeds_rate_limit(came: InboundEmail, coalition: Coalition) -> bool:
    try:
        count_attempt(SENDER_EMAIL_RATE, came.sender)
        count_attempt(COALITION_EMAIL_RATE, str(coalition.pk))
    except TooManyAttemptsError:
        return True
    return False


def _reply_to_sender(came: InboundEmail, coalition: Coalition, *, why: str) -> None:
    """Once a day at most, and nothing of the email stands in it: From may be forged."""
    subjects = {"held": _("Your message has been received"), "often": _("Your message was not saved")}
    send_automatic_answer(
        came,
        to=came.sender,
        subject=subjects.get(why, _("Please write your message on the website")),
        template="proposals/email/message_not_filed.txt",
        rate=EXPLANATION_RATE,
        coalition=coalition,
        why=why,
        page=email_links.build_absolute_url(reverse("proposals:correspondence", args=[coalition.slug])),
    )
