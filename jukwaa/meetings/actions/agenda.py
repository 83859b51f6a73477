"""Preparing an agenda: adding, changing, moving and removing its items."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.actions.speaker_capacities import Voice, resolve_merged_organisation
from jukwaa.meetings.agenda_pasting import PastedItem
from jukwaa.meetings.agenda_suggestions import AgendaSuggestion
from jukwaa.meetings.models import Agenda, Meeting, Part
from jukwaa.records.models import Record

COMPARED_ITEM_FIELDS = ("minutes", "purpose", "chatham", "is_standing")


class AgendaItemDetails(TypedDict, total=False):
    """What an agenda item has beside its title. `presenter` is a name as written, and its organisation if known."""

    minutes: int | None
    purpose: str
    presenter: Voice | None
    is_standing: bool
    chatham: bool
    about: Record | None


@action
def add_agenda_item(*, actor: Person, meeting: Meeting, title: str, **details: Unpack[AgendaItemDetails]) -> Part:
    """Add an item at the end of the agenda. The same form sent twice adds one.

    Raises PermissionDenied, and ActionRefused for another item with this title or a presenter who is not named here.
    """
    require_can_write_minutes(actor, meeting)
    lock_row(meeting)
    about = details.pop("about", None)
    if (same := meeting.parts.filter(title=title, about=about).first()) is not None:
        return _require_same_details(same, details)
    part = Part(meeting=meeting, title=title, position=_get_last_position(meeting) + 1, about=about)
    _set_agenda_item_details(part, details)
    part.save()
    record_agenda_change(actor, meeting)
    return part


def _require_same_details(agenda_item: Part, item_details: AgendaItemDetails) -> Part:
    asked = {name: item_details.get(name, getattr(Part(), name)) for name in COMPARED_ITEM_FIELDS}
    if asked != {name: getattr(agenda_item, name) for name in COMPARED_ITEM_FIELDS}:
        raise ActionRefused(
            _("The agenda already has an item with this title. Enter another title, or edit that item."), "title"
        )
    return agenda_item


def _get_last_position(meeting: Meeting) -> int:
    last: int | None = meeting.parts.aggregate(last=Max("position"))["last"]
    return last or 0


def _set_agenda_item_details(agenda_item: Part, item_details: Mapping[str, Any]) -> None:
    for name, value in item_details.items():
        is_voice = name == "presenter" and value is not None
        setattr(agenda_item, name, _record_item_presenter(agenda_item.meeting, value) if is_voice else value)


def _record_item_presenter(meeting: Meeting, voice: Voice) -> Capacity:
    """For the organisation, for a person of the directory, or as written. Nobody under 18 is recorded."""
    name, organisation = voice
    try:
        person = KnownPeople(meeting.coalition).find(name)
    except ActionRefused as refusal:
        raise ActionRefused(str(refusal), "presenter") from refusal
    organisation = resolve_merged_organisation(organisation, meeting)
    if person is not None:
        return create_capacity(coalition=meeting.coalition, person=person, organisation=organisation)
    return create_capacity_from_source(coalition=meeting.coalition, person_name=name, organisation=organisation)


@action
def change_agenda_item(*, actor: Person, agenda_item: Part, changes: dict[str, Any], from_version: int) -> Part:
    """Save changes on top of the version they started from; `presenter` is a Voice, or None.

    Raises PermissionDenied, ActionRefused, and EditConflict if somebody else has changed or removed the item.
    """
    current = _lock_agenda_item_row(actor, agenda_item, from_version)
    if changes.get("chatham", current.chatham) != current.chatham:
        _require_no_minutes(current)
    if changes.get("title", current.title) != current.title:
        _require_unused_title(current, changes["title"])
    replaced = current.presenter if "presenter" in changes else None
    _set_agenda_item_details(current, changes)
    current.version += 1
    current.save()
    if replaced is not None:
        replaced.delete()
    record_agenda_change(actor, current.meeting)
    return current


def _require_unused_title(agenda_item: Part, title: str) -> None:
    others = agenda_item.meeting.parts.exclude(pk=agenda_item.pk)
    if others.filter(title=title, about=agenda_item.about_id).exists():
        raise ActionRefused(_("The agenda already has an item with this title. Enter another title."), "title")


def _lock_agenda_item_row(actor: Person, agenda_item: Part, from_version: int) -> Part:
    """The item as it is now; the lock on its meeting keeps the whole agenda."""
    require_can_write_minutes(actor, agenda_item.meeting)
    lock_row(agenda_item.meeting)
    current = Part.objects.select_related("presenter").filter(pk=agenda_item.pk).first()
    if current is None or current.version != from_version:
        raise EditConflict(current)
    current.meeting = agenda_item.meeting
    return current


def _require_no_minutes(agenda_item: Part) -> None:
    if agenda_item.entries.exists() or agenda_item.attendances(manager="with_apologies").exists():
        raise ActionRefused(
            _(
                "This item already has minutes, so you can no longer change "
                "whether it is held under the Chatham House Rule."
            ),
            "chatham",
        )


@action
def move_agenda_item(*, actor: Person, agenda_item: Part, position_change: int) -> None:
    """Move an item up or down; at either end it stays. The updates from members stay first. Raises PermissionDenied."""
    require_can_write_minutes(actor, agenda_item.meeting)
    lock_row(agenda_item.meeting)
    rows = list(agenda_item.meeting.parts.all())
    place = next((place for place, row in enumerate(rows) if row.pk == agenda_item.pk), None)
    if place is None or agenda_item.holds_updates:
        return
    first = 1 if rows[0].holds_updates else 0
    to = min(max(place + position_change, first), len(rows) - 1)
    if to == place:
        return
    rows.insert(to, rows.pop(place))
    set_agenda_item_positions(rows)
    record_agenda_change(actor, agenda_item.meeting)


def set_agenda_item_positions(agenda_items: Iterable[Part]) -> None:
    """Number the items of an agenda in this order."""
    numbered = list(agenda_items)
    for position, row in enumerate(numbered, 1):
        row.position = position
    Part.objects.bulk_update(numbered, ["position"])


@action
def remove_agenda_item(*, actor: Person, agenda_item: Part, from_version: int) -> None:
    """Remove an item with its list of papers; files and records stay where they are.

    Raises PermissionDenied, EditConflict, and ActionRefused for an item that has minutes or updates.
    """
    current = _lock_agenda_item_row(actor, agenda_item, from_version)
    if current.entries.exists() or current.attendances(manager="with_apologies").exists():
        raise ActionRefused(_("Remove the minutes of this item before you remove the item."))
    if current.holds_updates and current.meeting.member_updates.exists():
        raise ActionRefused(_("This agenda item lists updates from members. You cannot remove it."))
    presenter = current.presenter
    current.delete()
    if presenter is not None:
        presenter.delete()
    record_agenda_change(actor, agenda_item.meeting)


@action
def add_suggested_items(
    *, actor: Person, meeting: Meeting, agenda_suggestions: Iterable[AgendaSuggestion]
) -> list[Part]:
    """Add the suggestions that somebody has chosen. One that is on the agenda already is not added again."""
    added = []
    for suggestion in agenda_suggestions:
        part = add_agenda_item(
            actor=actor,
            meeting=meeting,
            title=suggestion.shortened_title,
            about=suggestion.record,
            purpose=suggestion.purpose,
            minutes=suggestion.minutes,
            is_standing=suggestion.is_standing,
        )
        if suggestion.on_added is not None:
            suggestion.on_added(actor, part)
        added.append(part)
    return added


@action
def add_pasted_items(*, actor: Person, meeting: Meeting, pasted_items: Iterable[PastedItem]) -> list[Part]:
    """Add the items of a pasted agenda, all or none. The same text sent twice adds them once.

    Raises PermissionDenied, and ActionRefused at the text for an item that is on the agenda with other details.
    """
    return [_add_pasted_item(actor, meeting, item) for item in pasted_items]


def _add_pasted_item(actor: Person, meeting: Meeting, item: PastedItem) -> Part:
    try:
        return add_agenda_item(
            actor=actor,
            meeting=meeting,
            title=item.title,
            minutes=item.minutes,
            presenter=item.presenter,
            **item.details,
        )
    except ActionRefused as refusal:
        if refusal.field != "title":
            raise ActionRefused(str(refusal), "text") from refusal
        sentence = _("Change or remove the line “%(item)s”. The agenda already has an item with this title.")
        raise ActionRefused(sentence % {"item": item.title}, "text") from refusal


def get_or_create_member_updates_item(meeting: Meeting) -> Part:
    """Return the agenda item that lists the updates from members; it becomes the first one if it is not there yet."""
    lock_row(meeting)
    if (found := meeting.parts.filter(holds_updates=True).first()) is not None:
        return found
    with override(meeting.language):
        title = _("Updates from members")
    part = Part.objects.create(meeting=meeting, title=title, holds_updates=True, purpose=Part.Purpose.INFORMATION)
    set_agenda_item_positions([part, *meeting.parts.exclude(pk=part.pk)])
    return part


def record_agenda_change(actor: Person, meeting: Meeting) -> None:
    Agenda.objects.mark_changed(meeting)
    record_activity(actor=actor, verb="changed-agenda", subject=meeting, coalition=meeting.coalition)
