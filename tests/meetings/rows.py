"""For each address of meetings with arguments, what the walks fill in: see `tests/rows.py`."""

from tests.meetings.rows_agenda import AGENDA, PUBLIC_AGENDA
from tests.meetings.rows_ideas import IDEAS, PUBLIC_IDEAS
from tests.spread import Rows, of_kind, some

ROWS: dict[str, Rows] = {
    "meetings:meeting_calendar": of_kind("meeting"),
    "meetings:attendance_check": some("meeting"),
    "meetings:attendance_import": some("meeting"),
    "meetings:meeting_cancel": some("meeting"),
    "meetings:series_publish": some("meeting"),
    **AGENDA,
    **IDEAS,
}
PUBLIC = {
    "meetings:meeting_calendar": "visitors add published meetings to their calendar",
    **PUBLIC_AGENDA,
    **PUBLIC_IDEAS,
}
