"""When each agenda item begins, by the planned lengths of the items before it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jukwaa.meetings.models import Meeting, Part
from jukwaa.meetings.time_formatting import MeetingTimeLine
from jukwaa.meetings.times import get_local_datetime


def find_item_start_times(meeting: Meeting, agenda_items: Sequence[Part]) -> list[datetime | None]:
    """Return the planned start of each item, as long as all items before it have a planned length.

    Nothing is returned for a meeting without an hour or of several days, once it is over, or if only the first item has
    a start. The updates from members are read beforehand: without a planned length, they take no time.
    """
    nothing: list[datetime | None] = [None] * len(agenda_items)
    is_over = meeting.is_held or meeting.is_cancelled
    if is_over or meeting.starts_at is None or meeting.ends_on is not None:
        return nothing
    at: datetime | None = meeting.starts_at
    starts: list[datetime | None] = []
    for item in agenda_items:
        starts.append(at)
        is_unknown = not item.minutes and not item.holds_updates
        at = None if at is None or is_unknown else at + timedelta(minutes=item.minutes or 0)
    return starts if len([start for start in starts if start]) > 1 else nothing


def format_item_start(start: datetime | None, time_lines: Sequence[MeetingTimeLine]) -> str:
    """Return the hour in the first of the zones in which the time of the meeting is shown."""
    return f"{get_local_datetime(start, time_lines[0].local.zone):%H:%M}" if start and time_lines else ""
