"""The second note-taker of the demo: types prepared lines into the minutes of the call in progress.

The lines of the demo have tokens by their number, so that the call is recognised and no line is typed twice.
"""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from jukwaa.accounts.models import Person
from jukwaa.meetings.actions.live_minutes import record_minutes_line
from jukwaa.meetings.models import Line
from jukwaa.records.demo_parts import COORDINATOR, Row, build_demo_address, mark_records_as_examples, read_demo_data

TYPING_INTERVAL = timedelta(seconds=30)


def build_demo_line_token(line_number: int) -> UUID:
    """Return the token of a line of the demo: those that are there from the start, then those that are typed."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/minutes/{line_number}")


def add_next_demo_line(now: datetime) -> bool:
    """Add the next prepared line, half a minute after the last one; return whether there was one to add.

    Does nothing outside the demo, once the call is over, or while its agenda item is under the Chatham House Rule.
    """
    if not settings.DEMO:
        return False
    first = Line.objects.filter(token=build_demo_line_token(0), minutes__approved_at=None).order_by("-pk")
    line = first.select_related("minutes__meeting__coalition", "minutes__current_item").first()
    if line is None or not line.minutes.meeting.is_in_progress:
        return False
    minutes = line.minutes
    number, row = _find_next_demo_line(minutes.pk)
    if row is None or (minutes.current_item is not None and minutes.current_item.chatham):
        return False
    if number and _is_recent_line(minutes.pk, number - 1, now):
        return False
    with mark_records_as_examples():
        record_minutes_line(
            actor=Person.objects.get(email=build_demo_address(COORDINATOR)),
            meeting=minutes.meeting,
            token=build_demo_line_token(number),
            kind=row["kind"],
            text=row["text"],
            item=minutes.current_item,
        )
    return True


def _find_next_demo_line(minutes: int) -> tuple[int, Row | None]:
    data = read_demo_data("jukwaa.meetings", "meetings.toml")
    rows = [*data["live"], *data["typed"]]
    typed = set(Line.objects.filter(minutes=minutes).values_list("token", flat=True))
    return next(
        ((number, row) for number, row in enumerate(rows) if build_demo_line_token(number) not in typed), (0, None)
    )


def _is_recent_line(minutes: int, line_number: int, now: datetime) -> bool:
    line = (
        Line.objects.filter(minutes=minutes, token=build_demo_line_token(line_number)).select_related("entry").first()
    )
    return line is not None and line.entry is not None and line.entry.created_at > now - TYPING_INTERVAL
