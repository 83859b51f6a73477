"""The table of a calendar to import: a recurring event is one row, and the next meetings come first."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.calendar_event_doubts import describe_event_doubt, find_weekly_uids
from jukwaa.meetings.calendar_reader import CalendarEvent
from jukwaa.meetings.models import Meeting
from tests.meetings.scheduled_meetings import BEFORE_MEETING

WEEKLY = "DTSTART:20261215T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\nSUMMARY:Weekly call"
MOVED = "RECURRENCE-ID:20270112T090000Z\nDTSTART:20270113T090000Z\nDURATION:PT1H\nSUMMARY:Weekly call, moved"
ASSEMBLY = "DTSTART;VALUE=DATE:20270110\nDTEND;VALUE=DATE:20270112\nSUMMARY:Assembly"
PAST_CALL = "DTSTART:20261101T090000Z\nDURATION:PT1H\nSUMMARY:Planning call"


@pytest.fixture(autouse=True)
def frozen_on_5_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


@pytest.fixture
def check_page(client, coalition, rapporteur):
    client.force_login(rapporteur)
    events = [("weekly", WEEKLY), ("weekly", MOVED), ("assembly", ASSEMBLY), ("past", PAST_CALL)]
    lines = [f"BEGIN:VEVENT\nUID:{uid}@example.org\n{text}\nEND:VEVENT\n" for uid, text in events]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{''.join(lines)}END:VCALENDAR\n"
    file = SimpleUploadedFile("calls.ics", text.replace("\n", "\r\n").encode())
    return client.post(reverse("meetings:calendar_import", args=["ours"]), {"label": "TLP:CLEAR", "file": file})


@pytest.fixture
def import_selected(client, check_page):
    """Submit the table with all checkboxes selected but these."""

    def post_table(*left_out):
        form = check_page.context["form"]
        names = {name for name in form.fields if name.startswith(("include_", "series_"))} - set(left_out)
        data = dict.fromkeys(names, "on") | {"calendar": form["calendar"].value()}
        client.post(reverse("meetings:calendar_check", args=["ours"]), data)
        return list(Meeting.objects.order_by("starts_on").values_list("title", "starts_on__day"))

    return post_table


def test_series_is_one_row_and_next_meeting_is_first(check_page):
    rows = check_page.context["form"].build_event_rows()

    assert [row["row"].details["title"] for row in rows] == [
        *("Weekly call", "Assembly"),
        *("Weekly call, moved", "Planning call"),
    ]
    assert [row["row"].event.day for row in rows[0]["rows"]] == ["2026-12-15", "2026-12-22", "2026-12-29", "2027-01-05"]
    assert "Choose from 4 meetings" in check_page.text
    assert "15 December 2026 – 5 January 2027" in check_page.text
    assert "10–11 January 2027" in check_page.text


def test_all_selected_events_of_a_series_are_imported(import_selected):
    assert import_selected("include_3") == [
        *(("Planning call", 1), ("Weekly call", 15), ("Weekly call", 22), ("Weekly call", 5)),
        *(("Assembly", 10), ("Weekly call, moved", 13)),
    ]


def test_one_checkbox_leaves_out_a_whole_series(check_page, import_selected):
    [series] = [name for name in check_page.context["form"].fields if name.startswith("series_")]

    assert import_selected(series) == [("Planning call", 1), ("Assembly", 10), ("Weekly call, moved", 13)]


def test_checkboxes_mean_the_same_events_after_midnight(check_page, import_selected):
    form = check_page.context["form"]
    assembly = next(number for number, row in enumerate(form.planned) if row.details["title"] == "Assembly")
    with time_machine.travel("2027-01-06 00:10Z", tick=False):  # the last weekly call has passed by now
        assert import_selected(f"include_{assembly}") == [
            *(("Planning call", 1), ("Weekly call", 15), ("Weekly call", 22), ("Weekly call", 29), ("Weekly call", 5)),
            ("Weekly call, moved", 13),
        ]


def test_weekly_series_is_not_selected_at_first(check_page):
    form = check_page.context["form"]
    [series] = [name for name in form.fields if name.startswith("series_")]

    assert form.fields[series].initial is False
    assert check_page.text.count("This takes place every week or more often, so it may be an internal meeting.") == 2


@pytest.mark.parametrize(
    ("days", "is_weekly"),
    [((1, 8, 15), True), ((1, 2, 3), True), ((1, 8, 29), False), ((1, 8), False), ((1, 15, 29), False)],
)
def test_series_of_every_week_is_recognised(days, is_weekly):
    events = [build_event("Call", day=f"2026-12-{day:02}") for day in days]

    assert find_weekly_uids(events) == ({"uid"} if is_weekly else set())


@pytest.mark.parametrize(
    ("title", "is_internal"),
    [
        ("Secretariado – ponto da semana", True),
        ("Point d'équipe du secrétariat", True),
        ("Reunión del personal", True),
        ("Staff meeting", True),
        ("اجتماع الأمانة", True),
        ("Privado", True),
        ("Private sector call", False),
        ("Réunion du secteur privé", False),
        ("Comité de Direcção", False),
        ("اجتماع الأعضاء", False),
    ],
)
def test_internal_meeting_is_recognised_by_its_title(title, is_internal):
    doubt = describe_event_doubt(build_event(title), is_weekly=False)

    assert doubt == ("This may be an internal meeting of the staff or the secretariat." if is_internal else "")


def build_event(title, day="2026-12-01"):
    return CalendarEvent("uid", day, title, day, "09:00", 0, "UTC", 60, "", is_cancelled=False)
