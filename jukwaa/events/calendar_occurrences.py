"""Occurrences as the calendar shows them, and what clashes with a date."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, date_source_registry, list_calendar_items
from jukwaa.events.models import Event, Occurrence
from jukwaa.records.models import State

EVENT_SOURCE, EXTERNAL_EVENT_SOURCE = "event", "around"
MAX_LISTED_CLASHES = 8
CLASH_MARGIN_PERIOD = timedelta(days=2)  # that the days of two places can differ by at one moment
ASSUMED_EVENT_DURATION = timedelta(minutes=90)  # where only the beginning is known


def list_calendar_occurrences(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Return the occurrences of the coalition's own and of external events in the window."""
    for occurrence in calendar_window.read(_find_calendar_occurrences):
        occurrence.event.coalition = calendar_window.coalition
        yield _build_calendar_item(occurrence)


def _find_calendar_occurrences(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_count: int | None
) -> QuerySet[Occurrence]:
    events = Event.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    rows = Occurrence.objects.between(first_day, last_day).filter(event__in=events)
    return rows.select_related("event").order_by("starts_on", "pk")[:max_count]


def _build_calendar_item(occurrence: Occurrence) -> CalendarItem:
    event = occurrence.event
    return CalendarItem(
        uid=f"occurrence-{occurrence.pk}",
        kind=EXTERNAL_EVENT_SOURCE if event.is_around else EVENT_SOURCE,
        title=event.title,
        first=occurrence.starts_on,
        last=occurrence.ends_on,
        address=occurrence.get_absolute_url,
        record=event,
        countries=tuple(filter(None, (occurrence.country, *event.countries))),
        place=occurrence.place,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        time_zone=occurrence.time_zone,
        is_off=occurrence.cancelled_at is not None,
        change=occurrence.version - 1,
    )


def find_clashing_items(
    coalition: Coalition,
    viewer: Viewer,
    first_day: date,
    last_day: date,
    *,
    item_hours: tuple[datetime, datetime | None] | None = None,
    excluded_uid: str = "",
) -> Sequence[CalendarItem]:
    """Return what one would go to at the same time: events, meetings, and what the field around holds.

    Where both have hours, these count, in whatever zones and across midnight and the date line. Otherwise the days do.
    `excluded_uid` is the uid of what is moved: it does not clash with itself.
    """
    earliest, latest = first_day, last_day
    if item_hours:
        earliest = min(first_day, item_hours[0].date()) - CLASH_MARGIN_PERIOD
        latest = max(last_day, (item_hours[1] or item_hours[0]).date()) + CLASH_MARGIN_PERIOD
    names = [name for name, source in date_source_registry.items() if source.takes_time]
    found = list_calendar_items(CalendarWindow(coalition, viewer, earliest, latest), names)
    there = [each for each in found if not each.is_off and each.uid != excluded_uid]
    return [each for each in there if _does_item_overlap_period(each, first_day, last_day, item_hours)][
        :MAX_LISTED_CLASHES
    ]


def _does_item_overlap_period(
    calendar_item: CalendarItem, first_day: date, last_day: date, item_hours: tuple[datetime, datetime | None] | None
) -> bool:
    if item_hours is None or calendar_item.starts_at is None:
        return calendar_item.first <= last_day and calendar_item.last >= first_day
    (starts_at, ends_at), their_end = (
        item_hours,
        calendar_item.ends_at or calendar_item.starts_at + ASSUMED_EVENT_DURATION,
    )
    return calendar_item.starts_at < (ends_at or starts_at + ASSUMED_EVENT_DURATION) and starts_at < their_end
