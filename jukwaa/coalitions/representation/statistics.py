"""Counting members. Organisations are counted as they are; people on their own never by country, and folded below five.

A membership counts on a day if it was active then: it began on or before it (or nobody knows when), and had not ended.
"Unknown" is counted and shown like any other value.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count as Number
from django.db.models import Q, QuerySet

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership
from jukwaa.core.dates import get_utc_date
from jukwaa.core.db import build_in_force_q
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

BELONGING_MEMBERSHIP_STANDINGS = (Membership.Standing.ACTIVE, Membership.Standing.LEFT)


class MemberFigures(NamedTuple):
    """How many members share the same values on a day: counted by the database, so that no member is read."""

    countries: Counter[str]  # organisations by country; "" where none is given
    groups: Counter[tuple[str, str]]  # by regional and stakeholder group
    people: int  # on their own


@dataclass(frozen=True)
class CountRow:
    """One row of a table: a value, its name, the number, and the number as beads."""

    value: str | int
    name: str
    number: int
    beads: BeadRow


@dataclass(frozen=True)
class YearFigures:
    """Member organisations on the last day of a year (or today), by regional group in the order of the groups."""

    year: int
    number: int
    by_region: tuple[int, ...]


@dataclass
class RepresentationTables:
    """The tables that the pages show, from the figures of one day."""

    coalition: Coalition
    day: date
    figures: MemberFigures

    @cached_property
    def organisations(self) -> int:
        return self.figures.groups.total()

    @property
    def people(self) -> int:
        return self.figures.people

    @cached_property
    def by_country(self) -> dict[str, int]:
        return {code: number for code, number in self.figures.countries.items() if code in COUNTRIES_BY_CODE}

    @property
    def without_country(self) -> int:
        """Of none that is known, or of one that is no country today."""
        return sum(number for code, number in self.figures.countries.items() if code not in COUNTRIES_BY_CODE)

    @cached_property
    def by_region(self) -> list[CountRow]:
        return build_count_rows(
            RegionalGroup.choices, _sum_counts_by_key((region, n) for (region, _), n in self.figures.groups.items())
        )

    @cached_property
    def by_stakeholder(self) -> list[CountRow]:
        return build_count_rows(
            StakeholderGroup.choices, _sum_counts_by_key((group, n) for (_, group), n in self.figures.groups.items())
        )

    @cached_property
    def by_area(self) -> list[CountRow]:
        """An organisation works in several areas: the numbers don't add up to the members."""
        areas = AreaOfWork.objects.filter(coalition=self.coalition, scheme=AreaOfWork.Scheme.COALITION)
        return build_count_rows([(area.pk, area.name) for area in areas], self._counts_by_area)

    @cached_property
    def _counts_by_area(self) -> Counter[int | None]:
        """By area of work; None for those that name none. Only the page with the tables shows them."""
        return _get_counts_on_day(self.coalition, self.day, "figures-by-area", _count_members_by_area)

    @cached_property
    def matrix(self) -> list[tuple[str, list[int], int]]:
        """Stakeholder groups by regional groups: name, a number for each region, the sum."""
        rows = []
        for stakeholder, name in StakeholderGroup.choices:
            numbers = [self.figures.groups[region, stakeholder] for region in RegionalGroup.values]
            rows.append((str(name), numbers, sum(numbers)))
        return rows

    @cached_property
    def _membership_period_counts(self) -> Counter[tuple[str, date | None, date | None]]:
        """Organisations ever, by regional group, from and to: only the page with the years reads them."""
        ever = get_begun_memberships(self.coalition).filter(organisation__isnull=False)
        fields = ("organisation__regional_group", "starts_on", "ends_on")
        return get_or_build_cached(self.coalition, "spans-of-members", lambda: _count_by_fields(ever, *fields))

    @cached_property
    def years(self) -> list[YearFigures]:
        """From the first year that any membership names; empty where none does."""
        begun = [starts_on.year for _, starts_on, _ in self._membership_period_counts if starts_on]
        return [self._build_year_figures(year) for year in range(min(begun), self.day.year + 1)] if begun else []

    def _build_year_figures(self, year: int) -> YearFigures:
        day = min(date(year, 12, 31), self.day)
        regions = _sum_counts_by_key(
            (region, n)
            for (region, starts_on, ends_on), n in self._membership_period_counts.items()
            if (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)
        )
        return YearFigures(year, regions.total(), tuple(regions[region] for region in RegionalGroup.values))


def build_representation_tables(coalition: Coalition, day: date | None = None) -> RepresentationTables:
    """On a day, today unless one is given."""
    counted_day = day or get_utc_date()
    return RepresentationTables(
        coalition, counted_day, _get_counts_on_day(coalition, counted_day, "figures", _count_members_on_day)
    )


def _get_counts_on_day[T](
    coalition: Coalition, day: date, cache_name: str, count_members: Callable[[Coalition, date], T]
) -> T:
    """Those of today are counted once for everybody until something changes."""
    if day != get_utc_date():
        return count_members(coalition, day)
    return get_or_build_cached(coalition, cache_name, lambda: count_members(coalition, day))


def _count_members_on_day(coalition: Coalition, counted_day: date) -> MemberFigures:
    begun = get_begun_memberships(coalition)
    of = "organisation__"
    there = _count_by_fields(
        begun.filter(build_in_force_q(counted_day)), f"{of}country", f"{of}regional_group", f"{of}stakeholder_group"
    )
    people = there.pop((None, None, None), 0)
    return MemberFigures(
        _sum_counts_by_key((country, n) for (country, _, _), n in there.items()),
        _sum_counts_by_key(((region, group), n) for (_, region, group), n in there.items()),
        people,
    )


def _count_members_by_area(coalition: Coalition, counted_day: date) -> Counter[int | None]:
    members = get_begun_memberships(coalition).filter(build_in_force_q(counted_day), organisation__isnull=False)
    return _count_by_fields(members, "organisation__areas")


def _count_by_fields(memberships: QuerySet[Membership], *fields: str) -> Counter[Any]:
    """How many rows have the same value in this field, or the same values in these."""
    counted = memberships.order_by().values_list(*fields).annotate(number=Number("pk"))
    return Counter({tuple(values) if len(values) > 1 else values[0]: number for *values, number in counted})


def _sum_counts_by_key[K](counts_by_key: Iterable[tuple[K, int]]) -> Counter[K]:
    summed: Counter[K] = Counter()
    for value, number in counts_by_key:
        summed[value] += number
    return summed


def get_begun_memberships(coalition: Coalition) -> QuerySet[Membership]:
    """Those that are or were in force: what was declined or withdrawn before it began never was a membership."""
    begun = Q(standing=Membership.Standing.ACTIVE) | Q(starts_on__isnull=False) | Q(ends_on__isnull=False)
    return Membership.objects.filter(begun, coalition=coalition, standing__in=BELONGING_MEMBERSHIP_STANDINGS)


def build_count_rows(value_choices: Iterable[tuple[Any, object]], count_by_value: Counter[Any]) -> list[CountRow]:
    """In the order of the choices. “Unknown” stands last, and only where there is any."""
    each = choose_bead_value(count_by_value.values())
    draw: Callable[[int], BeadRow] = lambda number: draw_bead_row(number, bead_value=each)  # noqa: E731 - bound to `each`
    rows = [
        CountRow(value, str(name), count_by_value[value], draw(count_by_value[value])) for value, name in value_choices
    ]
    return [row for row in rows if row.number or row.value not in (RegionalGroup.UNKNOWN, StakeholderGroup.OTHER)]
