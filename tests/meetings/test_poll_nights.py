"""For whom a time that is offered is at night, and in which zones its reader sees it."""

from collections import Counter

import pytest
from django.utils import timezone

from jukwaa.meetings.polls import TimePollPage, count_members_at_night
from tests.factories import MembershipFactory, PersonFactory
from tests.meetings.polls import TimePollFactory


@pytest.fixture
def poll(coalition):
    return TimePollFactory(meeting__coalition=coalition)


def list_night_counts(poll_option, **zones):
    stated = Counter({zone.replace("__", "/"): number for zone, number in zones.items()})
    return [(str(night.area), night.at_night, night.members) for night in count_members_at_night(poll_option, stated)]


def test_members_at_night_are_counted_by_area_largest_first(poll):
    """10:00 in Nairobi is 7:00 UTC: 16:00 in Tokyo, 3:00 or 2:00 in New York, 0:00 or 23:00 in Los Angeles."""
    zones = {"America__New_York": 2, "America__Los_Angeles": 1, "Asia__Tokyo": 4, "Africa__Nairobi": 3}
    assert list_night_counts(poll.options.get(number=1), **zones) == [("Americas", 3, 3)]


def test_afternoon_in_nairobi_is_night_in_part_of_area(poll):
    """15:00 in Nairobi is 12:00 UTC: 21:00 to 22:00 in Tokyo, 22:00 to 23:00 or later in Sydney, 4:00 in California."""
    zones = {"America__Los_Angeles": 2, "America__Sao_Paulo": 2, "Asia__Tokyo": 2}
    assert list_night_counts(poll.options.get(number=2), **zones) == [("Americas", 2, 4)]


def test_single_member_is_merged_with_others(poll):
    zones = {"America__Los_Angeles": 1, "Pacific__Auckland": 1, "Europe__Berlin": 2}
    assert list_night_counts(poll.options.get(number=2), **zones) == [("Other regions", 2, 2)]


def test_members_without_time_zone_are_not_counted(poll):
    assert list_night_counts(poll.options.get(number=1), UTC=5) == []


def test_unknown_zone_is_merged_with_others(poll):
    assert list_night_counts(poll.options.get(number=1), Nowhere__Town=3) == []


def test_only_members_with_a_seat_are_counted(coalition, poll):
    for number in range(2):
        person = PersonFactory(time_zone="America/Los_Angeles", name=f"Person {number}")
        MembershipFactory(coalition=coalition, organisation=None, person=person)
    PersonFactory(time_zone="America/Los_Angeles")
    row = TimePollPage(poll).offered_time_rows[0]
    assert [(str(night.area), night.at_night, night.members) for night in row.nights] == [("Americas", 2, 2)]


def test_reader_sees_local_time_first(poll):
    with timezone.override("Asia/Kolkata"):
        lines = TimePollPage(poll).offered_time_rows[0].lines
    assert [(line.label, f"{line.local.starts:%H:%M}") for line in lines] == [
        ("Your time", "12:30"),
        ("Local time where the meeting takes place", "10:00"),
        ("UTC", "07:00"),
    ]
