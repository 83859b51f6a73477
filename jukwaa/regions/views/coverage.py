"""Who takes part, and from where: all that counts side by side, and each of it on a page of its own."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Asked, ByYear
from jukwaa.regions.coverage import Coverage, by_year, coverage
from jukwaa.regions.forms import CoverageForm
from jukwaa.regions.gaps import Gap, gaps
from jukwaa.regions.measures import MEASURES, Measure
from jukwaa.regions.showing import Panel, Tables, panels, tables


@dataclass
class Looked:
    """What was asked, and what came of it: only as far as a page shows it."""

    standing: Standing
    asked: Asked
    empty: CoverageForm

    @property
    def circle(self) -> Circle:
        return Circle.around(self.standing)

    @cached_property
    def found(self) -> Coverage:
        return coverage(self.standing, self.asked)

    @cached_property
    def form(self) -> CoverageForm:
        """As it is shown again."""
        self.empty.offer_years(self.found.years)
        return self.empty

    @cached_property
    def panels(self) -> list[Panel]:
        return panels(self.found)

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps(self.standing.coalition, self.empty.areas.values())

    def years_of(self, measures: Iterable[Measure]) -> dict[str, ByYear]:
        return by_year(self.standing, self.asked, [measure.name for measure in measures])

    def tables(self, measure: Measure) -> Tables:
        return tables(self.found, measure, self.years_of([measure]).get(measure.name, {}))


@login_not_required
@require_GET
@kept_for_visitors
def overview(request: Request, coalition: Coalition) -> HttpResponse:
    looked = _look(request, coalition)
    context = {"looked": looked, "regions": RegionalGroup.labels, "groups": UN_GROUPS}
    return page(request, "regions/coverage.html", _around(context))


@login_not_required
@require_GET
@kept_for_visitors
def measure_detail(request: Request, coalition: Coalition, measure: str) -> HttpResponse:
    counted = _measure(measure)
    looked = _look(request, coalition)
    context = {"looked": looked, "measure": counted, "shown": lambda: looked.tables(counted)}
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
    return Looked(request.standing, form.asked(), form)


def _measure(name: str) -> Measure:
    """404 for one that is not counted."""
    if name not in MEASURES:
        raise Http404
    return MEASURES[name]


def _around(context: dict[str, Any]) -> dict[str, Any]:
    return {"here": "representation", "today": timezone.localdate(), **context}


def _csv(looked: Looked, measures: Iterable[Measure], name: str) -> HttpResponse:
    response = HttpResponse(headers=download_headers(f"{name}.csv", "text/csv; charset=utf-8"))
    writer = csv.writer(response)
    writer.writerow(["measure", "counted by", "value", "organisations", "year"])
    measures = list(measures)
    years_of = looked.years_of(measures)
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
        years = sorted(years_of.get(measure.name, {}).items())
        writer.writerows([measure.name, "year", year, numbers.total(), year] for year, numbers in years)
    return response
