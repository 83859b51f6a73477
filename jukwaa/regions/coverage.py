"""Where those come from who take part: organisations by country, region and group, for each thing that counts.

Numbers are counted when a page first asks for them after something was written, for all who see the same numbers, and
are kept in the memory of the process: for what that page shows, and no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.regions.circles import CoverageAudience
from jukwaa.regions.measures import MEASURE_BY_NAME
from jukwaa.regions.participation_counts import (
    CountedYears,
    CountsByMeasure,
    CoverageFilter,
    MeasureCounts,
    count_measures_of_year,
    load_counted_years,
)

ALL_YEARS_VALUE = ""  # stands for all years where a year could stand

type CoveragePart = Mapping[str, Any]


@dataclass(frozen=True)
class Coverage:
    """All measures, as one reader sees them."""

    of: CountsByMeasure
    years: list[int]  # in which there is anything at all, the last one first


@dataclass(frozen=True)
class MeasureCoverage:
    """One measure: in the time that was asked for, and in each year in which there is anything."""

    covered: MeasureCounts
    by_year: dict[int, MeasureCounts]


def load_coverage(viewer_standing: Standing, coverage_filter: CoverageFilter) -> Coverage:
    known = _CoverageCache(
        viewer_standing.coalition, CoverageAudience.around(viewer_standing), coverage_filter.of_all_years
    )
    found = known.get_year_coverage(coverage_filter.year)
    if coverage_filter.year is None or coverage_filter.year in found.years:
        return found
    return Coverage({name: MeasureCounts() for name in MEASURE_BY_NAME}, found.years)


def load_coverage_by_measure(
    viewer_standing: Standing, coverage_filter: CoverageFilter, measures: Iterable[str] = MEASURE_BY_NAME
) -> dict[str, MeasureCoverage]:
    known = _CoverageCache(
        viewer_standing.coalition, CoverageAudience.around(viewer_standing), coverage_filter.of_all_years
    )
    found = {}
    for name, part in known.get_coverage_of_measures(list(measures)).items():
        of = {year: _convert_from_numbers(*numbers) for year, numbers in part.items()}
        years = {
            int(year): covered for year, covered in of.items() if year != ALL_YEARS_VALUE and covered.organisations
        }
        found[name] = MeasureCoverage(of.get(str(coverage_filter.year or ALL_YEARS_VALUE), MeasureCounts()), years)
    return found


@dataclass
class _CoverageCache:
    """In the memory of this process, until something is written. Of all years: each page takes its own."""

    coalition: Coalition
    circle: CoverageAudience
    asked: CoverageFilter

    def get_year_coverage(self, year: int | None) -> Coverage:
        part = get_or_build_cached(
            self.coalition,
            self._build_cache_key(str(year or ALL_YEARS_VALUE)),
            lambda: self._compute_year_coverage(year),
        )
        return Coverage({name: _convert_from_numbers(*numbers) for name, numbers in part["of"].items()}, part["years"])

    def get_coverage_of_measures(self, measure_names: list[str]) -> dict[str, CoveragePart]:
        return get_or_build_cached(
            self.coalition,
            self._build_cache_key(",".join(measure_names)),
            lambda: self._compute_measure_coverage(measure_names),
        )

    def _build_cache_key(self, cache_part: str) -> str:
        return f"coverage-{self.circle}-{self.asked.query}-{cache_part}"

    def _compute_year_coverage(self, year: int | None) -> CoveragePart:
        counts = count_measures_of_year(self._all_counted_years, year)
        return {
            "of": {name: _convert_to_numbers(covered) for name, covered in counts.items()},
            "years": self._all_counted_years.years,
        }

    def _compute_measure_coverage(self, measure_names: list[str]) -> dict[str, CoveragePart]:
        found = self._load_counted_years(measure_names)
        by_year = {
            ALL_YEARS_VALUE: count_measures_of_year(found),
            **{str(year): count_measures_of_year(found, year) for year in found.years},
        }
        return {name: _collect_measure_years(name, by_year) for name in measure_names}

    @cached_property
    def _all_counted_years(self) -> CountedYears:
        return self._load_counted_years(MEASURE_BY_NAME)

    def _load_counted_years(self, measures: Iterable[str]) -> CountedYears:
        return load_counted_years(self.circle, self.coalition, self.asked, measures)


def _collect_measure_years(measure_name: str, counts_by_year: Mapping[str, CountsByMeasure]) -> CoveragePart:
    """Return the numbers of a measure by year; years in which there is nothing are left out."""
    return {
        year: _convert_to_numbers(of[measure_name])
        for year, of in counts_by_year.items()
        if year == ALL_YEARS_VALUE or of[measure_name].has_counts
    }


def _convert_to_numbers(measure_counts: MeasureCounts) -> list[Any]:
    """Return plain values, which the cache stores in a quarter of the time of counters."""
    counters = (measure_counts.countries, measure_counts.regions, measure_counts.stakeholders)
    return [*map(dict, counters), measure_counts.deeds, measure_counts.in_none]


def _convert_from_numbers(*numbers: Any) -> MeasureCounts:
    countries, regions, stakeholders, deeds, in_none = numbers
    return MeasureCounts(Counter(countries), Counter(regions), Counter(stakeholders), deeds, in_none)
