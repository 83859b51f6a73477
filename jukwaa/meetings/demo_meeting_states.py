"""States of meetings in the demo: newcomers, consent, items under the Rule, an imported meeting, key findings."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from jukwaa.coalitions.actions.people import PersonFacts, add_person
from jukwaa.meetings import actions
from jukwaa.meetings.actions.calendar_import import import_calendar
from jukwaa.meetings.actions.findings import add_key_finding, publish_key_findings
from jukwaa.meetings.actions.invitations import reply_to_invitation
from jukwaa.meetings.calendar_reader import CalendarEvent
from jukwaa.meetings.demo_note_taker import build_demo_line_token
from jukwaa.meetings.models import Entry, EntryKind, Line, Meeting, Minutes
from jukwaa.records.demo_parts import Demo, Row, read_demo_data
from jukwaa.records.models import Label


def create_demo_newcomers_and_findings(demo: Demo) -> None:
    demo.say("Adding newcomers, confidential items and key findings ...")
    said = read_demo_data("jukwaa.meetings", "year.toml")
    _record_demo_newcomers(demo, said["newcomers"])
    _invite_young_member(demo, said["young_member"])
    _create_confidential_meeting(demo, said["confidential"])
    _import_demo_calendar(demo, said["calendar"])
    _publish_demo_finding(demo, said["finding"])


def _record_demo_newcomers(demo: Demo, demo_rows: list[Row]) -> None:
    """Record first-time attendees of the call in progress."""
    line = Line.objects.select_related("minutes__meeting__coalition").get(token=build_demo_line_token(0))
    for row in demo_rows:
        actions.record_attendance(
            actor=demo.rapporteur, meeting=line.minutes.meeting, name=row["name"], came_as=row["came_as"]
        )


def _invite_young_member(demo: Demo, demo_row: Row) -> None:
    """A person under 18, for whom the adult contact has accepted the invitation to the next meeting."""
    adult, organisation = next(iter(demo.speakers.values()))
    facts = PersonFacts(name=demo_row["name"], email=demo_row["email"], is_minor=True, adult_contact=adult)
    person = add_person(actor=demo.coordinator, coalition=demo.coalition, facts=facts, organisation=organisation)
    meeting = Meeting.objects.upcoming(timezone.now()).filter(coalition=demo.coalition, starts_at__gt=timezone.now())[0]
    reply_to_invitation(actor=person, meeting=meeting, answer="yes", guardian=adult)


def _create_confidential_meeting(demo: Demo, demo_row: Row) -> None:
    """Create a meeting under the Chatham House Rule, whose circulated minutes are due for approval."""
    today = timezone.localdate()
    meeting = actions.create_meeting_record(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        summary=demo_row["summary"],
        starts_on=today - timedelta(days=demo_row["days_ago"]),
        published=True,
    )
    actions.start_live_minutes(actor=demo.rapporteur, meeting=meeting)
    item = actions.add_meeting_agenda_item(
        actor=demo.rapporteur, meeting=meeting, title=demo_row["item"], is_under_chatham_house_rule=True
    )
    actions.set_current_agenda_item(actor=demo.rapporteur, meeting=meeting, item=item)
    for each in demo_row["lines"]:
        actions.record_minutes_line(actor=demo.rapporteur, meeting=meeting, token=uuid4(), item=item, **each)
    actions.set_current_agenda_item(actor=demo.rapporteur, meeting=meeting, item=None)
    until = today + timedelta(days=demo_row["until"])
    minutes = actions.circulate_draft_minutes(actor=demo.rapporteur, meeting=meeting, until=until)
    Minutes.objects.filter(pk=minutes.pk).update(corrections_until=until - timedelta(days=demo_row["days_ago"]))
    actions.approve_without_objection(minutes=minutes)


def _import_demo_calendar(demo: Demo, demo_row: Row) -> None:
    event = CalendarEvent(
        uid=demo_row["uid"],
        occurrence="",
        title=demo_row["title"],
        day=str(timezone.localdate() - timedelta(days=demo_row["days_ago"])),
        hour=demo_row["hour"],
        fold=0,
        zone=demo_row["zone"],
        minutes=demo_row["minutes"],
        place=demo_row["place"],
        is_cancelled=False,
    )
    import_calendar(
        actor=demo.coordinator,
        coalition=demo.coalition,
        calendar_name=demo_row["name"],
        address="",
        tlp_label=Label.CLEAR,
        calendar_events=[event],
        selected_keys=[event.event_key],
    )


def _publish_demo_finding(demo: Demo, demo_row: Row) -> None:
    """Based on a decision in approved minutes that are made up for the demo."""
    decisions = Entry.objects.filter(coalition=demo.coalition, kind=EntryKind.DECISION, label=Label.CLEAR)
    source = decisions.filter(meeting__minutes__approved_at__isnull=False).select_related("meeting").order_by("pk")[0]
    assert source.meeting.starts_on is not None  # noqa: S101 - for the type alone: it was held
    year, coalition, actor = source.meeting.starts_on.year, demo.coalition, demo.rapporteur
    add_key_finding(actor=actor, coalition=coalition, year=year, **demo_row, label=Label.CLEAR, sources=[source])
    publish_key_findings(actor=actor, coalition=coalition, year=year)
