"""For each address of meetings with arguments, what the walks fill in: see `tests/rows.py`."""

from jukwaa.meetings.check_in import build_link
from tests.meetings.rows_agenda import AGENDA, PUBLIC_AGENDA
from tests.meetings.rows_ideas import IDEAS, PUBLIC_IDEAS
from tests.spread import Rows, of_kind, some

ROWS: dict[str, Rows] = {
    "meetings:meeting_calendar": of_kind("meeting"),
    "meetings:attendance_check": some("meeting"),
    "meetings:attendance_import": some("meeting"),
    "meetings:check_in": lambda world: [
        {"token": build_link(meeting).rstrip("/").rpartition("/")[2]} for meeting in world.some_of("meeting")
    ],
    "meetings:check_in_link": some("meeting"),
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
