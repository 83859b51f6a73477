"""By when the forum asks for the report of a session."""

from datetime import date, timedelta

from jukwaa.meetings.models import Meeting
from jukwaa.meetings.report.formats import REPORT_FORMATS_BY_NAME

# The latest of the forum's templates that states a deadline.
_STATED_REPORT_PERIODS = [
    (shape.year, shape.due_days) for shape in REPORT_FORMATS_BY_NAME.values() if shape.due_days is not None
]
REPORT_DEADLINE_PERIOD = timedelta(days=max(_STATED_REPORT_PERIODS)[1]) if _STATED_REPORT_PERIODS else None


def get_report_deadline(meeting: Meeting) -> date | None:
    """Return the last day for the report; None for a meeting at no forum, or one whose day is not known."""
    if REPORT_DEADLINE_PERIOD is None or not meeting.forum or meeting.last_day is None or meeting.is_cancelled:
        return None
    return meeting.last_day + REPORT_DEADLINE_PERIOD if meeting.precision == Meeting.Precision.DAY else None
