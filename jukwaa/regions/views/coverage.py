"""Who takes part, and from where: all that counts side by side, and each of it on a page of its own."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.regions.coverage import Asked, Coverage, coverage
from jukwaa.regions.forms import CoverageForm
from jukwaa.regions.gaps import gaps
from jukwaa.regions.measures import MEASURES, Measure
from jukwaa.regions.showing import panels, tables


@dataclass(frozen=True)
class Looked:
    """What was asked, in the form in which it is shown again, and what came of it."""

    form: CoverageForm
    asked: Asked
    found: Coverage


@login_not_required
@require_GET
@kept_for_visitors
def overview(request: Request, coalition: Coalition) -> HttpResponse:
    looked = _look(request, coalition)
    context = {
        "looked": looked,
        "panels": panels(looked.found),
        "regions": RegionalGroup.labels,
        "groups": UN_GROUPS,
        "gaps": gaps(coalition, looked.form.areas.values()),
    }
    return page(request, "regions/coverage.html", _around(context))


@login_not_required
@require_GET
@kept_for_visitors
def measure_detail(request: Request, coalition: Coalition, measure: str) -> HttpResponse:
    counted = _measure(measure)
    looked = _look(request, coalition)
    context = {"looked": looked, "measure": counted, "shown": tables(looked.found, counted)}
    return page(request, "regions/measure.html", _around(context))


@login_not_required
@require_GET
def overview_csv(request: Request, coalition: Coalition) -> HttpResponse:
    """One line for each thing that counts and each place that has any."""
    return _csv(_look(request, coalition), MEASURES.values(), "coverage")


@login_not_required
@require_GET
def measure_csv(request: Request, coalition: Coalition, measure: str) -> HttpResponse:
    counted = _measure(measure)
    return _csv(_look(request, coalition), [counted], f"coverage {counted.name}")


def _look(request: Request, coalition: Coalition) -> Looked:
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = CoverageForm(request.GET, areas=areas)
    asked = form.asked()
    found = coverage(request.user, coalition, asked)
    form.offer_years(found.years)
    return Looked(form, asked, found)


def _measure(name: str) -> Measure:
    """404 for one that is not counted."""
    if name not in MEASURES:
        raise Http404
    return MEASURES[name]


def _around(context: dict[str, Any]) -> dict[str, Any]:
    return {"here": "representation", **context}


def _csv(looked: Looked, measures: Iterable[Measure], name: str) -> HttpResponse:
    response = HttpResponse(headers=download_headers(f"{name}.csv", "text/csv; charset=utf-8"))
    writer = csv.writer(response)
    writer.writerow(["measure", "counted by", "value", "organisations", "year"])
    for measure in measures:
        covered = looked.found.of[measure.name]
        for counted, numbers in (
            ("country", covered.countries),
            ("regional group", covered.regions),
            ("stakeholder group", covered.stakeholders),
        ):
            year = looked.asked.year or ""
            rows = sorted(numbers.items())
            writer.writerows([measure.name, counted, value or "unknown", number, year] for value, number in rows)
        years = sorted(looked.found.by_year.get(measure.name, {}).items())
        writer.writerows([measure.name, "year", year, numbers.total(), year] for year, numbers in years)
    return response
