"""Write a message to the secretariat, have it reviewed by a second person, and send it."""

import hashlib
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message
from jukwaa.proposals import policies
from jukwaa.proposals.actions.correspondence import CORRESPONDENCE_ACTIVITY_KIND, close_answered_deadlines
from jukwaa.proposals.correspondence_filing import add_proposal_tag_to_subject
from jukwaa.proposals.correspondence_models import CorrespondenceDraft, CorrespondenceMessage, get_role_address
from jukwaa.proposals.models import Proposal
from jukwaa.updates.letters import get_held_mail_scope

MessageDraftState = CorrespondenceDraft.State
# A person wrote it: answering machines may answer, unlike to what we send by ourselves.
PERSONAL_EMAIL_HEADERS = {"Auto-Submitted": "no", "X-Auto-Response-Suppress": "None"}
MAX_EMAIL_REFERENCES = 8


@action
def write_correspondence_draft(
    *,
    actor: Person,
    coalition: Coalition,
    proposal: Proposal | None,
    recipient: str,
    subject: str,
    text: str,
    answers: CorrespondenceMessage | None = None,
    token: UUID | None = None,
) -> CorrespondenceDraft:
    """Start a message to the secretariat. Nobody outside the team sees it. Raises PermissionDenied."""
    if token is not None and (there := CorrespondenceDraft.objects.visible_to(actor).filter(token=token).first()):
        return there
    draft = CorrespondenceDraft(
        coalition=coalition,
        proposal=proposal,
        answers=answers,
        author=actor,
        recipient=recipient,
        subject=subject,
        text=text,
        token=token,
    )
    _require_can_change_draft(actor, draft)
    draft.save()
    record_activity(actor=actor, verb="wrote-draft", subject=draft, coalition=coalition)
    return draft


@action
def change_correspondence_draft(
    *, actor: Person, draft: CorrespondenceDraft, recipient: str, subject: str, text: str, version: int
) -> CorrespondenceDraft:
    """Save a change, which ends a review and takes an approval away.

    Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    current = _lock_correspondence_draft(actor, draft)
    if (current.recipient, current.subject, current.text) == (recipient, subject, text):
        return current
    if current.version != version:
        raise EditConflict(current)
    current.recipient, current.subject, current.text, current.reviewer = recipient, subject, text, None
    return _save_correspondence_draft(actor, current, MessageDraftState.WRITING, "changed-draft", version=version + 1)


@action
def request_draft_review(*, actor: Person, message_draft: CorrespondenceDraft, reviewer: Person) -> CorrespondenceDraft:
    """Ask a second person to review a draft. Raises PermissionDenied and ActionRefused."""
    current = _lock_correspondence_draft(actor, message_draft)
    if reviewer.pk == current.author_id:
        raise ActionRefused(_("Choose another person. The author cannot review the draft."), "reviewer")
    if not policies.can_change_draft(ViewerContext(reviewer), current):
        raise ActionRefused(_("This person cannot read the draft. Choose another person."), "reviewer")
    if current.state == MessageDraftState.REVIEW and current.reviewer_id == reviewer.pk:
        return current
    current.reviewer, current.note = reviewer, ""
    return _save_correspondence_draft(actor, current, MessageDraftState.REVIEW, "asked-review")


@action
def cancel_draft_review(*, actor: Person, message_draft: CorrespondenceDraft) -> CorrespondenceDraft:
    """Send the draft back to its author without a review. Raises PermissionDenied and ActionRefused."""
    current = _lock_correspondence_draft(actor, message_draft)
    if current.state != MessageDraftState.REVIEW:
        return current
    current.reviewer = None
    return _save_correspondence_draft(actor, current, MessageDraftState.WRITING, "cancelled-review")


@action
def review_correspondence_draft(
    *, actor: Person, draft: CorrespondenceDraft, is_approved: bool, remark: str, version: int
) -> CorrespondenceDraft:
    """Approve a draft as it reads in `version`, or request changes. Raises PermissionDenied and ActionRefused."""
    current = _lock_correspondence_draft(actor, draft)
    if current.reviewer_id != actor.pk:
        raise PermissionDenied(_("Only the chosen reviewer can review this draft."))
    if current.state != MessageDraftState.REVIEW:
        raise ActionRefused(_("This draft is no longer in review. Open it to see what has changed."))
    if current.version != version:
        raise ActionRefused(_("The draft has been changed since you opened it. Read it again, then save your review."))
    if not is_approved and not remark:
        raise ActionRefused(_("Describe what should be changed."), "remark")
    current.note = remark
    return _save_correspondence_draft(
        actor, current, MessageDraftState.APPROVED if is_approved else MessageDraftState.CHANGES, "reviewed-draft"
    )


@action
def send_correspondence_draft(
    *, actor: Person, message_draft: CorrespondenceDraft, version: int
) -> CorrespondenceMessage | None:
    """Send a draft, and file what was sent. Sending it twice sends it once.

    Raises PermissionDenied, ActionRefused, and EditConflict if it has been changed since `version`.
    """
    there = CorrespondenceDraft.objects.filter(pk=message_draft.pk).exclude(sent_at=None).select_related("sent").first()
    if there is not None:
        return there.sent
    current = _lock_correspondence_draft(actor, message_draft)
    if not policies.can_send_message(ViewerContext(actor), current.coalition):
        raise PermissionDenied(_("Only coordinators and chairs can send messages."))
    if current.state == MessageDraftState.REVIEW:
        raise ActionRefused(_("This draft is in review. Wait until it has been reviewed, or cancel the review."))
    if current.state == MessageDraftState.CHANGES:
        raise ActionRefused(_("The reviewer has requested changes. Change the draft, then send it."))
    if current.version != version:
        raise EditConflict(current)
    message = _file_sent_message(actor, current)
    CorrespondenceDraft.objects.filter(pk=current.pk).update(
        sent=message, sent_at=message.at, subject="", text="", note="", token=None
    )
    close_answered_deadlines(message)
    record_activity(
        actor=actor,
        verb="sent-message",
        subject=message,
        kind=CORRESPONDENCE_ACTIVITY_KIND,
        coalition=current.coalition,
    )
    return message


def _file_sent_message(actor: Person, message_draft: CorrespondenceDraft) -> CorrespondenceMessage:
    subject, answers = add_proposal_tag_to_subject(message_draft.subject, message_draft.proposal), message_draft.answers
    references = [*answers.references, answers.message_id] if answers else []
    references = [each for each in references if each][-MAX_EMAIL_REFERENCES:]
    queued = _queue_draft_email(message_draft, subject, references)
    return CorrespondenceMessage.objects.create(
        coalition=message_draft.coalition,
        proposal=message_draft.proposal,
        answers=answers,
        kind=CorrespondenceMessage.Kind.SENT,
        person=actor,
        recipient=message_draft.recipient,
        subject=subject[:250],
        text=message_draft.text,
        language=message_draft.coalition.language,
        message_id=queued.message_id,
        references=references,
        digest=hashlib.sha256(queued.message_id.encode()).hexdigest(),
        outbox=queued,
    )


def _queue_draft_email(message_draft: CorrespondenceDraft, subject: str, message_ids: list[str]) -> Message:
    threaded = {"References": " ".join(message_ids)} if message_ids else {}
    queued = mail.queue_email(
        to=message_draft.recipient,
        subject=subject,
        body=message_draft.text.strip() + "\n",
        key=f"correspondence:{message_draft.pk}",
        reply_to=get_role_address(message_draft.coalition),
        headers={**PERSONAL_EMAIL_HEADERS, **threaded},
        in_reply_to=message_ids[-1] if message_ids else "",
        sender_scope=get_held_mail_scope(message_draft.coalition),
        is_sent_immediately=True,
    )
    if not queued.to:
        raise ActionRefused(
            _("The owner of this address has asked us not to send email to it. Choose another address.")
        )
    return queued


@action
def discard_correspondence_draft(*, actor: Person, message_draft: CorrespondenceDraft) -> None:
    """Delete a draft for good. Raises PermissionDenied and ActionRefused."""
    current = _lock_correspondence_draft(actor, message_draft)
    record_activity(actor=actor, verb="discarded-draft", subject=current, coalition=current.coalition)
    current.delete()


def _save_correspondence_draft(
    actor: Person, message_draft: CorrespondenceDraft, new_state: str, activity_verb: str, *, version: int = 0
) -> CorrespondenceDraft:
    message_draft.state, message_draft.changed_at, message_draft.version = (
        new_state,
        timezone.now(),
        version or message_draft.version,
    )
    message_draft.save()
    record_activity(actor=actor, verb=activity_verb, subject=message_draft, coalition=message_draft.coalition)
    return message_draft


def _lock_correspondence_draft(actor: Person, message_draft: CorrespondenceDraft) -> CorrespondenceDraft:
    try:
        current = lock_row(message_draft)
    except CorrespondenceDraft.DoesNotExist as error:
        raise ActionRefused(_("This draft has been deleted.")) from error
    current.coalition = message_draft.coalition
    _require_can_change_draft(actor, current)
    if current.sent_at is not None:
        raise ActionRefused(_("This message has been sent. It can no longer be changed."))
    return current


def _require_can_change_draft(actor: Person, message_draft: CorrespondenceDraft) -> None:
    if not policies.can_change_draft(ViewerContext(actor), message_draft):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of the proposal can write this message.")
        )
