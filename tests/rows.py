"""For each route with arguments, what the walks fill in. A route without a row fails `test_every_route_has_a_row`."""

from collections.abc import Callable
from typing import Any

from tests.factories import AttendanceFactory
from tests.world import World

type Rows = Callable[[World], list[dict[str, Any]]]


def of_kind(kind: str) -> Rows:
    return lambda world: [{"pk": record.pk} for record in world.of_kind(kind)]


def any_record(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for record in world.records.values()]


ROWS: dict[str, Rows] = {
    "meetings:meeting_detail": of_kind("meeting"),
    "meetings:meeting_edit": of_kind("meeting"),
    "meetings:meeting_publish": of_kind("meeting"),
    "meetings:meeting_withdraw": of_kind("meeting"),
    "meetings:part_new": of_kind("meeting"),
    "meetings:attendance_new": of_kind("meeting"),
    "meetings:attendance_remove": lambda world: [
        {"pk": meeting.pk, "row": AttendanceFactory(meeting=meeting).pk} for meeting in world.of_kind("meeting")
    ],
    "meetings:entry_new": of_kind("meeting"),
    "meetings:entry_detail": of_kind("entry"),
    "meetings:entry_edit": of_kind("entry"),
    "meetings:entry_withdraw": of_kind("entry"),
    "meetings:entry_progress": of_kind("entry"),
    "meetings:entry_raise": of_kind("entry"),
}

# Routes that lead to no record: each with its reason.
WITHOUT_RECORDS: dict[str, str] = {
    "accounts:code": "a request to sign in",
    "accounts:link": "a request to sign in",
    "accounts:session_end": "a session of one's own",
    "accounts:passkey_rename": "a passkey of one's own",
    "accounts:passkey_remove": "a passkey of one's own",
    "mail:message": "mail of the demo, 404 elsewhere",
    "core:stylesheet": "a style sheet",
}
