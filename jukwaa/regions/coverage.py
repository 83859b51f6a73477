"""Where those come from who take part: organisations by country, region and group, for each thing that counts.

The worker counts as soon as something was written, so that a page reads what was counted. Until then, and for an area
of work, the first reader waits, for all who see the same numbers: for what their page shows, and no more.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.regions.ahead import ALL, Part, counted_ahead, of_a_measure, of_a_year, read_ahead, years_of
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Asked, Counts, Covered, Read, count, read
from jukwaa.regions.measures import MEASURES


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
    found = known.in_year(None)
    if asked.year is None:
        return found
    if asked.year not in found.years:
        return Coverage({name: Covered() for name in MEASURES}, found.years)
    return Coverage(known.in_year(asked.year).of, found.years)


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
        name = str(year or ALL)
        ahead = self._ahead([name])
        return ahead[name] if ahead else of_a_year(count(self._all, year), self._all.years)

    def _measures(self, names: list[str]) -> dict[str, Part]:
        if ahead := self._ahead(names):
            return ahead
        by_year = years_of(self._read(names))
        return {name: of_a_measure(name, by_year) for name in names}

    def _ahead(self, parts: list[str]) -> dict[str, Part]:
        return counted_ahead(self.coalition, self.circle, parts) if self.asked == Asked() else {}

    @cached_property
    def _all(self) -> Read:
        return self._read(MEASURES)

    def _read(self, measures: Iterable[str]) -> Read:
        group, area = self.asked.stakeholder, self.asked.area
        ahead = read_ahead(self.coalition, self.circle, group) if group and not area else None
        return ahead or read(self.circle, self.coalition, area, measures).of(group)


def _covered(*numbers: Any) -> Covered:
    countries, regions, stakeholders, deeds, in_none = numbers
    return Covered(Counter(countries), Counter(regions), Counter(stakeholders), deeds, in_none)
