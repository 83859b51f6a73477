"""Who is here and who is not, as pictures with their tables."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.directory_export import write_csv_rows
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.representation import RepresentationTables, build_representation_tables
from jukwaa.coalitions.representation.charts import render_country_rows, render_year_chart
from jukwaa.core.dates import get_utc_date
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.places.count_graphics import draw_world_map
from jukwaa.places.regions import RegionalGroup


@login_not_required
@require_GET
@cache_for_visitors
def representation_page(request: Request, coalition: Coalition) -> HttpResponse:
    day = _parse_day_or_today(request.GET.get("on", ""))
    shown = build_representation_tables(coalition, day)
    context = {
        "day": day,
        "today": get_utc_date(),
        "shown": shown,
        "regions": RegionalGroup.labels,
        "countries": render_country_rows(shown.by_country),
        "map": draw_world_map(shown.by_country, title=str(coalition)),
        "columns": render_year_chart(shown.years) if shown.years else "",
    }
    return render_page(request, "coalitions/representation.html", context)


@login_not_required
@require_GET
def representation_csv(request: Request, coalition: Coalition) -> HttpResponse:
    """The tables as a file: what is counted, the value, the number."""
    shown = build_representation_tables(coalition, _parse_day_or_today(request.GET.get("on", "")))
    response = HttpResponse(
        headers=build_download_headers(f"representation {shown.day}.csv", "text/csv; charset=utf-8")
    )
    write_csv_rows(response, _iter_csv_rows(shown))
    return response


def _iter_csv_rows(representation_tables: RepresentationTables) -> Iterator[Sequence[object]]:
    yield ["counted", "value", "member organisations", "on"]
    for counted, rows in (
        ("regional group", representation_tables.by_region),
        ("stakeholder group", representation_tables.by_stakeholder),
        ("area of work", representation_tables.by_area),
    ):
        yield from ([counted, row.name, row.number, representation_tables.day] for row in rows)
    yield from (
        ["country", code, number, representation_tables.day]
        for code, number in sorted(representation_tables.by_country.items())
    )
    yield from (["year", year.year, year.number, representation_tables.day] for year in representation_tables.years)


def _parse_day_or_today(text: str) -> date:
    """The day that was asked for; today, where it is none."""
    try:
        return min(date.fromisoformat(text), get_utc_date())
    except ValueError:
        return get_utc_date()
