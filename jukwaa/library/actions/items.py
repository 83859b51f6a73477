"""Sharing an item, telling more of it, and publishing it."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.refusals import ActionRefused
from jukwaa.library import policies
from jukwaa.library.actions.readers import RecordReaders, set_record_readers
from jukwaa.library.models import Item
from jukwaa.library.screening import get_review_reasons
from jukwaa.records.actions import attach_file_to_record, begin_record, change_record, publish_record
from jukwaa.records.models import Link, State


class ItemFields(TypedDict, total=False):
    """What the short form asks for beside the kind and the title."""

    summary: str
    language: str
    countries: list[str]
    what_worked: str
    what_changed: str
    how_it_links: str
    asks_for_review: bool
    details: dict[str, str]


class ReviewRequiredError(ActionRefused):
    """A second person reads it first. A subclass of its own, since a text that becomes an item waits for that too."""


def require_complete_details(item: Item) -> None:
    """Raises ActionRefused with the questions that must be answered first, as the form asks them."""
    if owed := item.owed:
        raise ActionRefused(_("Complete these details first: %(what)s.") % {"what": join_with_separator(owed, ";")})


@action
def share_item(
    *,
    actor: Person,
    coalition: Coalition,
    kind: str,
    title: str,
    organisation: Organisation | None = None,
    areas: Sequence[AreaOfWork] = (),
    readers: RecordReaders | None = None,
    file: tuple[str, bytes] | None = None,
    token: UUID | None = None,
    **fields: Unpack[ItemFields],
) -> Item:
    """Begin an item as a draft that its author alone sees, in the capacity of an organisation or their own.

    `file` is the name and the bytes of one that hangs on it. The same form sent twice makes one item.
    Raises PermissionDenied, and documents.ActionRefused for a file that can't be taken.
    """
    if not policies.can_share_item(ViewerContext(actor), coalition):
        raise PermissionDenied
    if token is not None and (there := Item.objects.visible_to(actor).filter(token=token).first()):
        return there
    readers = readers or RecordReaders()
    capacity = create_capacity(coalition=coalition, person=actor, organisation=organisation)
    words: dict[str, Any] = {"language": coalition.language, **fields}
    item = Item(coalition=coalition, kind=kind, title=title, label=readers.label, token=token, **words)
    begin_record(actor=actor, record=item, capacity=capacity)
    item.areas.set(areas)
    set_record_readers(actor=actor, record=item, readers=readers)
    if file is not None:
        attach_file_to_record(actor=actor, record=item, file_name=file[0], data=file[1])
    return item


@action
def change_item(
    *,
    actor: Person,
    item: Item,
    changes: dict[str, Any],
    from_version: int,
    areas_of_work: Sequence[AreaOfWork] | None = None,
    readers: RecordReaders | None = None,
) -> Item:
    """Save changes on top of the version they started from. Answers of the long form are added to those that stand.

    Raises PermissionDenied, and EditConflict where somebody else was faster.
    """
    if readers is not None:
        changes = {**changes, "label": readers.label}
    if "details" in changes:
        changes = {**changes, "details": {**item.details, **changes["details"]}}
    changed = change_record(actor=actor, record=item, changes=changes, from_version=from_version)
    if areas_of_work is not None:
        changed.areas.set(areas_of_work)
    if readers is not None:
        set_record_readers(actor=actor, record=changed, readers=readers)
    return changed


@action
def publish_item(*, actor: Person, item: Item) -> Item:
    """Open it to those whom its label names. Raises PermissionDenied, ActionRefused and NeedsReview."""
    if not policies.can_publish_library_record(ViewerContext(actor), item):
        raise PermissionDenied
    require_complete_details(item)
    if reasons := get_review_reasons(item):
        raise ReviewRequiredError(" ".join(reasons))
    _require_published_original(item)
    return publish_record(actor=actor, record=item, is_trusted=True)


def _require_published_original(item: Item) -> None:
    waiting = Link.objects.filter(from_record=item.pk, relation=Link.Relation.TRANSLATES)
    if waiting.exclude(to_record__state=State.PUBLISHED).exists():
        raise PermissionDenied(_("Publish the original first. This item is a translation."))
