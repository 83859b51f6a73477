"""Choosing the day of a meeting: what else takes place then is shown once, before anything is written."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.times import get_local_day, get_local_moment
from tests.factories import EventFactory, MeetingFactory
from tests.meetings.scheduled import schedule_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=60)


@pytest.fixture
def post(client, coalition, rapporteur, day):
    """Sends the form of a new meeting, or of one that is there."""
    client.force_login(rapporteur)

    def one(meeting=None, **fields):
        name, more = ("meeting_edit", [meeting.pk]) if meeting else ("meeting_new", [])
        sent = {"title": "Our call", "starts_on": str(day), "precision": "day", "label": "TLP:CLEAR", "version": 1}
        return client.post(reverse(f"meetings:{name}", args=[coalition.slug, *more]), sent | fields)

    return one


def extract_clashes(answer) -> str:
    return answer.context["form"].data["clashes_seen"]


def test_clash_is_shown_once_then_confirmed(post, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A forum of others", is_around=True, on=day)
    answer = post(place="Online, by invitation")

    assert (answer.status_code, Meeting.objects.count()) == (200, 0)
    assert "These dates are at the same time or on the same days as yours." in answer.text
    assert "A forum of others" in answer.text
    assert 'value="Online, by invitation"' in answer.text
    assert post(clashes_seen=extract_clashes(answer)).status_code == 302
    assert Meeting.objects.get().starts_on == day


def test_another_meeting_clashes_too(post, coalition, day):
    MeetingFactory(coalition=coalition, published=True, title="The yearly meeting", starts_on=day, precision="day")

    assert "The yearly meeting" in post().text


@pytest.mark.parametrize("fields", [{"precision": "month"}, {"starts_on": ""}, {"starts_on": "2010-09-14"}])
def test_unknown_or_past_day_does_not_clash(post, coalition, day, fields):
    for on in (day, day.replace(day=1), "2010-09-14"):
        EventFactory(coalition=coalition, published=True, on=on)

    assert post(**fields).status_code == 302


def test_moved_meeting_clashes_with_others_not_itself(post, coalition, day, rapporteur):
    meeting = MeetingFactory(
        coalition=coalition, published=True, title="Our call", starts_on=day, precision="day", author=rapporteur
    )
    moved = day + timedelta(days=1)
    EventFactory(coalition=coalition, published=True, title="A forum of others", on=moved)
    EventFactory(coalition=coalition, published=True, title="On the same day before", on=day)

    assert post(meeting, summary="What came of it.").status_code == 302
    answer = post(meeting, starts_on=str(moved), version=2)
    assert (answer.status_code, "A forum of others" in answer.text) == (200, True)
    assert post(meeting, starts_on=str(moved), version=2, clashes_seen=extract_clashes(answer)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_on == moved


def test_unreadable_meeting_does_not_clash(post, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A secret", label="TLP:RED", on=day)

    assert post().status_code == 302


@pytest.fixture
def clash(coalition, rapporteur):
    """Whether a meeting of one hour in Nairobi is shown to clash with another one."""

    def find(other_day, other_hour, *, zone="Africa/Nairobi", minutes=60, hour=13, day=15, lasts=60):
        other = {"starts_on": date(2027, 3, other_day), "start_time": other_hour, "time_zone": zone}
        schedule_meeting(coalition, rapporteur, title="Other", duration=minutes, **other)
        starts_at = get_local_moment(date(2027, 3, day), time(hour), "Africa/Nairobi")
        hours = starts_at, starts_at + timedelta(minutes=lasts)
        last = get_local_day(hours[1], "Africa/Nairobi")
        return [
            each.title for each in find_clashing_items(coalition, rapporteur, date(2027, 3, day), last, hours=hours)
        ]

    return find


@pytest.mark.parametrize(
    ("hour", "minutes", "found"),
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
def test_meetings_of_one_day_clash_by_their_hours(clash, hour, minutes, found):
    assert bool(clash(15, hour, minutes=minutes)) == found


@pytest.mark.parametrize(
    ("day", "hour", "zone", "found"),
    [
        (15, time(19), "Asia/Tokyo", True),
        (15, time(13), "Asia/Tokyo", False),
        (16, time(0), "Pacific/Kiritimati", True),  # another day there, at the same moment
        (14, time(23), "Pacific/Honolulu", False),
        (15, time(0), "Pacific/Honolulu", True),
    ],
)
def test_meetings_clash_across_time_zones(clash, day, hour, zone, found):
    assert bool(clash(day, hour, zone=zone)) == found


@pytest.mark.parametrize(("hour", "found"), [(time(0, 30), True), (time(1), False), (time(9), False)])
def test_meeting_across_midnight_clashes_with_the_next_morning(clash, hour, found):
    assert bool(clash(16, hour, hour=23, lasts=120)) == found


def test_meeting_of_several_days_clashes_with_its_last_day(clash):
    assert clash(20, time(9), lasts=6 * 24 * 60) == ["Other"]


def test_event_without_hours_clashes_on_each_day_of_the_meeting(coalition, clash):
    EventFactory(coalition=coalition, published=True, title="All day", on=date(2027, 3, 16))

    assert clash(30, time(9), hour=23, lasts=120) == ["All day"]


def test_form_finds_clash_after_midnight(post, coalition, day):
    EventFactory(coalition=coalition, published=True, title="The day after", on=day + timedelta(days=1))
    hours = {"start_time": "23:00", "time_zone": "Africa/Nairobi"}

    assert "The day after" in post(**hours, duration="120").text
    assert post(**hours, duration="60").status_code == 302
