"""Until when inputs and positions are asked for, as the calendar shows it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Call, Consultation, Text
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, Source, date_sources
from jukwaa.records.models import State

LAST_SECOND = timedelta(seconds=1)


def find_consultation_dates(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    for deadline in calendar_window.read(_find_calendar_consultations, *_get_window_bounds(calendar_window)):
        yield _build_calendar_item(
            "consultation", deadline, deadline.text, "drafting:consultation_detail", [deadline.pk], calendar_window
        )


def find_call_dates(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """One that was restarted is asked no more."""
    for call in calendar_window.read(_find_calendar_calls, *_get_window_bounds(calendar_window)):
        yield _build_calendar_item(
            "call", call, call.text, "drafting:call_detail", [call.text_id, call.pk], calendar_window
        )


def _find_calendar_consultations(
    viewer: Viewer, coalition: Coalition, after_time: datetime, until: datetime, max_count: int | None
) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(
        _build_readable_text_condition(viewer, coalition), closes_at__gt=after_time, closes_at__lte=until
    )
    return rows.select_related("text").order_by("closes_at", "pk")[:max_count]


def _find_calendar_calls(
    viewer: Viewer, coalition: Coalition, after_time: datetime, until: datetime, max_count: int | None
) -> QuerySet[Call]:
    rows = Call.objects.filter(
        _build_readable_text_condition(viewer, coalition), closes_at__gt=after_time, closes_at__lte=until
    )
    deadline = rows.exclude(outcome=Call.Outcome.RESTARTED)
    return deadline.select_related("text").order_by("closes_at", "pk")[:max_count]


def _build_readable_text_condition(viewer: Viewer, coalition: Coalition) -> Exists:
    texts = Text.objects.visible_to(viewer).of(coalition)
    return Exists(texts.filter(state=State.PUBLISHED, pk=OuterRef("text")))


def _get_window_bounds(calendar_window: CalendarWindow) -> tuple[datetime, datetime]:
    return _get_start_of_day(calendar_window.first), _get_start_of_day(calendar_window.last + timedelta(days=1))


def _get_start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def get_last_day(consultation_or_call: Consultation | Call) -> date:
    """Return the last day on which it is open in UTC: what closes at midnight is open until the day before."""
    return (consultation_or_call.closes_at.astimezone(UTC) - LAST_SECOND).date()


def _build_calendar_item(
    clause_kind: str,
    consultation_or_call: Consultation | Call,
    text: Text,
    url_name: str,
    clause_numbers: list[int],
    calendar_window: CalendarWindow,
) -> CalendarItem:
    last = get_last_day(consultation_or_call)
    return CalendarItem(
        uid=f"{clause_kind}-{consultation_or_call.pk}",
        kind=clause_kind,
        title=text.title,
        first=last,
        last=last,
        address=partial(reverse, url_name, args=[calendar_window.coalition.slug, *clause_numbers]),
        record=text,
        countries=tuple(text.countries),
        takes_time=False,
    )


date_sources.register("consultation")(
    Source(_("Last day to send inputs"), find_consultation_dates, deadline=_("Last day for inputs"))
)
date_sources.register("call")(
    Source(_("Last day to send positions"), find_call_dates, deadline=_("Last day for positions"))
)
