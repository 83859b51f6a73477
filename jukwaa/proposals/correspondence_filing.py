"""Where a message belongs, and whether its sender is known: by what it replies to, by its subject, by its address."""

import hashlib
import re
from dataclasses import dataclass

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.proposals import policies
from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from jukwaa.proposals.forwarded_emails import ForwardedEmail
from jukwaa.proposals.models import Proposal
from jukwaa.records.models import Authorship, State
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.sender_trust import is_trusted_sender

Kind, Why = CorrespondenceMessage.Kind, CorrespondenceMessage.Why
FILEABLE_STATES = (State.PUBLISHED, State.WITHDRAWN)  # others cannot be read by the team


@dataclass(frozen=True)
class MessageFilingPlace:
    """The proposal that a message is about, if that is clear, and the message that it replies to."""

    proposal: Proposal | None = None
    answers: CorrespondenceMessage | None = None


@dataclass(frozen=True)
class MessageSender:
    """Who an email says it is from."""

    person: Person | None
    is_secretariat: bool
    is_in_team: bool

    @property
    def is_known(self) -> bool:
        return self.is_secretariat or self.is_in_team


def get_proposal_subject_tag(proposal: Proposal) -> str:
    """Return what a subject contains so that the replies are filed with the proposal."""
    return f"[{proposal.coalition.slug}-{proposal.pk}]"


def add_proposal_tag_to_subject(subject: str, proposal: Proposal | None) -> str:
    """Return the subject with the tag of the proposal, once."""
    if proposal is None or get_proposal_subject_tag(proposal).casefold() in subject.casefold():
        return subject
    return f"{subject} {get_proposal_subject_tag(proposal)}"


def find_filing_place(inbound_email: InboundEmail, coalition: Coalition) -> MessageFilingPlace:
    """What a message replies to comes first; then the tag in its subject. Several tags are not clear."""
    answers = _find_answered_message(inbound_email, coalition)
    if answers is not None and answers.proposal is not None and answers.proposal.state in FILEABLE_STATES:
        return MessageFilingPlace(answers.proposal, answers)
    tagged = {
        int(pk)
        for pk in re.findall(rf"\[{re.escape(coalition.slug)}-(\d{{1,15}})\]", inbound_email.subject, re.IGNORECASE)
    }
    if len(tagged) != 1:
        return MessageFilingPlace(None, answers)
    proposals = Proposal.objects.of(coalition).filter(state__in=FILEABLE_STATES)
    return MessageFilingPlace(proposals.filter(pk=tagged.pop()).first(), answers)


def _find_answered_message(inbound_email: InboundEmail, coalition: Coalition) -> CorrespondenceMessage | None:
    rows = CorrespondenceMessage.objects.of(coalition).filed().filter(message_id__in=inbound_email.references)
    by_id = {row.message_id: row for row in rows.select_related("proposal")}
    return next((by_id[each] for each in inbound_email.references if each in by_id), None)


def identify_email_sender(
    inbound_email: InboundEmail, coalition: Coalition, proposal: Proposal | None
) -> MessageSender:
    """Return who the sender would be if the email is by whom it says it is from."""
    person = Person.objects.with_address(inbound_email.sender).first() if inbound_email.sender else None
    listed = SecretariatAddress.objects.filter(coalition=coalition, address=inbound_email.sender)
    is_in_team = person is not None and _is_in_team(person, coalition, proposal)
    return MessageSender(person, listed.exists(), is_in_team)


def _is_in_team(person: Person, coalition: Coalition, proposal: Proposal | None) -> bool:
    viewer = ViewerContext(person)
    if policies.can_handle_correspondence(viewer, coalition):
        return True
    if proposal is not None:
        return policies.can_write_message(viewer, proposal)
    written = Authorship.objects.filter(
        person=person, record__in=Proposal.objects.of(coalition).filter(state__in=FILEABLE_STATES)
    )
    return Membership.objects.seats_of(person).filter(coalition=coalition).exists() and written.exists()


def get_reason_for_manual_review(
    inbound_email: InboundEmail, sender: MessageSender, filing_place: MessageFilingPlace
) -> str:
    """Return why somebody must look at it first; empty if it can be filed at once.

    The role address is no secret, so the address in From proves nothing by itself: our mail server must vouch for it.
    Where no such server is named, a reply to a message of ours is believed, since its Message-ID is a secret.
    """
    if not sender.is_known:
        if sender.person is not None and not inbound_email.is_authenticated_sender:
            return Why.UNPROVEN
        return Why.STRANGER
    replies_to_ours = filing_place.answers is not None and filing_place.answers.outbox_id is not None
    if inbound_email.is_authenticated_sender or (
        replies_to_ours and is_trusted_sender(inbound_email, inbound_email.sender)
    ):
        return ""
    return Why.UNPROVEN


def get_message_kind(
    inbound_email: InboundEmail,
    sender: MessageSender,
    forwarded_email: ForwardedEmail | None,
    email_addresses: set[str],
) -> str:
    """Return whether it was received, sent with a copy to us, forwarded, or is a note of the team."""
    if sender.is_secretariat or not sender.is_in_team:
        return Kind.RECEIVED
    if forwarded_email is not None:
        return Kind.FORWARDED
    return Kind.SENT if email_addresses.intersection(inbound_email.named) else Kind.NOTE


def hash_received_email(inbound_email: InboundEmail) -> str:
    """Return what the same message has in common each time it comes, whatever its Message-ID."""
    sent = inbound_email.sent_at.isoformat() if inbound_email.is_dated else ""
    files = [hashlib.sha256(file.data).hexdigest() for file in inbound_email.files]
    said = "\0".join(
        [inbound_email.sender, inbound_email.subject, sent, inbound_email.text, inbound_email.quoted, *files]
    )
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()
