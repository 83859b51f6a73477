"""From draft to published to withdrawn, with a version kept at each change."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.records import age_restrictions, index, policies
from jukwaa.records.models import Authorship, Label, Narrowed, Record, State, Version
from jukwaa.records.signals import record_hidden, record_relabelled
from jukwaa.records.versions import save_record_version


@action
def begin_record[R: Record](
    *, actor: Person | None, record: R, capacity: Capacity | None = None, is_published: bool = False
) -> R:
    """Save a new record as a draft of the actor's, or published at once where the caller's own policy allows it."""
    if is_published:
        record.state, record.published_at = State.PUBLISHED, record.published_at or timezone.now()
    is_narrowed = age_restrictions.requires_members_label(actor, record)
    record.label = Label.GREEN if is_narrowed else record.label
    record.save()
    if is_narrowed:
        Narrowed.objects.create(record_id=record.pk)
    if actor is not None:
        Authorship.objects.create(record=record, person=actor, capacity=capacity)
    digest = save_record_version(record, author=actor)
    index.reindex_record(record)
    record_activity(
        actor=actor,
        verb="published" if is_published else "began",
        subject=record,
        coalition=record.coalition,
        capacity=capacity,
        digest=digest,
    )
    return record


@action
def change_record[R: Record](
    *,
    actor: Person,
    record: R,
    changes: dict[str, Any],
    from_version: int,
    activity_verb: str = "changed",
    is_trusted: bool = False,
) -> R:
    """Save `changes` (field to value) on top of the version that the writer started from.

    `is_trusted` is for callers whose own policy allows it. Raises PermissionDenied, and EditConflict where somebody
    else was faster. A change that changes nothing writes nothing.
    """
    if not is_trusted and not policies.can_change_record(ViewerContext(actor), record):
        raise PermissionDenied
    current = lock_row(record)
    if current.version != from_version:
        raise EditConflict(current)
    age_restrictions.refuse_public_label(current, changes)
    before = current.content()
    current.take(changes)
    if current.content() == before:
        return current
    current.version += 1
    current.save()
    digest = save_record_version(current, author=actor)
    index.reindex_record(current)
    if current.label != before["label"]:
        record_relabelled.send(Record, record=current)
    record_activity(actor=actor, verb=activity_verb, subject=current, coalition=current.coalition, digest=digest)
    return current


@action
def publish_record[R: Record](*, actor: Person, record: R, is_trusted: bool = False) -> R:
    """Open a draft or submitted record to those whom its label names. Publishing what is published changes nothing.

    `is_trusted` is for callers whose own policy allows it. Raises PermissionDenied.
    """
    if not is_trusted and not policies.can_publish(ViewerContext(actor), record):
        raise PermissionDenied
    current = lock_row(record)
    if current.state == State.PUBLISHED:
        return current
    if current.state == State.HELD:
        raise PermissionDenied(_("This record is in quarantine. Only the safeguarding lead can release it."))
    current.state, current.published_at = State.PUBLISHED, timezone.now()
    current.save(update_fields=["state", "published_at"])
    index.reindex_record(current)
    record_activity(actor=actor, verb="published", subject=current, coalition=current.coalition)
    return current


@action
def withdraw_record[R: Record](*, actor: Person, record: R, reason: str, is_trusted: bool = False) -> R:
    """Take a record, with those that belong to it, out of every page, list, search and file at once.

    What is held stays held, and is withdrawn once it is released. `is_trusted` is for callers whose own policy allows
    it. Raises PermissionDenied.
    """
    if not is_trusted and not policies.can_withdraw_record(ViewerContext(actor), record):
        raise PermissionDenied
    current = lock_row(record)
    if current.is_withdrawn:
        return current
    for part in current.whole().get_dependent_records():
        withdraw_record(actor=actor, record=part, reason=reason, is_trusted=True)
    if current.state != State.HELD:
        current.state = State.WITHDRAWN
    current.withdrawn_at, current.withdrawn_because = timezone.now(), reason
    current.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    index.reindex_record(current)
    record_hidden.send(Record, record=current)
    record_activity(actor=actor, verb="withdrew", subject=current, coalition=current.coalition)
    return current


@action
def restore_record_version[R: Record](*, actor: Person, record: R, version_number: int, from_version: int) -> R:
    """Make an earlier version the current one, as a new version: nothing between is lost.

    Who may read it stays as it is now: an old text must not open a record again that was closed since. Raises
    ActionRefused for what is settled, such as approved minutes.
    """
    if record.whole().is_settled:
        raise ActionRefused(_("An earlier version cannot be restored, because this text can no longer be changed."))
    version = Version.objects.get(record=record.pk, number=version_number)
    changes = {
        name: field.to_python(version.content[name])
        for name, field in record.get_versioned_fields().items()
        if name in version.content and name != "label"
    }
    return change_record(
        actor=actor, record=record, changes=changes, from_version=from_version, activity_verb="restored"
    )
