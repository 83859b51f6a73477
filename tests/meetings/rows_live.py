"""For each address of minutes in progress, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.meetings.models import Correction, Entry, Line, Minutes
from tests.factories import CapacityFactory, PartFactory, PersonFactory
from tests.spread import Rows, build_sample_rows
from tests.world import World


def create_drafts(world: World) -> list[Minutes]:
    """Draft minutes of the meetings of entries in every label and state."""
    meetings = Entry.objects.filter(pk__in=[entry.pk for entry in world.spread("entry")]).values_list("meeting")
    return [Minutes.objects.get_or_create(meeting_id=pk)[0] for (pk,) in meetings]


def list_drafts(**more: Any) -> Rows:
    return lambda world: [{"pk": minutes.meeting_id} | more for minutes in create_drafts(world)]


def list_lines(world: World) -> list[dict[str, Any]]:
    drafts = create_drafts(world)
    entries = [(draft, entry) for draft in drafts for entry in Entry.objects.filter(meeting=draft.meeting_id)]
    lines = [
        Line.objects.get_or_create(entry=entry, defaults={"minutes": draft, "revision": 1})[0]
        for draft, entry in entries
    ]
    return [{"pk": line.minutes.meeting_id, "line": line.pk} for line in lines]


def list_items(world: World) -> list[dict[str, Any]]:
    drafts = create_drafts(world)[:2]
    return [{"pk": draft.meeting_id, "item": PartFactory(meeting=draft.meeting).pk} for draft in drafts]


def list_corrections(world: World) -> list[dict[str, Any]]:
    """Create a correction of each entry, with its canary. It has the readers of the entry."""
    rows = []
    for entry in world.spread("entry"):
        minutes = Minutes.objects.get_or_create(meeting_id=entry.meeting_id)[0]
        correction = Correction.objects.filter(minutes=minutes, entry=entry).first() or _correct(minutes, entry)
        rows.append({"pk": minutes.meeting_id, "correction": correction.pk})
    return rows


def _correct(minutes: Minutes, entry: Entry) -> Correction:
    author = PersonFactory()
    capacity = CapacityFactory(coalition=entry.coalition, person=author)
    return Correction.objects.create(minutes=minutes, entry=entry, body=entry.text, author=author, capacity=capacity)


LIVE: dict[str, Rows] = {
    "meetings:minutes_start": build_sample_rows("meeting"),
    "meetings:minutes_live": list_drafts(),
    "meetings:minutes_updates": list_drafts(after=0),
    "meetings:minutes_approve": list_drafts(),
    "meetings:minutes_circulate": list_drafts(),
    "meetings:correction_list": lambda world: [{"pk": row["pk"]} for row in list_corrections(world)],
    "meetings:correction_new": list_drafts(),
    "meetings:correction_decide": list_corrections,
    "meetings:erratum_new": list_drafts(),
    "meetings:line_new": list_drafts(),
    "meetings:line_edit": list_lines,
    "meetings:item_choose": list_drafts(),
    "meetings:item_rule": list_items,
}
