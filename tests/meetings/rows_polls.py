"""For each address of polls with arguments, what the walks fill in: see `rows.py`."""

from typing import Any

from jukwaa.meetings.models import Meeting, TimePoll
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.meetings.polls import build_poll_link
from tests.meetings.polls import TimePollFactory
from tests.row_builders import Rows, build_sample_rows
from tests.world import World


def create_open_polls(world: World) -> list[TimePoll]:
    """An open poll of some meetings."""
    meetings = Meeting.objects.filter(pk__in=[record.pk for record in world.list_example_records("meeting")])
    there = {poll.meeting_id: poll for poll in TimePoll.objects.filter(meeting__in=meetings)}
    return [there.get(meeting.pk) or TimePollFactory(meeting=meeting) for meeting in meetings]


def list_poll_option_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": poll.meeting_id, "option": poll.options.first().pk} for poll in create_open_polls(world)]


def list_poll_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": poll.meeting_id} for poll in create_open_polls(world)]


def list_poll_link_rows(world: World) -> list[dict[str, Any]]:
    person = find_people_with_seat(world.coalition)[0]
    return [
        {"token": build_poll_link(person, poll).rstrip("/").rpartition("/")[2]} for poll in create_open_polls(world)
    ]


POLL_ROWS: dict[str, Rows] = {
    "meetings:poll_new": build_sample_rows("meeting"),
    "meetings:poll_detail": list_poll_rows,
    "meetings:poll_close": list_poll_rows,
    "meetings:poll_choose": list_poll_option_rows,
    "meetings:poll_answer": list_poll_link_rows,
}
PUBLIC_POLL_ROUTES = {"meetings:poll_answer": "members answer a poll by its link, without signing in"}
