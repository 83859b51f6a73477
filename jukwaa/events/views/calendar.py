"""Everything with a date: by month, and as a list."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import get_day_names
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.events.calendar_month import CalendarFilter, CalendarMonth, find_calendar_items
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, date_source_registry
from jukwaa.places.regions import RegionalGroup
from jukwaa.search.search_requests import load_areas_of_work

CALENDAR_LIST_PERIOD = timedelta(days=183)
MAX_CALENDAR_ITEMS = 30


@login_not_required
@require_GET
@cache_for_visitors
def calendar_month(request: Request, coalition: Coalition) -> HttpResponse:
    """Show one month of the calendar (`?month=2027-02`), with filters."""
    shown = CalendarMonth.asked(request.GET.get("month", ""))
    narrowed = CalendarFilter.asked(request.GET, coalition)
    rows = find_calendar_items(CalendarWindow(coalition, request.user, *shown.displayed_period), narrowed)
    days = shown.days(rows)
    names = get_day_names("abbreviated", context="stand-alone", locale=(get_language() or "en").replace("-", "_"))
    context = {
        **_build_calendar_context(coalition, narrowed, "month"),
        "month": shown,
        "weekdays": [names[number] for number in range(7)],
        "days": days,
        "is_empty": not any(day.rows for day in days if day.is_of_month),
    }
    return render_page(request, "events/calendar.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def calendar_agenda(request: Request, coalition: Coalition) -> HttpResponse:
    """List half a year of the calendar from a day on (`?from=2027-01-01`)."""
    first = _parse_day_or_today(request.GET.get("from", ""))
    narrowed = CalendarFilter.asked(request.GET, coalition)
    rows = find_calendar_items(
        CalendarWindow(coalition, request.user, first, first + CALENDAR_LIST_PERIOD, MAX_CALENDAR_ITEMS + 1), narrowed
    )
    listed, later = _split_calendar_page(rows, first)
    context = {
        **_build_calendar_context(coalition, narrowed, "list"),
        "first": first,
        "last": first + CALENDAR_LIST_PERIOD,
        "rows": listed,
        "earlier": (first - CALENDAR_LIST_PERIOD).isoformat() if first.year > 1990 else "",  # noqa: PLR2004 - as far back as months go
        "later": later.isoformat(),
        "today": timezone.localdate(),
    }
    return render_page(request, "events/calendar_list.html", context)


def _split_calendar_page(calendar_items: list[CalendarItem], first_day: date) -> tuple[list[CalendarItem], date]:
    """Return the items of the page that begins on a day, and the day on which the next page begins."""
    if len(calendar_items) <= MAX_CALENDAR_ITEMS:
        return calendar_items, first_day + CALENDAR_LIST_PERIOD
    later = calendar_items[MAX_CALENDAR_ITEMS].first
    if later > first_day:
        return calendar_items[:MAX_CALENDAR_ITEMS], later
    return [row for row in calendar_items if row.first <= first_day], first_day + timedelta(
        days=1
    )  # a day with more than fit on a page


def _parse_day_or_today(text: str) -> date:
    """Return the date in a query string; today if it is invalid or outside the calendar."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if date(1990, 1, 1) <= day <= today.replace(day=1) + timedelta(days=3653) else today


def _build_calendar_context(
    coalition: Coalition, calendar_filter: CalendarFilter, calendar_view: str
) -> dict[str, Any]:
    labels = {name: source.label for name, source in date_source_registry.items()}
    return {
        "view": calendar_view,
        "narrowed": calendar_filter,
        "query": urlencode(calendar_filter.address()),
        "kinds": labels.items(),
        "areas": load_areas_of_work(coalition),
        "regions": [choice for choice in RegionalGroup.choices if choice[0] != RegionalGroup.UNKNOWN],
    }
