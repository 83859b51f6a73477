"""A meeting that is planned, for the tests of its agenda."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from jukwaa.meetings.models import Meeting
from tests.factories import MeetingFactory


def create_planned_meeting(coalition, *, days: float = 14, **more) -> Meeting:
    """Return a published meeting that starts in so many days from now, by the clock of Nairobi."""
    starts_at = (timezone.now() + timedelta(days=days)).replace(second=0, microsecond=0)
    local = starts_at.astimezone(UTC) + timedelta(hours=3)
    given = {
        "title": "The spring call",
        "starts_on": local.date(),
        "start_time": time(local.hour, local.minute),
        "time_zone": "Africa/Nairobi",
        "duration": 60,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=60),
        "joining_link": "https://meet.example.org/spring",
    }
    return MeetingFactory(coalition=coalition, published=True, **(given | more))


def get_datetime_before_start(meeting: Meeting, **before: float) -> datetime:
    """Return a moment before the meeting starts."""
    assert meeting.starts_at is not None
    return meeting.starts_at - timedelta(**before)
