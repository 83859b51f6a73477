"""For each address of minutes in progress, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.meetings.models import Correction, Entry, Line, Minutes
from tests.factories import CapacityFactory, PartFactory, PersonFactory
from tests.spread import Rows, some
from tests.world import World


def draft_of_each_entry(world: World) -> list[Minutes]:
    """Draft minutes of the meetings of entries in every label and state."""
    meetings = Entry.objects.filter(pk__in=[entry.pk for entry in world.spread("entry")]).values_list("meeting")
    return [Minutes.objects.get_or_create(meeting_id=pk)[0] for (pk,) in meetings]


def each_draft(**more: Any) -> Rows:
    return lambda world: [{"pk": minutes.meeting_id} | more for minutes in draft_of_each_entry(world)]


def each_line(world: World) -> list[dict[str, Any]]:
    drafts = draft_of_each_entry(world)
    entries = [(draft, entry) for draft in drafts for entry in Entry.objects.filter(meeting=draft.meeting_id)]
    lines = [
        Line.objects.get_or_create(entry=entry, defaults={"minutes": draft, "revision": 1})[0]
        for draft, entry in entries
    ]
    return [{"pk": line.minutes.meeting_id, "line": line.pk} for line in lines]


def each_item(world: World) -> list[dict[str, Any]]:
    drafts = draft_of_each_entry(world)[:2]
    return [{"pk": draft.meeting_id, "item": PartFactory(meeting=draft.meeting).pk} for draft in drafts]


def each_correction(world: World) -> list[dict[str, Any]]:
    """A correction of each entry, with its canary: whoever may not read the entry may not read this."""
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
    "meetings:minutes_start": some("meeting"),
    "meetings:minutes_live": each_draft(),
    "meetings:minutes_updates": each_draft(after=0),
    "meetings:minutes_approve": each_draft(),
    "meetings:minutes_circulate": each_draft(),
    "meetings:correction_list": lambda world: [{"pk": row["pk"]} for row in each_correction(world)],
    "meetings:correction_new": each_draft(),
    "meetings:correction_decide": each_correction,
    "meetings:erratum_new": each_draft(),
    "meetings:line_new": each_draft(),
    "meetings:line_edit": each_line,
    "meetings:item_choose": each_draft(),
    "meetings:item_rule": each_item,
}
