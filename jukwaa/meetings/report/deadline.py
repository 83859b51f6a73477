"""By when the forum asks for the report of a session."""

from datetime import date, timedelta

from jukwaa.meetings.models import Meeting
from jukwaa.meetings.report.shapes import SHAPES

# The latest of the forum's templates that states a deadline.
_STATED = [(shape.year, shape.due_days) for shape in SHAPES.values() if shape.due_days is not None]
DUE_AFTER = timedelta(days=max(_STATED)[1]) if _STATED else None


def get_deadline(meeting: Meeting) -> date | None:
    """Return the last day for the report; None for a meeting at no forum, or one whose day is not known."""
    if DUE_AFTER is None or not meeting.forum or meeting.starts_on is None or meeting.is_cancelled:
        return None
    return meeting.starts_on + DUE_AFTER if meeting.precision == Meeting.Precision.DAY else None
