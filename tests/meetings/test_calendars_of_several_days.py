"""Several days in calendars: imported, written, shown by month, and matched to reports of each of the days."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import icalendar
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.child import calendar_events
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.events.templatetags.events import days, hours
from jukwaa.events.times import list_time_zones
from jukwaa.exchange.calendars import write_calendar_file
from jukwaa.intake.meeting_dates import suggest_meeting_on_day
from jukwaa.mail.models import Message
from jukwaa.meetings import actions, times
from jukwaa.meetings.calendar_files import build_meeting_calendar_file
from jukwaa.meetings.calendar_import_plan import IMPORTED_MEETING_FIELDS, get_imported_meeting_details
from jukwaa.meetings.calendar_reader import CalendarEvent, read_calendar
from jukwaa.meetings.calendar_updates import update_imported_calendars
from jukwaa.meetings.linked_data import build_meeting_linked_data
from jukwaa.meetings.models import ImportedCalendar, ImportedEvent, Meeting
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

NAIROBI = ";TZID=Africa/Nairobi"
FIRST_DAY, LAST_DAY = date(2027, 1, 12), date(2027, 1, 14)
WHOLE_DAYS = {"ends_on": LAST_DAY, "start_time": None, "time_zone": "", "duration": None}


@pytest.fixture(autouse=True)
def frozen_in_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def build_calendar(starts, ends):
    """Return a calendar with one event; the values of DTSTART and of DTEND (or of DURATION) with their parameters."""
    end = f"DURATION:{ends}" if ends.startswith("P") else f"DTEND{ends}"
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:a@example.org")
    return "\r\n".join(
        [*lines, f"DTSTART{starts}", end, "SUMMARY:Assembly", "END:VEVENT", "END:VCALENDAR", ""]
    ).encode()


@pytest.mark.parametrize(
    ("starts", "ends", "last_day", "end"),
    [
        (";VALUE=DATE:20270112", ";VALUE=DATE:20270115", LAST_DAY, None),
        (";VALUE=DATE:20270112", "P3D", LAST_DAY, None),
        (";VALUE=DATE:20270112", ";VALUE=DATE:20270113", None, None),
        (f"{NAIROBI}:20270112T090000", f"{NAIROBI}:20270114T162000", LAST_DAY, "2027-01-14T13:20Z"),
        (f"{NAIROBI}:20270112T140000", f"{NAIROBI}:20270113T120000", date(2027, 1, 13), "2027-01-13T09:00Z"),
        (f"{NAIROBI}:20270112T140000", ":20270113T090000Z", date(2027, 1, 13), "2027-01-13T09:00Z"),
        (f"{NAIROBI}:20270112T090000", f"{NAIROBI}:20270115T000000", LAST_DAY, "2027-01-14T21:00Z"),
        (f"{NAIROBI}:20270112T220000", f"{NAIROBI}:20270113T020000", None, "2027-01-12T23:00Z"),
        (f"{NAIROBI}:20270112T090000", f"{NAIROBI}:20270122T170000", date(2027, 1, 22), None),
    ],
)
def test_last_day_of_event_is_read(starts, ends, last_day, end):
    [event] = read_calendar(build_calendar(starts, ends)).events
    meeting = Meeting(**get_imported_meeting_details(event, "UTC"))
    meeting.set_moments()

    assert (meeting.starts_on, meeting.ends_on) == (FIRST_DAY, last_day)
    assert meeting.ends_at == (end and datetime.fromisoformat(end))


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(list_time_zones()),
    st.integers(1, 30),
    st.integers(1, 7 * 24 * 60),
)
def test_meeting_ends_on_its_last_day_or_in_the_night_after(day, hour, zone, more_days, minutes):
    duration, last_day = timedelta(minutes=minutes), day + timedelta(days=more_days)
    starts_at = times.get_local_moment(day, hour, zone)
    ends_at = times.get_end_moment(starts_at, duration, zone, last_day)

    if duration >= times.ONE_DAY or times.get_local_day(starts_at + duration - times.ONE_MINUTE, zone) == last_day:
        assert ends_at == starts_at + duration
    else:
        last_start = ends_at - duration
        assert abs(
            times.get_local_datetime(last_start, zone).replace(tzinfo=None) - datetime.combine(last_day, hour)
        ) < (
            timedelta(hours=3)  # where the clocks skip the hour
        )
        assert ends_at > starts_at + duration


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2027, 1, 1), date(2027, 11, 30)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(list_time_zones()),
    st.integers(1, 28),  # in UTC, the nights of both ends may add a day each
    st.none() | st.integers(1, 7 * 24 * 60),
)
def test_own_calendar_file_is_read_back_with_the_same_time(day, hour, zone, more_days, minutes):
    coalition = Coalition(pk=1, slug="ours", name="Ours", language="en")
    meeting = Meeting(pk=7, kind="meeting", coalition=coalition, title="Assembly", starts_on=day)
    meeting.ends_on, meeting.start_time, meeting.time_zone = day + timedelta(days=more_days), hour, zone if hour else ""
    meeting.duration = minutes if hour else None
    meeting.set_moments()
    [event] = read_events(build_meeting_calendar_file(meeting))
    read_back = Meeting(**get_imported_meeting_details(event, "UTC"))
    read_back.set_moments()

    if hour is None:
        assert (read_back.starts_on, read_back.ends_on) == (meeting.starts_on, meeting.ends_on)
    elif read_back.ends_at is not None:
        assert (read_back.starts_at, read_back.ends_at) == meeting.get_phase_changes()
    else:
        assert meeting.get_phase_changes()[1] - meeting.get_phase_changes()[0] > timedelta(days=7)
        assert (read_back.starts_at, read_back.last_day) == (
            meeting.starts_at,
            times.get_local_day(meeting.get_phase_changes()[1] - times.ONE_MINUTE, "UTC"),
        )


def read_events(calendar_text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.ics"
        path.write_text(calendar_text)
        orders = {"since": "2026-12-01", "until": "2028-02-01", "events": 9}
        return [CalendarEvent(**row) for row in calendar_events.read(path, orders, lambda *_args: None)["events"]]


def upload_calendar(client, file_content):
    upload = {"label": "TLP:CLEAR", "file": SimpleUploadedFile("calls.ics", file_content)}
    return client.post(reverse("meetings:calendar_import", args=["ours"]), upload)


def confirm_import(client, page):
    data = {"calendar": page.context["form"]["calendar"].value(), "include_0": "on"}
    return client.post(reverse("meetings:calendar_check", args=["ours"]), data, follow=True)


def test_import_shows_stores_and_updates_last_day(client, coalition, rapporteur):
    client.force_login(rapporteur)
    page = upload_calendar(client, build_calendar(";VALUE=DATE:20270112", ";VALUE=DATE:20270114"))
    assert "12–13 January 2027" in page.text
    assert "12–13 January 2027" in confirm_import(client, page).text
    page = upload_calendar(client, build_calendar(";VALUE=DATE:20270112", ";VALUE=DATE:20270115"))
    assert [str(row.outcome) for row in page.context["form"].planned] == ["changed"]
    confirm_import(client, page)

    assert Meeting.objects.get().ends_on == LAST_DAY
    page = upload_calendar(client, build_calendar(";VALUE=DATE:20270112", ";VALUE=DATE:20270113"))
    confirm_import(client, page)
    assert Meeting.objects.get().ends_on is None


def test_meeting_imported_before_last_days_were_read_is_updated(coalition, rapporteur):
    calendar = ImportedCalendar.objects.create(
        coalition=coalition, name="C", address="https://c.example", added_by=rapporteur
    )
    content = build_calendar(";VALUE=DATE:20270112", ";VALUE=DATE:20270115")
    [event] = read_calendar(content).events
    details = get_imported_meeting_details(event, "UTC") | {"ends_on": None}
    meeting = schedule_meeting(coalition, rapporteur, published=False, **details)
    values = [str(details[name]) for name in IMPORTED_MEETING_FIELDS]
    digest = sha256(json.dumps(values).encode()).hexdigest()  # as earlier versions computed it
    ImportedEvent.objects.create(
        calendar=calendar, coalition=coalition, meeting=meeting, key=event.event_key, fingerprint=digest
    )

    assert update_imported_calendars(timezone.now(), lambda _address: read_calendar(content)) == 1
    assert update_imported_calendars(timezone.now(), lambda _address: read_calendar(content)) == 0
    meeting.refresh_from_db()
    assert (meeting.ends_on, meeting.record_ptr.happened_until) == (LAST_DAY, LAST_DAY)


def test_event_of_two_months_is_doubtful_and_says_what_is_imported(client, coalition, rapporteur):
    client.force_login(rapporteur)
    page = upload_calendar(client, build_calendar(";VALUE=DATE:20270112", ";VALUE=DATE:20270315"))

    assert "12 January – 14 March 2027" in page.text
    assert "This lasts 62 days, so it may not be a meeting. Only its first day will be imported." in page.text
    assert page.context["form"]["include_0"].initial is False
    confirm_import(client, page)
    assert Meeting.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("details", "starts", "ends", "linked_end"),
    [
        (WHOLE_DAYS, FIRST_DAY, date(2027, 1, 15), "2027-01-14"),
        (
            {"ends_on": LAST_DAY},
            datetime(2027, 1, 12, 12, tzinfo=UTC),
            datetime(2027, 1, 14, 13, 30, tzinfo=UTC),
            "2027-01-14T13:30:00+00:00",
        ),
        (
            {"ends_on": LAST_DAY, "duration": None},
            datetime(2027, 1, 12, 12, tzinfo=UTC),
            datetime(2027, 1, 14, 21, tzinfo=UTC),
            "2027-01-14",
        ),
    ],
)
def test_calendars_and_machines_are_told_the_end(coalition, rapporteur, details, starts, ends, linked_end):
    meeting = schedule_meeting(coalition, rapporteur, **details)
    with time_machine.travel("2027-01-05 13:00Z", tick=False):
        feed = write_calendar_file(coalition, rapporteur, QueryDict("kind=meeting"))
    file = build_meeting_calendar_file(meeting)

    for calendar_text in (feed, file):
        [event] = icalendar.Calendar.from_ical(calendar_text).walk("VEVENT")
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (starts, ends)
    assert build_meeting_linked_data(meeting)["endDate"] == linked_end


@pytest.mark.parametrize(
    ("first", "last", "is_found"), [(11, 11, False), (13, 13, True), (14, 20, True), (15, 20, False)]
)
def test_calendar_finds_meeting_on_each_of_its_days(coalition, rapporteur, first, last, is_found):
    schedule_meeting(coalition, rapporteur, ends_on=LAST_DAY, duration=None)
    window = CalendarWindow(coalition, rapporteur, date(2027, 1, first), date(2027, 1, last))
    found = list_calendar_items(window, ["meeting"])

    assert [(days(item), hours(item)) for item in found] == [
        ("12–14 January 2027", "15:00 (Africa/Nairobi); 12:00 UTC")
    ] * is_found


def test_new_meeting_on_second_day_clashes(client, coalition, rapporteur):
    schedule_meeting(coalition, rapporteur, title="Assembly", **WHOLE_DAYS)
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_new", args=[coalition.slug])
    values = {"title": "Call", "precision": "day", "label": "TLP:CLEAR", "version": 0}

    page = client.post(url, values | {"starts_on": "2027-01-13"})
    assert [clash.title for clash in page.context["form"].clashes] == ["Assembly"]
    page = client.post(url, values | {"starts_on": "2027-01-10", "ends_on": "2027-01-12"})
    assert [clash.title for clash in page.context["form"].clashes] == ["Assembly"]
    assert client.post(url, values | {"starts_on": "2027-01-15"}).status_code == 302


@pytest.mark.parametrize(("day", "is_suggested"), [(11, False), (12, True), (13, True), (14, True), (15, False)])
def test_report_of_each_day_is_matched(coalition, rapporteur, day, is_suggested):
    meeting = schedule_meeting(coalition, rapporteur, **WHOLE_DAYS)
    found = suggest_meeting_on_day(rapporteur, coalition, date(2027, 1, day), "day", "TLP:CLEAR")

    assert found == (meeting if is_suggested else None)


def test_report_of_day_in_next_month_is_matched(coalition, rapporteur):
    dates = {"starts_on": date(2027, 1, 30), "ends_on": date(2027, 2, 2)}
    meeting = schedule_meeting(coalition, rapporteur, **(WHOLE_DAYS | dates))

    assert suggest_meeting_on_day(rapporteur, coalition, date(2027, 2, 1), "day", "TLP:CLEAR") == meeting
    assert suggest_meeting_on_day(rapporteur, coalition, date(2027, 2, 3), "day", "TLP:CLEAR") is None


def test_emails_give_all_days_and_tell_of_another_last_one(mailing_coalition, rapporteur, member):
    meeting = schedule_meeting(mailing_coalition, rapporteur, **WHOLE_DAYS)
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))
    assert "12–14 January 2027" in Message.objects.get(to=member.email).body
    Message.objects.all().delete()
    changes = {"ends_on": date(2027, 1, 13)}
    changed = actions.change_meeting(actor=rapporteur, meeting=meeting, changes=changes, from_version=meeting.version)
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))
    message = Message.objects.get(to=member.email)

    assert "12–13 January 2027" in message.body
    [event] = icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")
    assert (event["DTEND"].dt, event["SEQUENCE"]) == (date(2027, 1, 14), changed.sequence)
    assert changed.sequence == meeting.sequence + 1
