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
ASSUMED_DURATION = timedelta(minutes=90)  # where only the beginning is known


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
    """Return what one would go to at the same time: events, meetings, and what the field around holds.

    Where both have hours, these count, in whatever zones and across midnight and the date line. Otherwise the days do.
    `but` is the uid of what is moved: it does not clash with itself.
    """
    earliest, latest = first, last
    if hours:
        earliest = min(first, hours[0].date()) - DAYS_APART
        latest = max(last, (hours[1] or hours[0]).date()) + DAYS_APART
    found = dated(Window(coalition, viewer, earliest, latest))
    there = [each for each in found if each.takes_time and not each.is_off and each.uid != but]
    return [each for each in there if _clashes(each, first, last, hours)][:MOST_CLASHES]


def _clashes(each: Dated, first: date, last: date, hours: tuple[datetime, datetime | None] | None) -> bool:
    if hours is None or each.starts_at is None:
        return each.first <= last and each.last >= first
    (starts_at, ends_at), their_end = hours, each.ends_at or each.starts_at + ASSUMED_DURATION
    return each.starts_at < (ends_at or starts_at + ASSUMED_DURATION) and starts_at < their_end
