"""For each address of meetings with arguments, what the walks fill in: see `tests/rows.py`."""

from tests.spread import Rows, of_kind, some

ROWS: dict[str, Rows] = {
    "meetings:meeting_calendar": of_kind("meeting"),
    "meetings:meeting_cancel": some("meeting"),
    "meetings:series_publish": some("meeting"),
}
PUBLIC = {"meetings:meeting_calendar": "visitors add published meetings to their calendar"}
