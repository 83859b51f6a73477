"""For each address of minutes in progress, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.meetings.models import Correction, Entry, Line, Minutes
from tests.factories import CapacityFactory, PartFactory, PersonFactory
from tests.row_builders import Rows, build_sample_rows
from tests.world import World


def create_draft_minutes(world: World) -> list[Minutes]:
    """Draft minutes of the meetings of entries in every label and state."""
    meetings = Entry.objects.filter(pk__in=[entry.pk for entry in world.list_varied_records("entry")]).values_list(
        "meeting"
    )
    return [Minutes.objects.get_or_create(meeting_id=pk)[0] for (pk,) in meetings]


def build_draft_minutes_rows(**more: Any) -> Rows:
    return lambda world: [{"pk": minutes.meeting_id} | more for minutes in create_draft_minutes(world)]


def list_minutes_line_rows(world: World) -> list[dict[str, Any]]:
    drafts = create_draft_minutes(world)
    entries = [(draft, entry) for draft in drafts for entry in Entry.objects.filter(meeting=draft.meeting_id)]
    lines = [
        Line.objects.get_or_create(entry=entry, defaults={"minutes": draft, "revision": 1})[0]
        for draft, entry in entries
    ]
    return [{"pk": line.minutes.meeting_id, "line": line.pk} for line in lines]


def list_current_item_rows(world: World) -> list[dict[str, Any]]:
    drafts = create_draft_minutes(world)[:2]
    return [{"pk": draft.meeting_id, "item": PartFactory(meeting=draft.meeting).pk} for draft in drafts]


def list_correction_rows(world: World) -> list[dict[str, Any]]:
    """Create a correction of each entry, with its canary. It has the readers of the entry."""
    rows = []
    for entry in world.list_varied_records("entry"):
        minutes = Minutes.objects.get_or_create(meeting_id=entry.meeting_id)[0]
        correction = Correction.objects.filter(minutes=minutes, entry=entry).first() or _create_entry_correction(
            minutes, entry
        )
        rows.append({"pk": minutes.meeting_id, "correction": correction.pk})
    return rows


def _create_entry_correction(minutes: Minutes, entry: Entry) -> Correction:
    author = PersonFactory()
    capacity = CapacityFactory(coalition=entry.coalition, person=author)
    return Correction.objects.create(minutes=minutes, entry=entry, body=entry.text, author=author, capacity=capacity)


LIVE_MINUTES_ROWS: dict[str, Rows] = {
    "meetings:minutes_start": build_sample_rows("meeting"),
    "meetings:minutes_live": build_draft_minutes_rows(),
    "meetings:minutes_updates": build_draft_minutes_rows(after=0),
    "meetings:minutes_approve": build_draft_minutes_rows(),
    "meetings:minutes_circulate": build_draft_minutes_rows(),
    "meetings:correction_list": lambda world: [{"pk": row["pk"]} for row in list_correction_rows(world)],
    "meetings:correction_new": build_draft_minutes_rows(),
    "meetings:correction_decide": list_correction_rows,
    "meetings:erratum_new": build_draft_minutes_rows(),
    "meetings:line_new": build_draft_minutes_rows(),
    "meetings:line_edit": list_minutes_line_rows,
    "meetings:item_choose": build_draft_minutes_rows(),
    "meetings:item_rule": list_current_item_rows,
}
