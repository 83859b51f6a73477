"""Who is here and who is not, as pictures with their tables."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.exporting import write_csv
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.representation import Representation, represent
from jukwaa.coalitions.representation.pictures import columns, country_rows
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.places.pictures import world_map
from jukwaa.places.regions import RegionalGroup


@login_not_required
@require_GET
@kept_for_visitors
def representation(request: Request, coalition: Coalition) -> HttpResponse:
    day = _day(request.GET.get("on", ""))
    shown = represent(coalition, day)
    context = {
        "day": day,
        "today": timezone.localdate(),
        "shown": shown,
        "regions": RegionalGroup.labels,
        "countries": country_rows(shown.by_country),
        "map": world_map(shown.by_country, title=str(coalition)),
        "columns": columns(shown.years) if shown.years else "",
    }
    return page(request, "coalitions/representation.html", context)


@login_not_required
@require_GET
def representation_csv(request: Request, coalition: Coalition) -> HttpResponse:
    """The tables as a file: what is counted, the value, the number."""
    shown = represent(coalition, _day(request.GET.get("on", "")))
    response = HttpResponse(headers=download_headers(f"representation {shown.day}.csv", "text/csv; charset=utf-8"))
    write_csv(response, _rows(shown))
    return response


def _rows(shown: Representation) -> Iterator[Sequence[object]]:
    yield ["counted", "value", "member organisations", "on"]
    for counted, rows in (
        ("regional group", shown.by_region),
        ("stakeholder group", shown.by_stakeholder),
        ("area of work", shown.by_area),
    ):
        yield from ([counted, row.name, row.number, shown.day] for row in rows)
    yield from (["country", code, number, shown.day] for code, number in sorted(shown.by_country.items()))
    yield from (["year", year.year, year.number, shown.day] for year in shown.years)


def _day(text: str) -> date:
    """The day that was asked for; today, where it is none."""
    try:
        return min(date.fromisoformat(text), timezone.localdate())
    except ValueError:
        return timezone.localdate()
