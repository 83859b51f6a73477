"""A meeting in progress that is ended before its planned end."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting, Minutes
from jukwaa.updates.clock import tick
from tests.meetings.minutes_steps import DURING, add_minutes_line
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

BUTTON = "End the meeting</button>"


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE_MEETING, tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(mailing_coalition, rapporteur, clock):
    return schedule_meeting(mailing_coalition, rapporteur)


def end_on_page(client, meeting):
    return client.post(reverse("meetings:meeting_end", args=["ours", meeting.pk]), follow=True).text


def test_meeting_in_progress_ends_now(client, meeting, rapporteur, clock):
    client.force_login(rapporteur)
    assert BUTTON not in client.get(meeting.get_absolute_url()).text
    clock.move_to(DURING)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    add_minutes_line(rapporteur, meeting, "The zebra hotline opened in June.")
    page = client.get(meeting.get_absolute_url()).text
    assert BUTTON in page
    assert "Approve minutes" not in page

    page = end_on_page(client, meeting)
    assert "The meeting has ended." in page
    assert BUTTON not in page
    assert "Approve minutes" in page
    ended = Meeting.objects.get(pk=meeting.pk)
    assert (ended.is_held, ended.duration, ended.version) == (True, 20, meeting.version + 1)
    actions.approve_minutes(actor=rapporteur, meeting=ended)
    assert Minutes.objects.get(meeting=meeting).approved_at


def test_ending_sends_no_email_and_happens_once(client, meeting, member, rapporteur, clock):
    clock.move_to(DURING)
    tick()
    before = Message.objects.count()
    client.force_login(rapporteur)
    end_on_page(client, meeting)
    end_on_page(client, meeting)
    clock.move_to("2027-01-12 12:55Z")
    tick()
    assert Activity.objects.filter(kind="meeting", object_id=meeting.pk, verb="changed").count() == 1
    assert Message.objects.count() == before


def test_imported_meeting_without_local_time_ends_now(client, meeting, rapporteur, clock):
    Meeting.objects.filter(pk=meeting.pk).update(start_time=None, duration=None, time_zone="")
    clock.move_to(DURING)
    client.force_login(rapporteur)
    end_on_page(client, meeting)
    ended = Meeting.objects.get(pk=meeting.pk)
    assert (ended.is_held, f"{ended.ends_at:%H:%M}") == (True, "12:20")


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (BEFORE_MEETING, "You can end a meeting only while it is in progress"),
        ("2027-01-12 12:00:30Z", "The meeting has only just started."),
    ],
)
def test_meeting_that_has_hardly_begun_is_not_ended(client, meeting, rapporteur, clock, moment, sentence):
    clock.move_to(moment)
    client.force_login(rapporteur)
    assert sentence in end_on_page(client, meeting)
    assert Meeting.objects.get(pk=meeting.pk).duration == meeting.duration


def test_member_cannot_end_meeting(client, meeting, member, clock):
    clock.move_to(DURING)
    client.force_login(member)
    assert BUTTON not in client.get(meeting.get_absolute_url()).text
    assert client.post(reverse("meetings:meeting_end", args=["ours", meeting.pk])).status_code == 403


def end_at(clock, meeting, rapporteur, moment) -> Meeting:
    clock.move_to(moment)
    actions.end_meeting(actor=rapporteur, meeting=Meeting.objects.get(pk=meeting.pk))
    return Meeting.objects.get(pk=meeting.pk)


@pytest.mark.parametrize(
    ("moment", "last_day", "end"),
    [
        ("2027-01-12 12:20Z", None, "2027-01-12 12:20"),  # on the first day
        ("2027-01-12 20:00Z", None, "2027-01-12 13:30"),  # in the evening: the day ended as planned
        ("2027-01-13 06:00Z", None, "2027-01-12 13:30"),  # before the second day began
        ("2027-01-13 12:20Z", date(2027, 1, 13), "2027-01-13 12:20"),
        ("2027-01-14 12:20Z", date(2027, 1, 14), "2027-01-14 12:20"),
    ],
)
def test_meeting_of_several_days_ends_now(coalition, rapporteur, clock, moment, last_day, end):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=date(2027, 1, 14))
    ended = end_at(clock, meeting, rapporteur, moment)
    assert (ended.is_held, ended.ends_on) == (True, last_day)
    assert f"{ended.ends_at:%Y-%m-%d %H:%M}" == end


@pytest.mark.parametrize(
    ("moment", "last_day"), [("2027-01-12 12:20Z", None), ("2027-01-13 06:00Z", None), ("2027-01-13 12:20Z", 13)]
)
def test_meeting_of_several_days_without_duration_ends_now(coalition, rapporteur, clock, moment, last_day):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=date(2027, 1, 14), duration=None)
    ended = end_at(clock, meeting, rapporteur, moment)
    assert ended.is_held
    assert ended.ends_on == (date(2027, 1, last_day) if last_day else None)


def test_long_meeting_that_goes_on_day_and_night_ends_now(coalition, rapporteur, clock):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=date(2027, 1, 14), duration=48 * 60)
    ended = end_at(clock, meeting, rapporteur, "2027-01-13 07:00Z")
    assert (ended.is_held, ended.ends_on, ended.duration) == (True, date(2027, 1, 13), 19 * 60)


def test_meeting_of_a_month_can_be_ended(coalition, rapporteur, clock):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=date(2027, 2, 10))
    ended = end_at(clock, meeting, rapporteur, "2027-02-08 12:20Z")
    assert (ended.is_held, ended.ends_on, ended.duration) == (True, date(2027, 2, 8), 20)


def test_withdrawn_meeting_is_not_ended(client, meeting, rapporteur, clock):
    clock.move_to(DURING)
    actions.withdraw_meeting(actor=rapporteur, meeting=meeting, reason="A mistake.")
    client.force_login(rapporteur)
    end_on_page(client, meeting)
    assert Meeting.objects.get(pk=meeting.pk).duration == 90
