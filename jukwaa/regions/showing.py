"""Coverage as pages show it: small maps side by side, each with its numbers; countries by their names, never ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.names import fold
from jukwaa.coalitions.representation.counting import Count, counts_of
from jukwaa.coalitions.representation.pictures import country_rows
from jukwaa.places.pictures import world_map
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.regions.counting import Covered
from jukwaa.regions.coverage import Coverage, Measured
from jukwaa.regions.measures import MEASURES, Measure

MOST_YEARS = 12  # as maps; the table has them all


@dataclass(frozen=True)
class Panel:
    """One measure among the others: its map, and its row of the table, a number for each regional group."""

    measure: Measure
    covered: Covered
    map: SafeString
    numbers: list[int]


@dataclass(frozen=True)
class Tables:
    """One measure on a page of its own."""

    covered: Covered
    map: SafeString
    countries: SafeString
    by_region: list[Count]
    by_stakeholder: list[Count]
    in_none: str
    years: list["Year"]


@dataclass(frozen=True)
class Year:
    year: int
    number: int
    countries: int
    map: SafeString | None


def panels(found: Coverage) -> list[Panel]:
    return [
        Panel(
            measure,
            covered := found.of[measure.name],
            _map(covered.by_country, str(measure.label), measure.name),
            [covered.regions[region] for region in RegionalGroup.values],
        )
        for measure in MEASURES.values()
    ]


def tables(found: Measured, measure: Measure) -> Tables:
    covered = found.covered
    return Tables(
        covered,
        world_map(covered.by_country, title=_told(str(measure.label), covered.by_country), letters=True),
        country_rows(covered.by_country),
        counts_of(RegionalGroup.choices, covered.regions),
        counts_of(StakeholderGroup.choices, covered.stakeholders),
        fold(covered.in_none),
        list(_years(measure, found.by_year)),
    )


def _years(measure: Measure, by_year: dict[int, Covered]) -> Iterable[Year]:
    """The last one first."""
    for place, (year, covered) in enumerate(sorted(by_year.items(), reverse=True)):
        named = covered.by_country
        drawn = _map(named, f"{measure.label}, {year}", f"y{year}") if place < MOST_YEARS else None
        yield Year(year, covered.organisations, len(named), drawn)


def _map(numbers: dict[str, int], what: str, name: str) -> SafeString:
    return world_map(numbers, title=_told(what, numbers), name=name)


def _told(what: str, numbers: dict[str, int]) -> str:
    """What a map shows, for those who hear the page."""
    if not numbers:
        return _("%(what)s: no countries yet.") % {"what": what}
    told = ngettext("%(what)s: %(n)s country.", "%(what)s: %(n)s countries.", len(numbers))
    return told % {"what": what, "n": len(numbers)}
