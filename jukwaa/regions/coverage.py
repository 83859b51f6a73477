"""Where those come from who take part: organisations by country, region and group, for each thing that counts.

The worker counts as soon as something was written, so that a page reads what was counted. Until then, and for an area
of work, the first reader waits, for all who see the same numbers.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.regions.ahead import ALL, Part, counted_ahead, parts_of, read_ahead
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Asked, ByYear, Covered, Read, read
from jukwaa.regions.measures import MEASURES


@dataclass(frozen=True)
class Coverage:
    """As one reader sees it."""

    of: dict[str, Covered]
    years: list[int]  # in which there is anything at all, the last one first


def coverage(standing: Standing, asked: Asked) -> Coverage:
    known = _Kept(standing.coalition, Circle.around(standing), asked)
    of = {name: _covered(*numbers) for name, numbers in known.part(ALL)["of"].items()}
    return Coverage(of, replace(known, asked=Asked()).part(ALL)["years"])


def by_year(standing: Standing, asked: Asked, measures: Iterable[str] = MEASURES) -> dict[str, ByYear]:
    """Of each of these measures, as far as there is anything."""
    known = _Kept(standing.coalition, Circle.around(standing), replace(asked, year=None))
    parts = ((name, known.part(name)) for name in measures)
    return {name: {int(year): Counter(numbers) for year, numbers in part.items()} for name, part in parts if part}


@dataclass(frozen=True)
class _Kept:
    """In the memory of this process, until something is written."""

    coalition: Coalition
    circle: Circle
    asked: Asked

    def part(self, name: str, known: Part | None = None) -> Part:
        key = f"coverage-{self.circle}-{self.asked.query}-{name}"
        return kept(self.coalition, key, lambda: self._made(name) if known is None else known)

    def _made(self, name: str) -> Part:
        if self.asked == Asked():
            ahead = counted_ahead(self.coalition, self.circle, name)
            return self._counted(name, read(self.circle, self.coalition)) if ahead is None else ahead
        ahead_rows = None if self.asked.area else read_ahead(self.coalition, self.circle, self.asked.year)
        found = ahead_rows or read(self.circle, self.coalition, self.asked.area)
        return self._counted(name, found.of(self.asked.stakeholder))

    def _counted(self, name: str, found: Read) -> Part:
        """With all other parts, which are kept too."""
        parts = dict(parts_of(found, self.asked.year))
        for other in parts.keys() - {name}:
            self.part(other, parts[other])
        return parts[name]


def _covered(*numbers: Any) -> Covered:
    countries, regions, stakeholders, deeds, in_none = numbers
    return Covered(Counter(countries), Counter(regions), Counter(stakeholders), deeds, in_none)
