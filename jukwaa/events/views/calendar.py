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

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.events import policies
from jukwaa.events.calendar_sources import Window, sources
from jukwaa.events.months import Month, Narrowed, found
from jukwaa.places.regions import RegionalGroup
from jukwaa.search.narrowing import areas_of

AHEAD = timedelta(days=183)
MOST = 50


@login_not_required
@require_GET
@kept_for_visitors
def month(request: Request, coalition: Coalition) -> HttpResponse:
    """`?month=2027-02`, and what narrows it."""
    shown = Month.asked(request.GET.get("month", ""))
    narrowed = Narrowed.asked(request.GET, coalition)
    rows = found(Window(coalition, request.user, *shown.shown), narrowed)
    days = shown.days(rows)
    names = get_day_names("abbreviated", context="stand-alone", locale=(get_language() or "en").replace("-", "_"))
    context = {
        **_around(request, coalition, narrowed, "month"),
        "month": shown,
        "weekdays": [names[number] for number in range(7)],
        "days": days,
        "is_empty": not any(day.rows for day in days if day.is_of_month),
    }
    return page(request, "events/calendar.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def agenda(request: Request, coalition: Coalition) -> HttpResponse:
    """Half a year from a day on (`?from=2027-01-01`), as a list."""
    first = _day(request.GET.get("from", ""))
    narrowed = Narrowed.asked(request.GET, coalition)
    rows = found(Window(coalition, request.user, first, first + AHEAD, MOST + 1), narrowed)
    context = {
        **_around(request, coalition, narrowed, "list"),
        "first": first,
        "last": first + AHEAD,
        "rows": rows[:MOST],
        "earlier": (first - AHEAD).isoformat() if first.year > 1990 else "",  # noqa: PLR2004 - as far back as months go
        "later": (rows[MOST].first if len(rows) > MOST else first + AHEAD).isoformat(),
        "today": timezone.localdate(),
    }
    return page(request, "events/calendar_list.html", context)


def _day(text: str) -> date:
    """Today where the address says no day that the calendar shows."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if date(1990, 1, 1) <= day <= today.replace(day=1) + timedelta(days=3653) else today


def _around(request: Request, coalition: Coalition, narrowed: Narrowed, view: str) -> dict[str, Any]:
    labels = {name: source.label for name, source in sources.items()}
    return {
        "view": view,
        "narrowed": narrowed,
        "query": urlencode(narrowed.address()),
        "kinds": labels.items(),
        "areas": areas_of(coalition),
        "regions": [choice for choice in RegionalGroup.choices if choice[0] != RegionalGroup.UNKNOWN],
        "may_announce": policies.can_announce(request.standing, coalition),
    }
