"""Choosing the day of a meeting: what else takes place then is shown once, before anything is written."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.times import get_local_day, get_local_moment
from tests.factories import EventFactory, MeetingFactory
from tests.meetings.scheduled_meetings import schedule_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=60)


@pytest.fixture
def post_meeting_form(client, coalition, rapporteur, day):
    """Sends the form of a new meeting, or of one that is there."""
    client.force_login(rapporteur)

    def post_one_meeting_form(meeting=None, **fields):
        name, more = ("meeting_edit", [meeting.pk]) if meeting else ("meeting_new", [])
        sent = {"title": "Our call", "starts_on": str(day), "precision": "day", "label": "TLP:CLEAR", "version": 1}
        return client.post(reverse(f"meetings:{name}", args=[coalition.slug, *more]), sent | fields)

    return post_one_meeting_form


def extract_seen_clashes(response) -> str:
    return response.context["form"].data["clashes_seen"]


def test_clash_is_shown_once_then_confirmed(post_meeting_form, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A forum of others", is_around=True, on=day)
    answer = post_meeting_form(place="Online, by invitation")

    assert (answer.status_code, Meeting.objects.count()) == (200, 0)
    assert "These dates are at the same time or on the same days as yours." in answer.text
    assert "A forum of others" in answer.text
    assert 'value="Online, by invitation"' in answer.text
    assert post_meeting_form(clashes_seen=extract_seen_clashes(answer)).status_code == 302
    assert Meeting.objects.get().starts_on == day


def test_second_new_meeting_on_same_day_shows_clash(post_meeting_form, coalition, day):
    MeetingFactory(coalition=coalition, published=True, title="The yearly meeting", starts_on=day, precision="day")

    assert "The yearly meeting" in post_meeting_form().text


@pytest.mark.parametrize("form_data", [{"precision": "month"}, {"starts_on": ""}, {"starts_on": "2010-09-14"}])
def test_unknown_or_past_day_does_not_clash(post_meeting_form, coalition, day, form_data):
    for on in (day, day.replace(day=1), "2010-09-14"):
        EventFactory(coalition=coalition, published=True, on=on)

    assert post_meeting_form(**form_data).status_code == 302


def test_moved_meeting_clashes_with_others_but_not_with_itself(post_meeting_form, coalition, day, rapporteur):
    meeting = MeetingFactory(
        coalition=coalition, published=True, title="Our call", starts_on=day, precision="day", author=rapporteur
    )
    moved = day + timedelta(days=1)
    EventFactory(coalition=coalition, published=True, title="A forum of others", on=moved)
    EventFactory(coalition=coalition, published=True, title="On the same day before", on=day)

    assert post_meeting_form(meeting, summary="What came of it.").status_code == 302
    answer = post_meeting_form(meeting, starts_on=str(moved), version=2)
    assert (answer.status_code, "A forum of others" in answer.text) == (200, True)
    assert (
        post_meeting_form(
            meeting, starts_on=str(moved), version=2, clashes_seen=extract_seen_clashes(answer)
        ).status_code
        == 302
    )
    meeting.refresh_from_db()
    assert meeting.starts_on == moved


def test_unreadable_meeting_does_not_clash(post_meeting_form, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A secret", label="TLP:RED", on=day)

    assert post_meeting_form().status_code == 302


@pytest.fixture
def is_clash_shown(coalition, rapporteur):
    """Whether a meeting of one hour in Nairobi is shown to clash with another one."""

    def is_clash_with_other_shown(
        other_day, other_hour, *, zone="Africa/Nairobi", minutes=60, hour=13, meeting_day=15, lasts=60
    ):
        other = {"starts_on": date(2027, 3, other_day), "start_time": other_hour, "time_zone": zone}
        schedule_meeting(coalition, rapporteur, title="Other", duration=minutes, **other)
        starts_at = get_local_moment(date(2027, 3, meeting_day), time(hour), "Africa/Nairobi")
        hours = starts_at, starts_at + timedelta(minutes=lasts)
        last = get_local_day(hours[1], "Africa/Nairobi")
        return [
            each.title
            for each in find_clashing_items(coalition, rapporteur, date(2027, 3, meeting_day), last, item_hours=hours)
        ]

    return is_clash_with_other_shown


@pytest.mark.parametrize(
    ("hour", "minutes", "is_clash"),
    [
        (time(12), 60, False),  # ends as ours begins
        (time(12), 61, True),
        (time(14), 60, False),  # begins as ours ends
        (time(13, 59), 60, True),
        (time(9), 8 * 60, True),
        (time(13, 20), 10, True),
        (time(18), 60, False),
        (time(12), None, True),  # taken to last 90 minutes
        (time(11), None, False),
    ],
)
def test_meetings_of_one_day_clash_by_their_hours(is_clash_shown, hour, minutes, is_clash):
    assert bool(is_clash_shown(15, hour, minutes=minutes)) == is_clash


@pytest.mark.parametrize(
    ("meeting_day", "hour", "zone", "is_clash"),
    [
        (15, time(19), "Asia/Tokyo", True),
        (15, time(13), "Asia/Tokyo", False),
        (16, time(0), "Pacific/Kiritimati", True),  # another day there, at the same moment
        (14, time(23), "Pacific/Honolulu", False),
        (15, time(0), "Pacific/Honolulu", True),
    ],
)
def test_meetings_clash_across_time_zones(is_clash_shown, meeting_day, hour, zone, is_clash):
    assert bool(is_clash_shown(meeting_day, hour, zone=zone)) == is_clash


@pytest.mark.parametrize(("hour", "is_clash"), [(time(0, 30), True), (time(1), False), (time(9), False)])
def test_meeting_across_midnight_clashes_with_the_next_morning(is_clash_shown, hour, is_clash):
    assert bool(is_clash_shown(16, hour, hour=23, lasts=120)) == is_clash


def test_meeting_of_several_days_clashes_with_its_last_day(is_clash_shown):
    assert is_clash_shown(20, time(9), lasts=6 * 24 * 60) == ["Other"]


def test_event_without_hours_clashes_on_each_day_of_the_meeting(coalition, is_clash_shown):
    EventFactory(coalition=coalition, published=True, title="All day", on=date(2027, 3, 16))

    assert is_clash_shown(30, time(9), hour=23, lasts=120) == ["All day"]


def test_form_finds_clash_after_midnight(post_meeting_form, coalition, day):
    EventFactory(coalition=coalition, published=True, title="The day after", on=day + timedelta(days=1))
    hours = {"start_time": "23:00", "time_zone": "Africa/Nairobi"}

    assert "The day after" in post_meeting_form(**hours, duration="120").text
    assert post_meeting_form(**hours, duration="60").status_code == 302
