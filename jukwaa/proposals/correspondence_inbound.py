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
from jukwaa.proposals.correspondence_deadlines import FoundMessageDeadline, find_deadlines_in_text
from jukwaa.proposals.correspondence_filing import (
    Kind,
    MessageFilingPlace,
    MessageSender,
    find_filing_place,
    get_message_kind,
    get_reason_for_manual_review,
    hash_received_email,
    identify_email_sender,
)
from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from jukwaa.proposals.forwarded_emails import ForwardedEmail, find_forwarded_email
from jukwaa.updates import email_links
from jukwaa.updates.incoming.attachments import split_inspected_files
from jukwaa.updates.incoming.automatic_replies import (
    EXPLANATION_RATE_LIMIT,
    override_sender_language,
    send_automatic_answer,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail

# Of strangers: whoever fills the list of held messages stops nobody who is known.
SENDER_EMAIL_RATE = RateLimit("mail-secretariat-sender", 10, timedelta(days=1))
COALITION_EMAIL_RATE = RateLimit("mail-secretariat", 100, timedelta(days=1))
MAX_EMAIL_REFERENCES = 20


def handle_secretariat_email(inbound_email: InboundEmail, coalition: Coalition) -> None:
    """File an email of the secretariat or the team; hold what may be by somebody else. Nothing of it is sent back.

    What machines send is filed only if the secretariat sent it, such as a receipt, and never counts as an answer.
    Raises EmailRejectedError for an email of which we have read only the beginning.
    """
    if len(inbound_email.raw) >= MAX_EMAIL_BYTES:
        raise EmailRejectedError("The email is larger than 30 MB. Send it again with smaller files, or without them.")
    place = find_filing_place(inbound_email, coalition)
    sender = identify_email_sender(inbound_email, coalition, place.proposal)
    held_because = get_reason_for_manual_review(inbound_email, sender, place)
    if inbound_email.is_automatic and (held_because or not sender.is_secretariat):
        return
    with override_sender_language(inbound_email, coalition.language):
        if sender.person is not None and sender.person.is_minor:
            _reply_to_email_sender(inbound_email, coalition, refusal_code="web")
        elif held_because and _exceeds_rate_limit(inbound_email, coalition):
            _reply_to_email_sender(inbound_email, coalition, refusal_code="often")
        else:
            _file_received_email(inbound_email, coalition, place, sender, held_because)


def should_keep_email_files(inbound_email: InboundEmail) -> bool:
    """Whether its files are worth inspecting: not once a sender has used up what strangers may send in a day."""
    is_listed = SecretariatAddress.objects.filter(address=inbound_email.sender).exists()
    if inbound_email.is_automatic and not is_listed:
        return False
    is_known = inbound_email.is_authenticated_sender and (
        is_listed or Person.objects.with_address(inbound_email.sender).exists()
    )
    return is_known or not is_limit_reached(SENDER_EMAIL_RATE, inbound_email.sender)


def _file_received_email(
    inbound_email: InboundEmail,
    coalition: Coalition,
    filing_place: MessageFilingPlace,
    sender: MessageSender,
    hold_reason: str,
) -> None:
    with translation.override(coalition.language):  # the team reads why a file was not kept
        kept, refused = split_inspected_files(inbound_email)
    addresses = set(SecretariatAddress.objects.filter(coalition=coalition).values_list("address", flat=True))
    original = _find_forwarded_email(inbound_email, sender)
    kind = get_message_kind(inbound_email, sender, original, addresses)
    file_correspondence_message(
        coalition=coalition,
        email_digest=hash_received_email(inbound_email),
        message_values=_build_message_fields(
            inbound_email, filing_place, kind, original if kind == Kind.FORWARDED else None
        )
        | {"held_because": hold_reason, "recipient": _find_message_recipient(inbound_email, kind, addresses)}
        # Anybody can write the address of a member into From.
        | {"person": sender.person if not hold_reason or inbound_email.is_authenticated_sender else None},
        inspected_files=kept,
        refused_files=refused,
        found_deadlines=_find_suggested_deadlines(inbound_email, kind, original),
    )
    if hold_reason == CorrespondenceMessage.Why.STRANGER:
        _reply_to_email_sender(inbound_email, coalition, refusal_code="held")


def _find_forwarded_email(inbound_email: InboundEmail, sender: MessageSender) -> ForwardedEmail | None:
    """Only what the team sends can be forwarded: nothing is looked for in other emails."""
    if sender.is_secretariat or not sender.is_in_team:
        return None
    return find_forwarded_email(inbound_email.raw, inbound_email.subject, inbound_email.text, inbound_email.quoted)


def _build_message_fields(
    inbound_email: InboundEmail,
    filing_place: MessageFilingPlace,
    message_kind: str,
    forwarded_email: ForwardedEmail | None,
) -> dict[str, Any]:
    return {
        "proposal": filing_place.proposal,
        "answers": filing_place.answers,
        "kind": message_kind,
        "is_automatic": inbound_email.is_automatic,
        "sender": inbound_email.sender,
        "sender_name": inbound_email.sender_name,
        "subject": inbound_email.subject,
        "text": inbound_email.text,
        "quoted": (forwarded_email.text if forwarded_email else "") or inbound_email.quoted,
        "original_sender": forwarded_email.sender if forwarded_email else "",
        "original_date": forwarded_email.date if forwarded_email else "",
        "language": inbound_email.language,
        "at": inbound_email.sent_at,
        "is_dated": inbound_email.is_dated,
        "message_id": inbound_email.message_id,
        "references": list(reversed(inbound_email.references))[-MAX_EMAIL_REFERENCES:],
    }


def _find_message_recipient(inbound_email: InboundEmail, message_kind: str, email_addresses: set[str]) -> str:
    return (
        next((each for each in inbound_email.named if each in email_addresses), "") if message_kind == Kind.SENT else ""
    )


def _find_suggested_deadlines(
    inbound_email: InboundEmail, message_kind: str, forwarded_email: ForwardedEmail | None
) -> list[FoundMessageDeadline]:
    """Not in what is sent by ourselves, and not in what is quoted in a reply."""
    if message_kind in (Kind.SENT, Kind.NOTE) or inbound_email.is_automatic:
        return []
    forwarded = (
        (forwarded_email.text or inbound_email.quoted) if forwarded_email and message_kind == Kind.FORWARDED else ""
    )
    text = "\n\n".join(filter(None, [inbound_email.subject, inbound_email.text, forwarded]))
    return find_deadlines_in_text(text, timezone.localdate(inbound_email.sent_at))


def _exceeds_rate_limit(inbound_email: InboundEmail, coalition: Coalition) -> bool:
    try:
        count_attempt(SENDER_EMAIL_RATE, inbound_email.sender)
        count_attempt(COALITION_EMAIL_RATE, str(coalition.pk))
    except TooManyAttemptsError:
        return True
    return False


def _reply_to_email_sender(inbound_email: InboundEmail, coalition: Coalition, *, refusal_code: str) -> None:
    """Once a day at most, and nothing of the email stands in it: From may be forged."""
    subjects = {"held": _("Your message has been received"), "often": _("Your message was not saved")}
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=subjects.get(refusal_code, _("Please write your message on the website")),
        template="proposals/email/message_not_filed.txt",
        rate=EXPLANATION_RATE_LIMIT,
        coalition=coalition,
        why=refusal_code,
        page=email_links.build_absolute_url(reverse("proposals:correspondence", args=[coalition.slug])),
    )
