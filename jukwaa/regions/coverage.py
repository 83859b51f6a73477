"""Where those come from who take part: organisations by country, region and group, for each thing that counts.

Numbers are counted when a page first asks for them after something was written, for all who see the same numbers, and
are kept in the memory of the process: for what that page shows, and no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Asked, Counts, Covered, Read, count, read
from jukwaa.regions.measures import MEASURES

ALL = ""  # stands for all years where a year could stand

type Part = Mapping[str, Any]


@dataclass(frozen=True)
class Coverage:
    """All measures, as one reader sees them."""

    of: Counts
    years: list[int]  # in which there is anything at all, the last one first


@dataclass(frozen=True)
class Measured:
    """One measure: in the time that was asked for, and in each year in which there is anything."""

    covered: Covered
    by_year: dict[int, Covered]


def coverage(standing: Standing, asked: Asked) -> Coverage:
    known = _Kept(standing.coalition, Circle.around(standing), asked.of_all_years)
    found = known.in_year(asked.year)
    if asked.year is None or asked.year in found.years:
        return found
    return Coverage({name: Covered() for name in MEASURES}, found.years)


def measured(standing: Standing, asked: Asked, measures: Iterable[str] = MEASURES) -> dict[str, Measured]:
    known = _Kept(standing.coalition, Circle.around(standing), asked.of_all_years)
    found = {}
    for name, part in known.of_measures(list(measures)).items():
        of = {year: _covered(*numbers) for year, numbers in part.items()}
        years = {int(year): covered for year, covered in of.items() if year != ALL and covered.organisations}
        found[name] = Measured(of.get(str(asked.year or ALL), Covered()), years)
    return found


@dataclass
class _Kept:
    """In the memory of this process, until something is written. Of all years: each page takes its own."""

    coalition: Coalition
    circle: Circle
    asked: Asked

    def in_year(self, year: int | None) -> Coverage:
        part = kept(self.coalition, self._key(str(year or ALL)), lambda: self._year(year))
        return Coverage({name: _covered(*numbers) for name, numbers in part["of"].items()}, part["years"])

    def of_measures(self, names: list[str]) -> dict[str, Part]:
        return kept(self.coalition, self._key(",".join(names)), lambda: self._measures(names))

    def _key(self, part: str) -> str:
        return f"coverage-{self.circle}-{self.asked.query}-{part}"

    def _year(self, year: int | None) -> Part:
        counts = count(self._all, year)
        return {"of": {name: _numbers(covered) for name, covered in counts.items()}, "years": self._all.years}

    def _measures(self, names: list[str]) -> dict[str, Part]:
        found = self._read(names)
        by_year = {ALL: count(found), **{str(year): count(found, year) for year in found.years}}
        return {name: _years_of_measure(name, by_year) for name in names}

    @cached_property
    def _all(self) -> Read:
        return self._read(MEASURES)

    def _read(self, measures: Iterable[str]) -> Read:
        return read(self.circle, self.coalition, self.asked, measures)


def _years_of_measure(name: str, by_year: Mapping[str, Counts]) -> Part:
    """Return the numbers of a measure by year; years in which there is nothing are left out."""
    return {year: _numbers(of[name]) for year, of in by_year.items() if year == ALL or of[name].is_any}


def _numbers(covered: Covered) -> list[Any]:
    """Return plain values, which the cache stores in a quarter of the time of counters."""
    counters = (covered.countries, covered.regions, covered.stakeholders)
    return [*map(dict, counters), covered.deeds, covered.in_none]


def _covered(*numbers: Any) -> Covered:
    countries, regions, stakeholders, deeds, in_none = numbers
    return Covered(Counter(countries), Counter(regions), Counter(stakeholders), deeds, in_none)
