"""The later meetings, from what public pages say of them."""

from datetime import date, datetime
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.meetings.actions import begin_meeting, record_attendance, record_entry
from jukwaa.meetings.demo_commitments import make_commitments
from jukwaa.meetings.models import Attendance, Entry, Meeting
from jukwaa.records.demo_parts import Demo, demo_parts, read_demo_data

demo_parts.register(118)(make_commitments)  # the members of the parts before make them


@demo_parts.register(20)
def write_later_meetings(demo: Demo) -> None:
    demo.say("Writing down the later meetings ...")
    for row in read_demo_data("jukwaa.meetings", "meetings.toml")["meetings"]:
        _write_meeting(row, coalition=demo.coalition, rapporteur=demo.rapporteur)
    demo.records |= {entry.text: entry for entry in Entry.objects.filter(coalition=demo.coalition)}


def _write_meeting(row: dict[str, Any], *, coalition: Coalition, rapporteur: Person) -> None:
    """One meeting of the data file: its facts, who was there and as what, what was said."""
    meeting = begin_meeting(
        actor=rapporteur,
        coalition=coalition,
        title=row["title"],
        published=True,
        summary=row["summary"],
        starts_on=date.fromisoformat(row["date"]),
        precision=row.get("precision", Meeting.Precision.DAY),
        starts_at=_moment(row.get("starts_at")),
        ends_at=_moment(row.get("ends_at")),
        place=row["place"],
        country=row["country"],
        forum=row["forum"],
        public_source=row["source"],
    )
    for key, came_as in (
        ("members", Attendance.As.MEMBER),
        ("new_members", Attendance.As.NEW_MEMBER),
        ("present", Attendance.As.OBSERVER),
    ):
        for name in row.get(key, []):
            record_attendance(
                actor=rapporteur,
                meeting=meeting,
                name=name,
                organisation=_named(coalition, name),
                came_as=came_as,
                is_chair=name == row.get("chair"),
            )
    for entry in row.get("entries", []):
        speakers = [(name, _named(coalition, name)) for name in entry.get("speakers", [])]
        record_entry(actor=rapporteur, meeting=meeting, kind=entry["kind"], text=entry["text"], speakers=speakers)


def _named(coalition: Coalition, name: str) -> Organisation:
    return Organisation.objects.of(coalition).get(name=name)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
