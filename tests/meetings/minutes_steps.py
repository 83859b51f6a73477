"""A meeting that is over, with draft minutes that are circulated, for the tests of corrections and of the approval."""

from datetime import date
from typing import Any
from uuid import uuid4

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import actions
from jukwaa.meetings.models import Correction, Entry, Meeting, Minutes
from tests.meetings.scheduled_meetings import schedule_meeting

DURING, AFTERWARDS, LATER = "2027-01-12 12:20Z", "2027-01-12 15:00Z", "2027-01-30 06:00Z"
CORRECTIONS_DEADLINE = date(2027, 1, 26)
FIRST_ENTRY, SECOND_ENTRY = "The zebra hotline opened in June.", "The charter is adopted by everybody who was there."


def create_ended_minutes(coalition: Coalition, rapporteur: Person, clock: Any) -> Meeting:
    """Return a meeting that is over, with two lines of minutes. `clock` is a traveller of time_machine."""
    clock.move_to(DURING)
    meeting = schedule_meeting(coalition, rapporteur)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    add_minutes_line(rapporteur, meeting, FIRST_ENTRY)
    add_minutes_line(rapporteur, meeting, SECOND_ENTRY, entry_kind="decision")
    clock.move_to(AFTERWARDS)
    return Meeting.objects.select_related("coalition").get(pk=meeting.pk)


def add_minutes_line(
    actor: Person, meeting: Meeting, text: str, *, entry_kind: str = "report", **more: Any
) -> Entry | None:
    return actions.record_minutes_line(
        actor=actor, meeting=meeting, token=uuid4(), kind=entry_kind, text=text, **more
    ).entry


def circulate_draft(actor: Person, meeting: Meeting, **more: Any) -> Minutes:
    return actions.circulate_draft_minutes(actor=actor, meeting=meeting, **({"until": CORRECTIONS_DEADLINE} | more))


def propose_correction(
    actor: Person, meeting: Meeting, correction_text: str = "It was in May.", **more: Any
) -> Correction:
    minutes = Minutes.objects.select_related("meeting__coalition").get(meeting=meeting)
    return actions.submit_correction(actor=actor, minutes=minutes, body=correction_text, **({"token": uuid4()} | more))
