"""Draft minutes of the demo that are circulated for correction, approved ones with an erratum, and the quorum."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from jukwaa.meetings import actions
from jukwaa.meetings.actions.corrections import CorrectionDecision
from jukwaa.meetings.actions.quorum import set_quorum_rule
from jukwaa.meetings.models import Entry, Meeting, Minutes
from jukwaa.records.demo_parts import Demo, Row, read_demo_data


def circulate_and_approve_demo_minutes(demo: Demo) -> None:
    demo.say("Sending minutes for correction ...")
    said = read_demo_data("jukwaa.meetings", "circulation.toml")
    _approve_demo_minutes(demo, said["approved"])
    _circulate_demo_minutes(demo, said["circulated"])


def set_demo_quorum(demo: Demo) -> None:
    numbers = read_demo_data("jukwaa.meetings", "circulation.toml")["quorum"]
    set_quorum_rule(actor=demo.coordinator, coalition=demo.coalition, minimum_numbers=numbers)


def _create_draft_minutes(demo: Demo, demo_row: Row) -> Meeting:
    meeting = actions.create_meeting_record(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        summary=demo_row["summary"],
        starts_on=timezone.localdate() - timedelta(days=demo_row["days_ago"]),
        published=True,
    )
    actions.start_live_minutes(actor=demo.rapporteur, meeting=meeting)
    for entry in demo_row["entries"]:
        item = actions.add_meeting_agenda_item(actor=demo.rapporteur, meeting=meeting, title=entry["item"])
        actions.record_minutes_line(
            actor=demo.rapporteur, meeting=meeting, token=uuid4(), kind=entry["kind"], text=entry["text"], item=item
        )
    until = timezone.localdate() + timedelta(days=demo_row["until"])
    actions.circulate_draft_minutes(actor=demo.rapporteur, meeting=meeting, until=until)
    return meeting


def _circulate_demo_minutes(demo: Demo, demo_row: Row) -> None:
    """Circulate minutes with one open and one decided correction."""
    meeting = _create_draft_minutes(demo, demo_row)
    speakers = list(demo.speakers.values())
    for number, each in enumerate(demo_row["corrections"]):
        person, organisation = speakers[number % len(speakers)]
        correction = actions.submit_correction(
            actor=person,
            minutes=Minutes.objects.select_related("meeting__coalition").get(meeting=meeting),
            entry=Entry.objects.filter(meeting=meeting, text=each.get("entry")).select_related("part").first(),
            body=each["text"],
            organisation=organisation,
            token=uuid4(),
        )
        if "reason" in each:
            ruling = CorrectionDecision(each["disposition"], each["reason"])
            actions.decide_correction(actor=demo.coordinator, correction=correction, ruling=ruling)


def _approve_demo_minutes(demo: Demo, demo_row: Row) -> None:
    meeting = _create_draft_minutes(demo, demo_row)
    later = Meeting.objects.get(coalition=demo.coalition, title=demo_row["at_meeting"])
    actions.approve_minutes(actor=demo.coordinator, meeting=meeting, at_meeting=later)
    for each in demo_row["errata"]:
        entry = Entry.objects.get(meeting=meeting, text=each["entry"])
        actions.add_erratum_to_minutes(actor=demo.rapporteur, meeting=meeting, entry=entry, text=each["text"])
