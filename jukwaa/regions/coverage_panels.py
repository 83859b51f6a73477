"""Coverage as pages show it: small maps side by side, each with its numbers; countries by their names, never ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import format_people_count
from jukwaa.coalitions.representation.charts import render_country_rows
from jukwaa.coalitions.representation.statistics import CountRow, build_count_rows
from jukwaa.places.count_graphics import draw_world_map
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.regions.coverage import Coverage, MeasureCoverage
from jukwaa.regions.measures import MEASURE_BY_NAME, Measure
from jukwaa.regions.participation_counts import MeasureCounts

MAX_YEAR_MAPS = 12  # as maps; the table has them all


@dataclass(frozen=True)
class MeasurePanel:
    """One measure among the others: its map, and its row of the table, a number for each regional group."""

    measure: Measure
    covered: MeasureCounts
    map: SafeString
    numbers: list[int]


@dataclass(frozen=True)
class MeasureTables:
    """One measure on a page of its own."""

    covered: MeasureCounts
    map: SafeString
    countries: SafeString
    by_region: list[CountRow]
    by_stakeholder: list[CountRow]
    in_none: str
    years: list["CoverageYearRow"]


@dataclass(frozen=True)
class CoverageYearRow:
    year: int
    number: int
    countries: int
    map: SafeString | None


def build_measure_panels(coverage: Coverage) -> list[MeasurePanel]:
    return [
        MeasurePanel(
            measure,
            covered := coverage.of[measure.name],
            _render_coverage_map(covered.by_country, str(measure.label), measure.name),
            [covered.regions[region] for region in RegionalGroup.values],
        )
        for measure in MEASURE_BY_NAME.values()
    ]


def build_measure_tables(measure_coverage: MeasureCoverage, measure: Measure) -> MeasureTables:
    covered = measure_coverage.covered
    return MeasureTables(
        covered,
        draw_world_map(
            covered.by_country, title=_format_map_title(str(measure.label), covered.by_country), shows_letters=True
        ),
        render_country_rows(covered.by_country),
        build_count_rows(RegionalGroup.choices, covered.regions),
        build_count_rows(StakeholderGroup.choices, covered.stakeholders),
        format_people_count(covered.in_none),
        list(_build_year_rows(measure, measure_coverage.by_year)),
    )


def _build_year_rows(measure: Measure, counts_by_year: dict[int, MeasureCounts]) -> Iterable[CoverageYearRow]:
    """The last one first."""
    for place, (year, covered) in enumerate(sorted(counts_by_year.items(), reverse=True)):
        named = covered.by_country
        drawn = _render_coverage_map(named, f"{measure.label}, {year}", f"y{year}") if place < MAX_YEAR_MAPS else None
        yield CoverageYearRow(year, covered.organisations, len(named), drawn)


def _render_coverage_map(count_by_country: dict[str, int], map_subject: str, measure_name: str) -> SafeString:
    return draw_world_map(
        count_by_country, title=_format_map_title(map_subject, count_by_country), map_name=measure_name
    )


def _format_map_title(map_subject: str, count_by_country: dict[str, int]) -> str:
    """What a map shows, for those who hear the page."""
    if not count_by_country:
        return _("%(what)s: no countries yet.") % {"what": map_subject}
    told = ngettext("%(what)s: %(n)s country.", "%(what)s: %(n)s countries.", len(count_by_country))
    return told % {"what": map_subject, "n": len(count_by_country)}
