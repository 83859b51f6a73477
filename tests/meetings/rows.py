"""For each address of meetings with arguments, what the walks fill in: see `tests/rows.py`."""

from datetime import date
from typing import Any

from jukwaa.meetings.check_in import build_check_in_link
from jukwaa.meetings.invitations import build_invitation_link as build_invitation
from jukwaa.meetings.models import KEY_FINDING_RECORD_KIND, ImportedCalendar, Meeting, Series
from jukwaa.meetings.participants import find_people_with_seat
from tests.meetings.rows_agenda import AGENDA_ROWS, PUBLIC_AGENDA_ROUTES
from tests.meetings.rows_ideas import IDEA_ROWS, PUBLIC_IDEA_ROUTES
from tests.meetings.rows_live import LIVE_MINUTES_ROWS
from tests.meetings.rows_polls import POLL_ROWS, PUBLIC_POLL_ROUTES
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World


def list_series_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Series.objects.filter(coalition=world.coalition).values_list("pk", flat=True)]


def list_dated_meetings(world: World) -> list[dict[str, Any]]:
    """With a day: without one there is no file for calendars."""
    rows = build_rows_of_kind("meeting")(world)
    Meeting.objects.filter(pk__in=[row["pk"] for row in rows]).update(starts_on=date(2025, 1, 14))
    return rows


def list_calendar_rows(world: World) -> list[dict[str, Any]]:
    """A calendar of this coalition, which nobody needs to have imported before."""
    calendar, _added = ImportedCalendar.objects.get_or_create(
        coalition=world.coalition, name="Calls", defaults={"added_by": find_people_with_seat(world.coalition)[0]}
    )
    return [{"pk": calendar.pk}]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "meetings:meeting_calendar": list_dated_meetings,
    "meetings:attendance_check": build_sample_rows("meeting"),
    "meetings:attendance_import": build_sample_rows("meeting"),
    "meetings:attendance_session": build_sample_rows("meeting"),
    "meetings:check_in": lambda world: [
        {"token": build_check_in_link(meeting).rstrip("/").rpartition("/")[2]}
        for meeting in world.list_example_records("meeting")
    ],
    "meetings:invitation": lambda world: [
        {"token": build_invitation(find_people_with_seat(world.coalition)[0], meeting).rstrip("/").rpartition("/")[2]}
        for meeting in world.list_example_records("meeting")
    ],
    "meetings:check_in_link": build_sample_rows("meeting"),
    "meetings:meeting_cancel": build_sample_rows("meeting"),
    "meetings:series_publish": build_sample_rows("meeting"),
    "meetings:group_message": build_sample_rows("meeting"),
    "meetings:series_edit": build_sample_rows("meeting"),
    "meetings:series_cancel": build_sample_rows("meeting"),
    "meetings:summary_send": build_sample_rows("meeting"),
    "meetings:series_detail": list_series_rows,
    "meetings:related_edit": build_sample_rows("meeting"),
    "meetings:calendar_stop": list_calendar_rows,
    "meetings:finding_detail": build_rows_of_kind(KEY_FINDING_RECORD_KIND),
    "meetings:finding_edit": build_sample_rows(KEY_FINDING_RECORD_KIND),
    **{f"meetings:finding_{name}": lambda _world: [{"year": 2026}] for name in ("year", "new", "publish")},
    **AGENDA_ROWS,
    **IDEA_ROWS,
    **LIVE_MINUTES_ROWS,
    **POLL_ROWS,
}
PUBLIC_ROUTES = {
    "meetings:invitation": "members reply to an invitation by its link, without signing in",
    "meetings:meeting_calendar": "visitors add published meetings to their calendar",
    "meetings:series_detail": "visitors read a series if they may read one of its meetings",
    **dict.fromkeys(
        [f"meetings:finding_{name}" for name in ("list", "year", "detail")], "visitors read published key findings"
    ),
    **PUBLIC_AGENDA_ROUTES,
    **PUBLIC_IDEA_ROUTES,
    **PUBLIC_POLL_ROUTES,
}
