"""Who takes part, and from where: all that counts side by side, and each of it on a page of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.directory_export import write_csv_rows
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.regions.circles import CoverageAudience
from jukwaa.regions.coverage import Coverage, MeasureCoverage, load_coverage, load_coverage_by_measure
from jukwaa.regions.coverage_panels import MeasurePanel, MeasureTables, build_measure_panels, build_measure_tables
from jukwaa.regions.forms import CoverageForm
from jukwaa.regions.gaps import CoverageGap, find_coverage_gaps
from jukwaa.regions.measures import MEASURE_BY_NAME, Measure
from jukwaa.regions.participation_counts import CoverageFilter


@dataclass
class CoverageResult:
    """What was asked, and what came of it: only as far as a page shows it."""

    standing: Standing
    asked: CoverageFilter
    empty_form: CoverageForm
    measure: Measure | None = None  # all of them, where there is none

    @property
    def circle(self) -> CoverageAudience:
        return CoverageAudience.around(self.standing)

    @cached_property
    def found(self) -> Coverage:
        return load_coverage(self.standing, self.asked)

    @cached_property
    def measured(self) -> dict[str, MeasureCoverage]:
        return load_coverage_by_measure(
            self.standing, self.asked, [self.measure.name] if self.measure else MEASURE_BY_NAME
        )

    @cached_property
    def form(self) -> CoverageForm:
        """As it is shown again."""
        years = self.measured[self.measure.name].by_year if self.measure else self.found.years
        self.empty_form.set_year_choices(years)
        return self.empty_form

    @cached_property
    def panels(self) -> list[MeasurePanel]:
        return build_measure_panels(self.found)

    @cached_property
    def gaps(self) -> list[CoverageGap]:
        return find_coverage_gaps(self.standing.coalition, self.empty_form.areas.values())

    @cached_property
    def tables(self) -> MeasureTables | None:
        return build_measure_tables(self.measured[self.measure.name], self.measure) if self.measure else None


@login_not_required
@require_GET
@cache_for_visitors
def coverage_overview(request: Request, coalition: Coalition) -> HttpResponse:
    looked = _build_coverage_result(request, coalition)
    context = {"looked": looked, "regions": RegionalGroup.labels, "groups": UN_REGIONAL_GROUPS}
    return render_page(request, "regions/coverage.html", _add_today_to_context(context))


@login_not_required
@require_GET
@cache_for_visitors
def coverage_measure_detail(request: Request, coalition: Coalition, measure: str) -> HttpResponse:
    looked = _build_coverage_result(request, coalition, measure)
    return render_page(
        request, "regions/measure.html", _add_today_to_context({"looked": looked, "measure": looked.measure})
    )


@login_not_required
@require_GET
def coverage_overview_csv(request: Request, coalition: Coalition) -> HttpResponse:
    """One line for each thing that counts and each place that has any."""
    return _render_coverage_csv(_build_coverage_result(request, coalition), "coverage")


@login_not_required
@require_GET
def coverage_measure_csv(request: Request, coalition: Coalition, measure: str) -> HttpResponse:
    return _render_coverage_csv(_build_coverage_result(request, coalition, measure), f"coverage {measure}")


def _build_coverage_result(request: Request, coalition: Coalition, measure_name: str = "") -> CoverageResult:
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = CoverageForm(request.GET, areas_of_work=areas)
    return CoverageResult(
        request.standing,
        form.build_coverage_filter(),
        form,
        _get_measure_or_404(measure_name) if measure_name else None,
    )


def _get_measure_or_404(measure_name: str) -> Measure:
    """404 for one that is not counted."""
    if measure_name not in MEASURE_BY_NAME:
        raise Http404
    return MEASURE_BY_NAME[measure_name]


def _add_today_to_context(template_context: dict[str, Any]) -> dict[str, Any]:
    return {"today": timezone.localdate(), **template_context}


def _render_coverage_csv(coverage_result: CoverageResult, measure_name: str) -> HttpResponse:
    response = HttpResponse(headers=build_download_headers(f"{measure_name}.csv", "text/csv; charset=utf-8"))
    write_csv_rows(response, _iter_csv_rows(coverage_result))
    return response


def _iter_csv_rows(coverage_result: CoverageResult) -> Iterator[Sequence[object]]:
    yield ["measure", "counted by", "value", "organisations", "year"]
    asked = coverage_result.asked.year or ""
    for measure, found in coverage_result.measured.items():
        for counted, numbers in (
            ("country", found.covered.countries),
            ("regional group", found.covered.regions),
            ("stakeholder group", found.covered.stakeholders),
        ):
            rows = sorted(numbers.items())
            yield from ([measure, counted, value or "unknown", number, asked] for value, number in rows)
        years = sorted(found.by_year.items())
        yield from ([measure, "year", year, covered.organisations, year] for year, covered in years)
