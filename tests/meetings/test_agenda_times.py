"""When each agenda item begins, on the pages and for each reader."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.urls import reverse

from jukwaa.meetings.actions.agenda import add_agenda_item, get_or_create_member_updates_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.agenda_times import find_item_start_times
from jukwaa.meetings.models import Part
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(coalition):
    """A meeting at 14:00 in Nairobi."""
    with time_machine.travel(datetime(2027, 3, 1, 11, 0, tzinfo=UTC), tick=False):
        return create_planned_meeting(coalition, days=14)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 3, 2, 9, 0, tzinfo=UTC)):
        yield


def list_item_start_times(meeting):
    return [start and f"{start:%H:%M}" for start in find_item_start_times(meeting, list(meeting.parts.all()))]


def add_items_with_lengths(meeting, *lengths):
    for number, minutes in enumerate(lengths):
        Part.objects.create(meeting=meeting, title=f"Item {number}", minutes=minutes, position=number + 1)


def test_each_item_starts_at_end_of_previous_one(meeting):
    add_items_with_lengths(meeting, 10, 25, 5)

    assert (meeting.start_time, list_item_start_times(meeting)) == (time(14), ["11:00", "11:10", "11:35"])


def test_start_after_item_without_length_is_not_known(meeting):
    add_items_with_lengths(meeting, 10, None, 5)

    assert list_item_start_times(meeting) == ["11:00", "11:10", None]


def test_updates_item_takes_no_time_without_planned_minutes(meeting):
    add_items_with_lengths(meeting, 10, 5)
    updates = get_or_create_member_updates_item(meeting)
    without = list_item_start_times(meeting)
    updates.minutes = 15
    updates.save()

    assert (without, list_item_start_times(meeting)) == (["11:00", "11:00", "11:10"], ["11:00", "11:15", "11:25"])


@pytest.mark.parametrize("case", ["no length", "no hour", "cancelled", "held"])
def test_start_times_need_meeting_hour_and_lengths_and_end_with_meeting(meeting, case):
    add_items_with_lengths(meeting, None if case == "no length" else 10, 10)
    if case == "no hour":
        meeting.starts_at = meeting.ends_at = None
    elif case == "cancelled":
        meeting.cancelled_at = datetime(2027, 3, 2, tzinfo=UTC)
    with time_machine.travel(datetime(2027, 4 if case == "held" else 3, 2, tzinfo=UTC)):
        assert list_item_start_times(meeting) == [None, None]


def test_pages_show_starts_in_the_zone_of_the_reader(client, coordinator, member, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", minutes=10)
    add_agenda_item(actor=coordinator, meeting=meeting, title="Two", minutes=10)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    pages = [reverse("meetings:agenda_detail", args=["ours", meeting.pk]), meeting.get_absolute_url()]
    for_visitors = [client.get(page).text for page in pages]
    member.time_zone = "Asia/Tokyo"
    member.save()
    client.force_login(member)
    for_member = [client.get(page).text for page in pages]

    assert [
        "<span>14:10</span>" in text and "Time zone: <bdi>Nairobi (UTC+3)</bdi>" in text for text in for_visitors
    ] == [
        True,
        True,
    ]
    assert ["<span>20:10</span>" in text and "Time zone: <bdi>Tokyo (UTC+9)</bdi>" in text for text in for_member] == [
        True,
        True,
    ]
