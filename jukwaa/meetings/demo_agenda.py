"""The agenda of the next meeting in the demo."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.actions.agenda import add_agenda_item, add_suggested_items
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.actions.invitations import reply_to_invitation
from jukwaa.meetings.actions.member_updates import send_member_update
from jukwaa.meetings.actions.papers import add_agenda_paper
from jukwaa.meetings.agenda_suggestions import find_agenda_suggestions
from jukwaa.meetings.models import Meeting
from jukwaa.records.demo_parts import Demo, Row
from jukwaa.records.models import Record


def prepare_demo_agenda(demo: Demo, demo_data: Row) -> None:
    meeting = Meeting.objects.upcoming(timezone.now()).filter(coalition=demo.coalition, starts_at__gt=timezone.now())[0]
    meeting.coalition = demo.coalition
    first, *others = demo_data["items"]
    _add_demo_item(demo, meeting, first)
    _carry_demo_commitment_forward(demo, meeting)
    for row in others:
        _add_demo_item(demo, meeting, row)
    for row in demo_data["papers"]:
        _add_demo_paper(demo, meeting, row)
    send_meeting_agenda(actor=demo.coordinator, meeting=meeting)
    speakers = list(demo.speakers.values())
    for row in demo_data["updates"]:
        person, organisation = speakers[row["number"]]
        send_member_update(actor=person, meeting=meeting, text=row["text"], organisation=organisation)
    for number, answer in enumerate(demo_data["replies"]):
        person, organisation = speakers[number]
        reply_to_invitation(actor=person, meeting=meeting, answer=answer, organisation=organisation)


def _add_demo_item(demo: Demo, meeting: Meeting, demo_row: Row) -> None:
    """Presented by a member organisation that is made up."""
    details = {name: value for name, value in demo_row.items() if name != "presenter"}
    if "presenter" in demo_row:
        _person, organisation = next(iter(demo.speakers.values()))
        details["presenter"] = (organisation.name, organisation)
    add_agenda_item(actor=demo.coordinator, meeting=meeting, **details)


def _carry_demo_commitment_forward(demo: Demo, meeting: Meeting) -> None:
    found = find_agenda_suggestions(meeting, Standing(demo.coordinator, demo.coalition))
    commitments = [each for each in found if each.key.startswith("commitment:")]
    add_suggested_items(actor=demo.coordinator, meeting=meeting, agenda_suggestions=commitments[:1])


def _add_demo_paper(demo: Demo, meeting: Meeting, demo_row: Row) -> None:
    record = (
        Record.objects.filter(coalition=demo.coalition, title=demo_row["record"]).first()
        if "record" in demo_row
        else None
    )
    due_on = timezone.localdate() + timedelta(days=demo_row["due_in"]) if "due_in" in demo_row else None
    part = meeting.parts.get(title=demo_row["item"])
    part.meeting = meeting
    add_agenda_paper(actor=demo.coordinator, part=part, title=demo_row["title"], record=record, due_on=due_on)
