"""File messages that came in, approve and share them, and decide about the deadlines in them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.core.uploads import clean_filename
from jukwaa.proposals import policies
from jukwaa.proposals.correspondence_deadlines import FoundMessageDeadline
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceFile,
    CorrespondenceMessage,
    SecretariatAddress,
)
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.tasks import check_file
from jukwaa.records.actions import InspectedFile

DeadlineState, Kind = CorrespondenceDeadline.State, CorrespondenceMessage.Kind
MAX_FILE_REFUSAL_LENGTH = 500
CORRESPONDENCE_ACTIVITY_KIND = "correspondencemessage"  # of activities: `kind` of a message says something else


@action
def file_correspondence_message(
    *,
    coalition: Coalition,
    email_digest: str,
    message_values: dict[str, Any],
    inspected_files: Iterable[InspectedFile] = (),
    refused_files: Iterable[tuple[str, str]] = (),
    found_deadlines: Iterable[FoundMessageDeadline] = (),
) -> CorrespondenceMessage:
    """Keep a message that came in, held or filed, with its files. The same message twice is kept once.

    `refused_files` are names of files that were not kept, each with the reason.
    """
    there = CorrespondenceMessage.objects.of(coalition).filter(digest=email_digest).first()
    if there is not None:
        return there
    message = CorrespondenceMessage.objects.create(coalition=coalition, digest=email_digest, **message_values)
    for file in inspected_files:
        _save_message_file(message, file)
    for name, reason in refused_files:
        CorrespondenceFile.objects.create(
            message=message, name=clean_filename(name), refusal=reason[:MAX_FILE_REFUSAL_LENGTH], is_checked=True
        )
    for found in found_deadlines:
        CorrespondenceDeadline.objects.create(message=message, day=found.day, words=found.words)
    if not message.held_because:
        close_answered_deadlines(message)
    verb = "held-message" if message.held_because else "filed-message"
    record_activity(
        actor=message.person, verb=verb, subject=message, kind=CORRESPONDENCE_ACTIVITY_KIND, coalition=coalition
    )
    return message


def _save_message_file(message: CorrespondenceMessage, inspected_file: InspectedFile) -> None:
    kept = CorrespondenceFile(
        message=message,
        name=clean_filename(inspected_file.name),
        media_type=inspected_file.kind.media_type,
        size=len(inspected_file.data),
        is_checked=not inspected_file.kind.has_text,
    )
    kept.file.save(secrets.token_hex(16), ContentFile(inspected_file.data), save=False)
    kept.save()
    if inspected_file.kind.has_text:
        check_file.enqueue(kept.pk)


def close_answered_deadlines(message: CorrespondenceMessage) -> None:
    """Mark what was due for a reply as done, once that reply has been sent. What machines send is no reply."""
    if message.kind == Kind.SENT and message.answers_id and not message.is_automatic:
        due = CorrespondenceDeadline.objects.due().filter(message=message.answers_id)
        due.update(state=DeadlineState.DONE)


@action
def approve_held_message(
    *, actor: Person, message: CorrespondenceMessage, lists_sender: bool = False
) -> CorrespondenceMessage:
    """File a held message; with `lists_sender`, its sender is an address of the secretariat from then on.

    Raises PermissionDenied. Approving it twice changes nothing.
    """
    current = _lock_correspondence_message(actor, message)
    if current.held_because:
        current.held_because = ""
        current.save(update_fields=["held_because"])
        close_answered_deadlines(current)
        record_activity(
            actor=actor,
            verb="approved-message",
            subject=current,
            kind=CORRESPONDENCE_ACTIVITY_KIND,
            coalition=current.coalition,
        )
    if lists_sender and policies.can_edit_secretariat(ViewerContext(actor), current.coalition):
        SecretariatAddress.objects.get_or_create(coalition=current.coalition, address=current.sender)
    return current


@action
def delete_correspondence_message(*, actor: Person, message: CorrespondenceMessage) -> None:
    """Delete a message with its files, such as one from a stranger. Raises PermissionDenied."""
    if not policies.can_handle_correspondence(ViewerContext(actor), message.coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can delete messages."))
    rows = CorrespondenceMessage.objects.filter(pk=message.pk)
    if rows.exists():
        record_activity(
            actor=actor,
            verb="removed-message",
            subject=message,
            kind=CORRESPONDENCE_ACTIVITY_KIND,
            coalition=message.coalition,
        )
        rows.delete()


@action
def file_message_with_proposal(
    *, actor: Person, message: CorrespondenceMessage, proposal: Proposal | None
) -> CorrespondenceMessage:
    """File a message with a proposal by hand, or with the coalition alone. Replies to it follow.

    It is not shared any more: with whom it was, the other team has not decided.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_correspondence_message(actor, message)
    if current.held_because:
        raise ActionRefused(_("This message is waiting for approval. Approve it first."))
    if proposal is not None and not policies.can_write_message(ViewerContext(actor), proposal):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of this proposal can file messages with it.")
        )
    if proposal is None and not policies.can_handle_correspondence(ViewerContext(actor), current.coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can remove a message from a proposal."))
    if current.proposal_id != (proposal.pk if proposal else None):
        current.proposal, current.shared_at = proposal, None
        current.save(update_fields=["proposal", "shared_at"])
        record_activity(
            actor=actor,
            verb="moved-message",
            subject=current,
            kind=CORRESPONDENCE_ACTIVITY_KIND,
            coalition=current.coalition,
        )
    return current


@action
def share_message_with_members(*, actor: Person, message: CorrespondenceMessage) -> CorrespondenceMessage:
    """Let members read a message. Raises PermissionDenied and ActionRefused. Sharing it twice changes nothing."""
    current = _lock_correspondence_message(actor, message)
    if current.held_because:
        raise ActionRefused(_("This message is waiting for approval. Approve it before you share it."))
    if current.shared_at is None:
        current.shared_at = timezone.now()
        current.save(update_fields=["shared_at"])
        record_activity(
            actor=actor,
            verb="shared-message",
            subject=current,
            kind=CORRESPONDENCE_ACTIVITY_KIND,
            coalition=current.coalition,
        )
    return current


@action
def stop_sharing_message(*, actor: Person, message: CorrespondenceMessage) -> CorrespondenceMessage:
    """Let the team alone read a message again. Raises PermissionDenied."""
    current = _lock_correspondence_message(actor, message)
    if current.shared_at is not None:
        current.shared_at = None
        current.save(update_fields=["shared_at"])
        record_activity(
            actor=actor,
            verb="stopped-sharing-message",
            subject=current,
            kind=CORRESPONDENCE_ACTIVITY_KIND,
            coalition=current.coalition,
        )
    return current


@action
def set_message_deadline(
    *, actor: Person, message: CorrespondenceMessage, day: date, task: str
) -> CorrespondenceDeadline:
    """Add a deadline by hand, or confirm the one of this day. Raises PermissionDenied and ActionRefused."""
    current = _lock_correspondence_message(actor, message)
    _require_day_not_past(day)
    deadline, _created = CorrespondenceDeadline.objects.update_or_create(
        message=current, day=day, defaults={"state": DeadlineState.CONFIRMED, "task": task}
    )
    record_activity(actor=actor, verb="set-deadline", subject=deadline, coalition=current.coalition)
    return deadline


@action
def confirm_message_deadline(
    *, actor: Person, message_deadline: CorrespondenceDeadline, day: date, task: str
) -> CorrespondenceDeadline:
    """Confirm a day that was found, or correct it. Raises PermissionDenied and ActionRefused."""
    message = _lock_correspondence_message(actor, message_deadline.message)
    current = lock_row(message_deadline)
    if current.state != DeadlineState.SUGGESTED:
        raise ActionRefused(
            _("This deadline has already been confirmed, completed or dismissed. Reload the page to see its status.")
        )
    _require_day_not_past(day)
    others = CorrespondenceDeadline.objects.filter(message=message, day=day).exclude(pk=current.pk)
    others.delete()
    current.day, current.task, current.state = day, task, DeadlineState.CONFIRMED
    current.save(update_fields=["day", "task", "state"])
    record_activity(actor=actor, verb="confirmed-deadline", subject=current, coalition=message.coalition)
    return current


@action
def close_message_deadline(
    *, actor: Person, message_deadline: CorrespondenceDeadline, new_state: str
) -> CorrespondenceDeadline:
    """Mark a deadline as done, or dismiss a suggestion. Raises PermissionDenied."""
    message = _lock_correspondence_message(actor, message_deadline.message)
    current = lock_row(message_deadline)
    if current.state != new_state:
        current.state = new_state
        current.save(update_fields=["state"])
        record_activity(actor=actor, verb="closed-deadline", subject=current, coalition=message.coalition)
    return current


def _require_day_not_past(deadline_day: date) -> None:
    if deadline_day < timezone.localdate():
        raise ActionRefused(_("This date has passed. Enter a later date."), "day")


@action
def save_secretariat_addresses(
    *, actor: Person, coalition: Coalition, email_addresses: Sequence[str]
) -> QuerySet[SecretariatAddress]:
    """Save from which addresses the secretariat writes. Raises PermissionDenied."""
    if not policies.can_edit_secretariat(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators can change the email addresses of the secretariat."))
    rows = SecretariatAddress.objects.filter(coalition=coalition)
    known = set(rows.values_list("address", flat=True))
    if known != set(email_addresses):
        rows.exclude(address__in=email_addresses).delete()
        for address in set(email_addresses) - known:
            SecretariatAddress.objects.get_or_create(coalition=coalition, address=address)
        record_activity(actor=actor, verb="changed-secretariat", subject=coalition, coalition=coalition)
    return rows


def _lock_correspondence_message(actor: Person, message: CorrespondenceMessage) -> CorrespondenceMessage:
    """Return the message as it is now. Raises PermissionDenied, and ActionRefused if it has been deleted."""
    try:
        current = lock_row(message)
    except CorrespondenceMessage.DoesNotExist as error:
        raise ActionRefused(_("This message has been deleted.")) from error
    current.coalition = message.coalition
    if not policies.can_change_message(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of the proposal can change this message.")
        )
    return current
