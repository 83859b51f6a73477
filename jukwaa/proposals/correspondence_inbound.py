"""Emails to the role address, secretariat+NAME@: filed with the proposal, or held until somebody approves them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.limits import Rate, TooManyTries, count, is_used_up
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.mail.incoming import MOST_BYTES
from jukwaa.mail.receiving import EmailRejectedError
from jukwaa.proposals.actions import file_message
from jukwaa.proposals.correspondence_deadlines import FoundDeadline, find_deadlines
from jukwaa.proposals.correspondence_filing import (
    Kind,
    Place,
    Sender,
    build_digest,
    find_kind,
    find_place,
    get_reason_to_hold,
    identify,
)
from jukwaa.proposals.correspondence_forwarded import Original, find_original
from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from jukwaa.updates import tokens
from jukwaa.updates.incoming.answers import EXPLAINED, answer, in_language_of
from jukwaa.updates.incoming.attached import inspected
from jukwaa.updates.incoming.came import Came

# Of strangers: whoever fills the list of held messages stops nobody who is known.
HELD_OF_SENDER = Rate("mail-secretariat-sender", 10, timedelta(days=1))
HELD_OF_COALITION = Rate("mail-secretariat", 100, timedelta(days=1))
MOST_REFERENCES = 20


def take_message(came: Came, coalition: Coalition) -> None:
    """File an email of the secretariat or the team; hold what may be by somebody else. Nothing of it is sent back.

    What machines send is filed only if the secretariat sent it, such as a receipt, and never counts as an answer.
    Raises EmailRejectedError for an email of which we have read only the beginning.
    """
    if len(came.raw) >= MOST_BYTES:
        raise EmailRejectedError("The email is larger than 30 MB. Send it again with smaller files, or without them.")
    place = find_place(came, coalition)
    sender = identify(came, coalition, place.proposal)
    held_because = get_reason_to_hold(came, sender, place)
    if came.is_from_a_machine and (held_because or not sender.is_secretariat):
        return
    with in_language_of(came, coalition.language):
        if sender.person is not None and sender.person.is_minor:
            _write_back(came, coalition, why="web")
        elif held_because and _is_too_much(came, coalition):
            _write_back(came, coalition, why="often")
        else:
            _file(came, coalition, place, sender, held_because)


def keeps_files(came: Came) -> bool:
    """Whether its files are worth inspecting: not once a sender has used up what strangers may send in a day."""
    is_listed = SecretariatAddress.objects.filter(address=came.sender).exists()
    if came.is_from_a_machine and not is_listed:
        return False
    is_known = came.is_vouched_for and (is_listed or Person.objects.with_address(came.sender).exists())
    return is_known or not is_used_up(HELD_OF_SENDER, came.sender)


def _file(came: Came, coalition: Coalition, place: Place, sender: Sender, held_because: str) -> None:
    with translation.override(coalition.language):  # the team reads why a file was not kept
        kept, refused = inspected(came)
    addresses = set(SecretariatAddress.objects.filter(coalition=coalition).values_list("address", flat=True))
    original = _find_original(came, sender)
    kind = find_kind(came, sender, original, addresses)
    file_message(
        coalition=coalition,
        digest=build_digest(came),
        facts=_describe(came, place, kind, original if kind == Kind.FORWARDED else None)
        | {"held_because": held_because, "recipient": _find_recipient(came, kind, addresses)}
        # Anybody can write the address of a member into From.
        | {"person": sender.person if not held_because or came.is_vouched_for else None},
        files=kept,
        refused=refused,
        deadlines=_find_deadlines(came, kind, original),
    )
    if held_because == CorrespondenceMessage.Why.STRANGER:
        _write_back(came, coalition, why="held")


def _find_original(came: Came, sender: Sender) -> Original | None:
    """Only what the team sends can be forwarded: nothing is looked for in other emails."""
    if sender.is_secretariat or not sender.is_in_team:
        return None
    return find_original(came.raw, came.subject, came.text, came.quoted)


def _describe(came: Came, place: Place, kind: str, original: Original | None) -> dict[str, Any]:
    return {
        "proposal": place.proposal,
        "answers": place.answers,
        "kind": kind,
        "is_automatic": came.is_from_a_machine,
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
        "references": list(reversed(came.references))[-MOST_REFERENCES:],
    }


def _find_recipient(came: Came, kind: str, addresses: set[str]) -> str:
    return next((each for each in came.named if each in addresses), "") if kind == Kind.SENT else ""


def _find_deadlines(came: Came, kind: str, original: Original | None) -> list[FoundDeadline]:
    """Not in what is sent by ourselves, and not in what is quoted in a reply."""
    if kind in (Kind.SENT, Kind.NOTE) or came.is_from_a_machine:
        return []
    forwarded = (original.text or came.quoted) if original and kind == Kind.FORWARDED else ""
    text = "\n\n".join(filter(None, [came.subject, came.text, forwarded]))
    return find_deadlines(text, timezone.localdate(came.sent_at))


def _is_too_much(came: Came, coalition: Coalition) -> bool:
    try:
        count(HELD_OF_SENDER, came.sender)
        count(HELD_OF_COALITION, str(coalition.pk))
    except TooManyTries:
        return True
    return False


def _write_back(came: Came, coalition: Coalition, *, why: str) -> None:
    """Once a day at most, and nothing of the email stands in it: From may be forged."""
    subjects = {"held": _("Your message has been received"), "often": _("Your message was not saved")}
    answer(
        came,
        to=came.sender,
        subject=subjects.get(why, _("Please write your message on the website")),
        template="proposals/email/message_not_filed.txt",
        rate=EXPLAINED,
        coalition=coalition,
        why=why,
        page=tokens.absolute(reverse("proposals:correspondence", args=[coalition.slug])),
    )
