"""Occurrences as the calendar shows them, and what clashes with a date."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import Dated, Window, dated
from jukwaa.events.models import Event, Occurrence
from jukwaa.records.models import State

EVENTS, AROUND = "event", "around"
MOST_CLASHES = 8
DAYS_APART = timedelta(days=2)  # that the days of two places can differ by at one moment


def occurrences(window: Window) -> Iterator[Dated]:
    """Ours, and those of the field, so that dates do not clash."""
    for occurrence in window.read(_occurrences):
        occurrence.event.coalition = window.coalition
        yield _dated(occurrence)


def _occurrences(
    viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None
) -> QuerySet[Occurrence]:
    events = Event.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    rows = Occurrence.objects.between(first, last).filter(event__in=events)
    return rows.select_related("event").order_by("starts_on", "pk")[:most]


def _dated(occurrence: Occurrence) -> Dated:
    event = occurrence.event
    return Dated(
        uid=f"occurrence-{occurrence.pk}",
        kind=AROUND if event.is_around else EVENTS,
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


def clashes(
    coalition: Coalition,
    viewer: Viewer,
    first: date,
    last: date,
    *,
    hours: tuple[datetime, datetime | None] | None = None,
    but: str = "",
) -> Sequence[Dated]:
    """What one would go to on the same days: events, meetings, and what the field around holds.

    Across the date line one hour falls on two days: where the `hours` are known, what takes place then clashes too.
    `but` is the uid of what is moved: it does not clash with itself.
    """
    apart = DAYS_APART if hours else timedelta()
    found = dated(Window(coalition, viewer, first - apart, last + apart))
    there = [each for each in found if each.takes_time and not each.is_off and each.uid != but]
    meeting = [
        each for each in there if (each.first <= last and each.last >= first) or (hours and _meets(each, *hours))
    ]
    return meeting[:MOST_CLASHES]


def _meets(each: Dated, starts_at: datetime, ends_at: datetime | None) -> bool:
    """Whether both take place at one moment; of what has no end, its beginning is known alone."""
    if each.starts_at is None:
        return False
    return each.starts_at <= (ends_at or starts_at) and starts_at <= (each.ends_at or each.starts_at)
