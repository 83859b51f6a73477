"""Events of an imported calendar that are not public, or not public any more: nothing of them becomes public here."""

from dataclasses import replace

import pytest
import time_machine

from jukwaa.meetings.actions.calendar_import import import_calendar
from jukwaa.meetings.calendar_reader import CalendarEvent, read_calendar
from jukwaa.meetings.models import Meeting
from tests.meetings.scheduled_meetings import BEFORE_MEETING

CALL = CalendarEvent(
    "a@example.org", "", "Monthly call", "2026-12-01", "09:00", 0, "Africa/Nairobi", 90, "Room 4", False
)
VISIT = replace(CALL, title="Visit to the clinic", day="2027-02-10", place="Room 5", is_private=True)


@pytest.fixture
def import_event(coalition, rapporteur):
    def import_one_event(event):
        with time_machine.travel(BEFORE_MEETING, tick=False):
            return import_calendar(
                actor=rapporteur,
                coalition=coalition,
                calendar_name="Coalition calls",
                address="",
                tlp_label="TLP:CLEAR",
                calendar_events=[event],
                selected_keys=[event.event_key],
            )

    return import_one_event


def test_event_that_becomes_private_does_not_change_its_meeting(import_event):
    import_event(CALL)
    written = import_event(VISIT)
    meeting = Meeting.objects.get()

    assert not written
    assert (meeting.title, meeting.place, f"{meeting.starts_on}") == ("Monthly call", "Room 4", "2026-12-01")


def test_event_that_is_public_again_updates_its_meeting(import_event):
    import_event(CALL)
    import_event(VISIT)
    import_event(replace(CALL, place="Room 6"))

    assert Meeting.objects.get().place == "Room 6"


def test_private_event_that_is_cancelled_cancels_its_meeting(import_event):
    import_event(CALL)
    import_event(replace(VISIT, is_cancelled=True))
    meeting = Meeting.objects.get()

    assert meeting.is_cancelled
    assert (meeting.title, meeting.place) == ("Monthly call", "Room 4")


@pytest.mark.parametrize(
    ("line", "is_private"),
    [
        ("", False),
        ("CLASS:PUBLIC", False),
        ("CLASS:public", False),
        ("CLASS:PRIVATE", True),
        ("CLASS:confidential", True),
        ("CLASS:X-PERSONAL", True),  # RFC 5545, 3.8.1.3: a value that is not known counts as PRIVATE
    ],
)
def test_event_class_determines_privacy(line, is_private):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:a", "SUMMARY:Call"]
    lines += ["DTSTART:20261201T090000Z", *filter(None, [line]), "END:VEVENT", "END:VCALENDAR", ""]

    assert [event.is_private for event in read_calendar("\r\n".join(lines).encode()).events] == [is_private]
