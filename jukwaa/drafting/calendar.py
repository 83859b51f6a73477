"""Until when inputs and positions are asked for, as the calendar shows it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.closing_times import is_exact_closing_time
from jukwaa.drafting.models import Call, Consultation, Text
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.records.models import State

CONSULTATION_SOURCE, CALL_SOURCE = "consultation", "call"
# Of a text, what a calendar shows and goes by.
CALENDAR_TEXT_FIELDS = ("kind", "title", "language", "label", "state", "countries", "published_at")
ONE_SECOND = timedelta(seconds=1)


def find_deadlines(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Consultations and calls, in one query: a row is a text, with one of either."""
    for text in calendar_window.read(_find_texts_with_deadline, *_get_window_bounds(calendar_window)):
        numbers = [text.asked_pk] if text.source == CONSULTATION_SOURCE else [text.pk, text.asked_pk]
        last = _get_last_day_before(text.closes_at)
        yield CalendarItem(
            uid=f"{text.source}-{text.asked_pk}",
            kind=text.source,
            title=text.title,
            first=last,
            last=last,
            address=partial(reverse, f"drafting:{text.source}_detail", args=[calendar_window.coalition.slug, *numbers]),
            record=text,
            countries=tuple(text.countries),
            starts_at=text.closes_at if is_exact_closing_time(text.closes_at) else None,
        )


def _find_texts_with_deadline(
    viewer: Viewer, coalition: Coalition, after_time: datetime, until: datetime, max_count: int | None
) -> QuerySet[Any]:
    """Calls that were restarted are left out: members are asked again by another one."""
    texts = Text.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED).only(*CALENDAR_TEXT_FIELDS)
    consulted = texts.filter(consultations__closes_at__gt=after_time, consultations__closes_at__lte=until)
    called = texts.filter(
        calls__in=Call.objects.filter(closes_at__gt=after_time, closes_at__lte=until).exclude(
            outcome=Call.Outcome.RESTARTED
        )
    )
    parts = [
        rows.annotate(source=Value(source), asked_pk=F(f"{name}__pk"), closes_at=F(f"{name}__closes_at"))
        for rows, source, name in (
            (consulted, CONSULTATION_SOURCE, "consultations"),
            (called, CALL_SOURCE, "calls"),
        )
    ]
    found: QuerySet[Any] = parts[0].union(parts[1], all=True)
    return found.order_by("closes_at", "source", "asked_pk")[:max_count]


def _get_window_bounds(calendar_window: CalendarWindow) -> tuple[datetime, datetime]:
    return _get_start_of_day(calendar_window.first), _get_start_of_day(calendar_window.last + timedelta(days=1))


def _get_start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def get_last_open_day(consultation_or_call: Consultation | Call) -> date:
    """Return the last day on which it is open in UTC: what closes at midnight is open until the day before."""
    return _get_last_day_before(consultation_or_call.closes_at)


def _get_last_day_before(moment: datetime) -> date:
    return (moment.astimezone(UTC) - ONE_SECOND).date()


date_source_registry.register(CONSULTATION_SOURCE)(
    DateSource(_("Last day to send inputs"), find_deadlines, deadline=_("Last day for inputs"))
)
date_source_registry.register(CALL_SOURCE)(
    DateSource(_("Last day to send positions"), find_deadlines, deadline=_("Last day for positions"))
)
