"""Meetings of the record that may be the one which a report is about to begin."""

from datetime import date
from typing import Any

from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.intake.entry_plan import is_meeting_too_open_for_document
from jukwaa.intake.models import Reading
from jukwaa.intake.models.readings import build_meeting_fields
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State


def find_namesake_meetings(reading: Reading, viewer: Person) -> list[Meeting]:
    """Meetings of the record that may be the one which this reading is about to begin, those of the same name first.

    Either the name is the same and the day not another, or the day is the same and the name another: people name a
    meeting as they like, and a second report of a day is seldom about a second meeting.
    """
    if reading.meeting_id is not None or reading.document is None:
        return []
    wanted = build_meeting_fields(reading)
    named_or_dated = Q(title__iexact=wanted["title"])
    if wanted["starts_on"] is not None and wanted["precision"] == Meeting.Precision.DAY:
        day = wanted["starts_on"]
        named_or_dated |= Q(starts_on=day, precision=Meeting.Precision.DAY) | Q(starts_on__lte=day, ends_on__gte=day)
    found = Meeting.objects.visible_to(viewer).of(reading.coalition).filter(named_or_dated)
    document = reading.document
    meetings = [
        meeting
        for meeting in found.exclude(state=State.WITHDRAWN).order_by("pk")
        if _could_be_same_meeting(meeting, wanted) and not is_meeting_too_open_for_document(meeting, document)
    ]
    return sorted(meetings, key=lambda meeting: not is_meeting_namesake(meeting, reading))


def choose_likely_meeting(reading: Reading, meetings_of_day: list[Meeting]) -> Meeting | None:
    """The one to propose among these: that of the same name, or the only one of that day."""
    return (
        meetings_of_day[0]
        if meetings_of_day and (len(meetings_of_day) == 1 or is_meeting_namesake(meetings_of_day[0], reading))
        else None
    )


def is_meeting_namesake(meeting: Meeting, reading: Reading) -> bool:
    return bool(meeting.title.casefold() == build_meeting_fields(reading)["title"].casefold())


def _could_be_same_meeting(meeting: Meeting, wanted_fields: dict[str, Any]) -> bool:
    """What is known of both is the same, as far as it is known."""
    known: date | None = meeting.starts_on
    day: date | None = wanted_fields["starts_on"]
    if known is None or day is None:
        return True
    exact = {meeting.precision, wanted_fields["precision"]} == {Meeting.Precision.DAY}
    return meeting.takes_place_on(day) if exact else known.year == day.year
