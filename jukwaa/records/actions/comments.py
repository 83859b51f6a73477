"""Talk: what people say about a record, each in a capacity.

What was edited stays readable, what hurts is hidden.
"""

import uuid
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.records import policies
from jukwaa.records.models import Comment, CommentVersion, Record, State

STATES_REFUSING_COMMENTS = (State.HELD, State.WITHDRAWN)


@action
def add_comment(
    *,
    actor: Person,
    record: Record,
    body: str,
    organisation: Organisation | None = None,
    token: UUID | None = None,
    reply_to: Comment | None = None,
) -> Comment:
    """Say something about a record, for an organisation or for oneself.

    A reply to a reply belongs to the comment that the first one answers. `token` belongs to the form or the mail: what
    comes twice with the same one is said once. Raises PermissionDenied.
    """
    current = lock_rows(Record.objects.select_related("coalition").filter(pk=record.pk)).get()
    _check_can_comment(actor, current, organisation)
    token = token or uuid.uuid4()
    if said := Comment.objects.filter(token=token, author=actor, record=current).first():
        return said
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=organisation)
    taken = Comment.objects.filter(token=token).exists()
    comment = Comment.objects.create(
        record=current,
        author=actor,
        capacity=capacity,
        body=body,
        token=uuid.uuid4() if taken else token,
        reply_to=_find_answered_comment(actor, current, reply_to),
    )
    record_activity(actor=actor, verb="commented", subject=comment, coalition=current.coalition, capacity=capacity)
    return comment


def _find_answered_comment(actor: Person, record: Record, answered_comment: Comment | None) -> Comment | None:
    """Return the first comment of the thread. Raises PermissionDenied if it can't be answered."""
    if answered_comment is None:
        return None
    answered = (
        Comment.objects.visible_to(actor)
        .filter(record=record, pk=answered_comment.reply_to_id or answered_comment.pk)
        .first()
    )
    if answered is None or answered.hidden_at:
        raise PermissionDenied(_("You cannot reply to this comment, because a coordinator has hidden it."))
    return answered


def _check_can_comment(actor: Person, record: Record, organisation: Organisation | None) -> None:
    if record.state in STATES_REFUSING_COMMENTS:
        raise PermissionDenied(_("This record has been withdrawn or quarantined, so you cannot comment on it."))
    if not policies.can_comment(ViewerContext(actor), record):
        raise PermissionDenied(_("Only members of the coalition can comment. You can apply to join."))
    if organisation is not None and organisation not in Standing(actor, record.coalition).organisations:
        raise PermissionDenied(
            _("You can comment on behalf of an organisation once it has confirmed that you belong to it.")
        )


@action
def edit_comment(*, actor: Person, comment: Comment, body: str, from_version: int) -> Comment:
    """Say it better; what was said before stays readable. Raises PermissionDenied and EditConflict."""
    current = lock_row(comment)
    if not policies.can_edit_comment(ViewerContext(actor), current) or current.record.state in STATES_REFUSING_COMMENTS:
        raise PermissionDenied
    if current.hidden_at:
        raise PermissionDenied(_("This comment can no longer be edited, because a coordinator has hidden it."))
    if current.version != from_version:
        raise EditConflict(current)
    if current.body == body:
        return current
    CommentVersion.objects.create(
        comment=current, number=current.version, body=current.body, at=current.edited_at or current.at
    )
    current.body, current.version, current.edited_at = body, current.version + 1, timezone.now()
    current.save(update_fields=["body", "version", "edited_at"])
    record_activity(actor=actor, verb="edited", subject=current, coalition=current.record.coalition)
    return current


@action
def hide_record_comment(*, actor: Person, comment: Comment, reason: str) -> Comment:
    """Take a comment out of sight, with a reason that everybody sees. Hiding what is hidden changes nothing."""
    current = lock_row(comment)
    if not policies.can_hide_comment(ViewerContext(actor), current):
        raise PermissionDenied
    if current.hidden_at:
        return current
    current.hidden_at, current.hidden_because = timezone.now(), reason
    current.save(update_fields=["hidden_at", "hidden_because"])
    record_activity(actor=actor, verb="hid", subject=current, coalition=current.record.coalition)
    return current


@action
def unhide_record_comment(*, actor: Person, comment: Comment) -> Comment:
    """Show a hidden comment again: the coordinator thought better of it."""
    current = lock_row(comment)
    if not policies.can_hide_comment(ViewerContext(actor), current):
        raise PermissionDenied
    if not current.hidden_at:
        return current
    current.hidden_at, current.hidden_because = None, ""
    current.save(update_fields=["hidden_at", "hidden_because"])
    record_activity(actor=actor, verb="unhid", subject=current, coalition=current.record.coalition)
    return current
