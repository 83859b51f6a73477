"""Events of a calendar that may be no meetings are not selected at first, and links of calls are found for members."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.calendar_event_doubts import BIRTHDAY_PATTERN, is_probably_personal
from jukwaa.meetings.calendar_import_plan import get_imported_meeting_details
from jukwaa.meetings.calendar_reader import read_calendar
from tests.meetings.scheduled_meetings import BEFORE_MEETING

ALL_DAY = "DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261121\n"
MORNING = "DTSTART:20261120T090000Z\nDTEND:20261120T100000Z\n"


@pytest.fixture(autouse=True)
def frozen_before_calls():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def build_calendar(start, *lines):
    event = f"BEGIN:VEVENT\nUID:a@example.org\n{start}SUMMARY:Call\n" + "".join(f"{line}\n" for line in lines)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{event}END:VEVENT\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("start", "line", "is_selected", "doubt"),
    [
        (ALL_DAY, "TRANSP:TRANSPARENT", False, "This may be a reminder"),
        (ALL_DAY, "TRANSP:OPAQUE", True, ""),
        (ALL_DAY, "RRULE:FREQ=YEARLY", False, "This may be a reminder"),
        (MORNING, "RRULE:FREQ=YEARLY", True, ""),
        (MORNING, "TRANSP:TRANSPARENT", True, ""),
        (MORNING, "STATUS:TENTATIVE", False, "Tentative in the calendar"),
        (MORNING, "STATUS:CONFIRMED", True, ""),
    ],
)
def test_doubtful_events_are_not_selected(client, coalition, rapporteur, start, line, is_selected, doubt):
    client.force_login(rapporteur)
    upload = SimpleUploadedFile("calls.ics", build_calendar(start, line))
    url = reverse("meetings:calendar_import", args=[coalition.slug])
    page = client.post(url, {"label": "TLP:CLEAR", "file": upload}, follow=True)
    fields = page.context["form"].fields
    assert fields["series_0" if "RRULE" in line else "include_0"].initial is is_selected
    assert (page.text.count(doubt or "Tentative in the calendar") > 0) is bool(doubt)


@pytest.mark.parametrize(
    ("title", "is_birthday"),
    [
        ("Anniv. maman", True),
        ("Anniversaire de mon frère", True),
        ("Birthday of Ana", True),
        ("Cumple de Luis", True),
        ("عيد ميلاد سلمى", True),
        ("10e anniversaire de la coalition", False),
        ("Anniversary meeting", False),
        ("Plenary", False),
    ],
)
def test_birthdays_are_doubtful(title, is_birthday):
    assert (BIRTHDAY_PATTERN.search(title) is not None) is is_birthday


@pytest.mark.parametrize(
    ("line", "link"),
    [
        (
            "DESCRIPTION:Agenda: https://pad.example/x\\n-::~\\nJoin with Meet: https://meet.example/abc\\nBye",
            "https://meet.example/abc",
        ),
        ("DESCRIPTION:Rejoindre la visio : https://call.example/gt4.", "https://call.example/gt4"),
        ('DESCRIPTION:<a href="https://zoom.example/j/1">here</a>', "https://zoom.example/j/1"),
        ('DESCRIPTION:<a href="https://tidewatch.example.org/conf">programme</a>', ""),
        ("DESCRIPTION:Notes: https://pad.example/meeting-notes", ""),
        ("X-GOOGLE-CONFERENCE:https://calls.example/abc", "https://calls.example/abc"),
        (
            "DESCRIPTION:Host link https://zoom.example/s/1?zak=eyJ\\nJoin: https://zoom.example/j/1",
            "https://zoom.example/j/1",
        ),
        ("DESCRIPTION:Start the call: https://zoom.example/j/1?pwd=a&zak=eyJ", ""),
        ("X-GOOGLE-CONFERENCE:https://zoom.example/s/1?zak=eyJ", ""),
        (f"DESCRIPTION:Join: https://zoom.example/j/{'1' * 400}", ""),
    ],
)
def test_link_of_call_is_found(line, link):
    [event] = read_calendar(build_calendar(MORNING, line, "LOCATION:Room 4")).events
    details = get_imported_meeting_details(event, "UTC")
    assert (details["joining_link"], details["place"]) == (link, "Room 4")


def test_link_of_place_goes_before_that_of_description():
    lines = ("LOCATION:https://visio.example/gt4", "DESCRIPTION:Join: https://meet.example/abc")
    [event] = read_calendar(build_calendar(MORNING, *lines)).events
    assert get_imported_meeting_details(event, "UTC")["joining_link"] == "https://visio.example/gt4"


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Ana / Ben \u2013 contract talk",
            "Ana/Ben",
            "Appraisal of Ben",
            "Performance review",
            "Ben <> Ana: catch-up",
        ),
        *("Entretien annuel", "Evaluación de desempeño de Ana", "Dentist", "Job interview (finance)", "Ana x Ben"),
    ],
)
def test_personal_appointment_is_in_doubt(title):
    assert is_probably_personal(title)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Kenya / Uganda \u2013 joint call",
            "ITU / UNICEF call",
            "Policy / Advocacy working group",
            "All-members call",
        ),
        *("Performance indicators working group", "Contract cheating seminar", "Technical WG", "GA 9 / Board"),
    ],
)
def test_meeting_is_no_personal_appointment(title):
    assert not is_probably_personal(title)
