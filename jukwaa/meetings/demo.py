"""The later meetings, from what public pages say of them."""

from datetime import date, datetime, time, timedelta
from typing import Any, Required, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.meetings.actions import (
    add_meeting_agenda_item,
    create_meeting_record,
    record_attendance,
    record_entry,
    record_minutes_line,
    set_current_agenda_item,
    start_live_minutes,
)
from jukwaa.meetings.demo_agenda import prepare_demo_agenda
from jukwaa.meetings.demo_circulation import circulate_and_approve_demo_minutes, set_demo_quorum
from jukwaa.meetings.demo_commitments import create_demo_commitments
from jukwaa.meetings.demo_decisions import create_demo_silence_procedures
from jukwaa.meetings.demo_ideas import suggest_demo_ideas
from jukwaa.meetings.demo_meeting_states import create_demo_newcomers_and_findings
from jukwaa.meetings.demo_note_taker import build_demo_line_token
from jukwaa.meetings.demo_polls import create_time_poll
from jukwaa.meetings.models import Attendance, Entry, Meeting
from jukwaa.records.demo_parts import Demo, demo_part_registry, mark_part_as_factual, read_demo_data

NAIROBI_TIME_ZONE = ZoneInfo("Africa/Nairobi")


class ScheduleDetails(TypedDict, total=False):
    title: Required[str]
    summary: str
    duration: int
    languages: str
    interpretation: str
    joining_link: str


@demo_part_registry.register(20)
@mark_part_as_factual
def create_demo_meetings(demo: Demo) -> None:
    demo.say("Recording later meetings ...")
    for row in read_demo_data("jukwaa.meetings", "meetings.toml")["meetings"]:
        _create_demo_meeting(row, coalition=demo.coalition, rapporteur=demo.rapporteur)
    demo.records |= {entry.text: entry for entry in Entry.objects.filter(coalition=demo.coalition)}


def _create_demo_meeting(demo_row: dict[str, Any], *, coalition: Coalition, rapporteur: Person) -> None:
    """Create one meeting of the data file, with its attendance and entries."""
    meeting = create_meeting_record(
        actor=rapporteur,
        coalition=coalition,
        title=demo_row["title"],
        published=True,
        summary=demo_row["summary"],
        starts_on=date.fromisoformat(demo_row["date"]),
        precision=demo_row.get("precision", Meeting.Precision.DAY),
        start_time=time.fromisoformat(demo_row["time"]) if "time" in demo_row else None,
        time_zone=demo_row.get("time_zone", ""),
        duration=demo_row.get("duration"),
        place=demo_row["place"],
        country=demo_row["country"],
        forum=demo_row["forum"],
        public_source=demo_row["source"],
    )
    for key, came_as in (
        ("members", Attendance.As.MEMBER),
        ("new_members", Attendance.As.NEW_MEMBER),
        ("present", Attendance.As.OBSERVER),
    ):
        for name in demo_row.get(key, []):
            record_attendance(
                actor=rapporteur,
                meeting=meeting,
                name=name,
                organisation=_get_demo_organisation(coalition, name),
                came_as=came_as,
                is_chair=name == demo_row.get("chair"),
            )
    for entry in demo_row.get("entries", []):
        speakers = [(name, _get_demo_organisation(coalition, name)) for name in entry.get("speakers", [])]
        record_entry(actor=rapporteur, meeting=meeting, kind=entry["kind"], text=entry["text"], speakers=speakers)


def _get_demo_organisation(coalition: Coalition, organisation_name: str) -> Organisation:
    return Organisation.objects.of(coalition).get(name=organisation_name)


@demo_part_registry.register(25)
def schedule_demo_meetings(demo: Demo) -> None:
    """One that began half an hour ago, and the next one in two weeks: from the day on which the demo is made."""
    demo.say("Scheduling meetings ...")
    now = timezone.now().replace(second=0, microsecond=0)
    begun = now - timedelta(minutes=30 + now.minute % 5)
    call = _schedule_demo_meeting(
        demo,
        begun.astimezone(NAIROBI_TIME_ZONE),
        title="Working call: good practices for helplines",
        summary="Members share what has worked and agree who will document it.",
        duration=90,
        languages="English",
        joining_link="https://meet.example.org/helplines",
    )
    _record_partial_minutes(demo, call)
    coming = datetime.combine(begun.date() + timedelta(days=14), time(14), tzinfo=NAIROBI_TIME_ZONE)
    _schedule_demo_meeting(
        demo,
        coming,
        title="Preparing the session at the next Internet Governance Forum",
        summary="Members propose topics for the session and agree who prepares what.",
        duration=90,
        languages="English and French",
        interpretation="International Sign",
        joining_link="https://meet.example.org/child-online-safety",
    )


def _record_partial_minutes(demo: Demo, meeting: Meeting) -> None:
    """Add minutes in progress by two note-takers, one of whom is at the second agenda item."""
    start_live_minutes(actor=demo.rapporteur, meeting=meeting)
    rows = read_demo_data("jukwaa.meetings", "meetings.toml")["live"]
    for number, row in enumerate(rows):
        item = add_meeting_agenda_item(actor=demo.coordinator, meeting=meeting, title=row["item"])
        set_current_agenda_item(actor=demo.coordinator, meeting=meeting, item=item)
        writer = demo.coordinator if number % 2 else demo.rapporteur
        token = build_demo_line_token(number)
        record_minutes_line(actor=writer, meeting=meeting, token=token, kind=row["kind"], text=row["text"], item=item)


def _schedule_demo_meeting(demo: Demo, starts_at: datetime, **details: Unpack[ScheduleDetails]) -> Meeting:
    return create_meeting_record(
        actor=demo.coordinator,
        coalition=demo.coalition,
        published=True,
        starts_on=starts_at.date(),
        start_time=starts_at.time(),
        time_zone=str(NAIROBI_TIME_ZONE),
        place="Online",
        **details,
    )


@demo_part_registry.register(115)
def prepare_next_agenda(demo: Demo) -> None:
    """Of the next meeting: items, one of them carried forward, papers of which one is late, and updates."""
    demo.say("Preparing an agenda ...")
    prepare_demo_agenda(demo, read_demo_data("jukwaa.meetings", "agenda.toml"))


demo_part_registry.register(116)(suggest_demo_ideas)  # some became joint work, which comes before
demo_part_registry.register(117)(create_demo_commitments)  # the members of the parts before make them
demo_part_registry.register(118)(
    create_demo_silence_procedures
)  # at the call of the commitments; the members of the parts before respond
demo_part_registry.register(120)(create_time_poll)  # members of the parts before answer
demo_part_registry.register(121)(set_demo_quorum)
demo_part_registry.register(122)(circulate_and_approve_demo_minutes)
demo_part_registry.register(123)(
    create_demo_newcomers_and_findings
)  # the minutes of the part before have been approved
