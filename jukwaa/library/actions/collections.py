"""Making a collection, choosing what stands in it and in which order, and publishing it."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library import policies
from jukwaa.library.actions.items import ReviewRequiredError
from jukwaa.library.actions.readers import RecordReaders, set_record_readers
from jukwaa.library.models import Collection, CollectionEntry
from jukwaa.library.models.collections import COLLECTION_KIND, MAX_COLLECTION_ENTRIES
from jukwaa.records.actions import begin_record, change_record, publish_record
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.records.policies import is_author


class CollectionFields(TypedDict, total=False):
    """What the form asks for beside the title."""

    summary: str
    language: str
    introduction: str


@action
def create_collection(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    organisation: Organisation | None = None,
    readers: RecordReaders | None = None,
    first_record: Record | None = None,
    token: UUID | None = None,
    **fields: Unpack[CollectionFields],
) -> Collection:
    """Begin a collection as a draft, with its `first_record`. The same form sent twice makes one.

    Raises PermissionDenied.
    """
    if not policies.can_share_item(ViewerContext(actor), coalition):
        raise PermissionDenied
    if token is not None and (there := Collection.objects.visible_to(actor).filter(token=token).first()):
        return there
    readers = readers or RecordReaders()
    capacity = create_capacity(coalition=coalition, person=actor, organisation=organisation)
    words = {"language": coalition.language, **fields}
    collection = Collection(
        coalition=coalition, kind=COLLECTION_KIND, title=title, label=readers.label, token=token, **words
    )
    begin_record(actor=actor, record=collection, capacity=capacity)
    set_record_readers(actor=actor, record=collection, readers=readers)
    if first_record is not None:
        add_record_to_collection(actor=actor, collection=collection, record=first_record)
    return collection


@action
def change_collection(
    *, actor: Person, collection: Collection, from_version: int, **fields: Unpack[CollectionFields]
) -> Collection:
    """Change its words on top of the version they started from. Raises PermissionDenied, and EditConflict."""
    return change_record(actor=actor, record=collection, changes=dict(fields), from_version=from_version)


@action
def add_record_to_collection(*, actor: Person, collection: Collection, record: Record) -> CollectionEntry:
    """Put a published record at the end. One that stands there already stays where it is.

    Raises PermissionDenied, and ActionRefused.
    """
    current = _lock_editable_collection(actor, collection)
    readable = Record.objects.visible_to(actor).filter(coalition=current.coalition_id, state=State.PUBLISHED)
    if record.pk == current.pk or not readable.filter(pk=record.pk).exists():
        raise PermissionDenied
    entries = CollectionEntry.objects.filter(collection=current)
    if there := entries.filter(record=record.pk).first():
        return there
    if entries.count() >= MAX_COLLECTION_ENTRIES:
        raise ActionRefused(
            _("Remove a record first, or create another collection. A collection can have at most %(most)s records.")
            % {"most": MAX_COLLECTION_ENTRIES},
            "collection",
        )
    last = entries.aggregate(last=Max("position"))["last"] or 0
    entry = CollectionEntry.objects.create(collection=current, record_id=record.pk, position=last + 1)
    record_activity(actor=actor, verb="collected", subject=current, coalition=current.coalition)
    return entry


@action
def move_collection_entry(*, actor: Person, collection_entry: CollectionEntry, step_count: int) -> None:
    """Up or down past its neighbours that the actor may read; at either end it stays. Raises PermissionDenied."""
    current = _lock_editable_collection(actor, collection_entry.collection)
    entries = CollectionEntry.objects.filter(collection=current)
    seen = Record.objects.visible_to(actor).filter(pk__in=entries.values("record"))
    rows, readable = list(entries), set(seen.values_list("pk", flat=True))
    shown = [row for row in rows if row.record_id in readable]
    place = next((place for place, row in enumerate(shown) if row.pk == collection_entry.pk), None)
    if place is None:
        raise PermissionDenied
    neighbour = shown[min(max(place + step_count, 0), len(shown) - 1)]
    if neighbour.pk == collection_entry.pk:
        return
    moved = shown[place]
    to = rows.index(neighbour)
    rows.remove(moved)
    rows.insert(to, moved)
    for position, row in enumerate(rows, 1):
        row.position = position
    CollectionEntry.objects.bulk_update(rows, ["position"])
    record_activity(actor=actor, verb="ordered", subject=current, coalition=current.coalition)


@action
def remove_collection_entry(*, actor: Person, collection_entry: CollectionEntry) -> None:
    """The record itself stays where it is. Raises PermissionDenied."""
    current = _lock_editable_collection(actor, collection_entry.collection)
    gone, _each = CollectionEntry.objects.filter(pk=collection_entry.pk, collection=current).delete()
    if gone:
        record_activity(actor=actor, verb="took-out", subject=current, coalition=current.coalition)


@action
def publish_collection(*, actor: Person, collection: Collection) -> Collection:
    """Open it to those whom its label names.

    Where somebody could be found by its words, its author hands it to those who keep the record: one of them publishes
    it. Raises PermissionDenied; and NeedsReview where none of them may read it.
    """
    if not policies.can_publish_library_record(ViewerContext(actor), collection):
        raise PermissionDenied
    current = lock_row(collection)
    if not (is_author(ViewerContext(actor), current) and current.may_identify_someone):
        return publish_record(actor=actor, record=current, is_trusted=True)
    if current.label not in LABELS_OPEN_TO_ROLES:
        raise ReviewRequiredError(_("Change the words that may identify a person before you publish the collection."))
    if current.state == State.DRAFT:
        current.state = State.SUBMITTED
        current.save(update_fields=["state"])
        record_activity(actor=actor, verb="submitted", subject=current, coalition=current.coalition)
    return current


def _lock_editable_collection(actor: Person, collection: Collection) -> Collection:
    """The collection as it is now, held until the transaction ends, if this person may change it."""
    current = lock_row(collection)
    if not (current.is_open_to_change and policies.can_edit_library_record(ViewerContext(actor), current)):
        raise PermissionDenied
    return current
