"""Counting members. Organisations are counted as they are; people on their own never by country, and folded below five.

A membership counts on a day if it was active then: it began on or before it (or nobody knows when), and had not ended.
"Unknown" is counted and shown like any other value.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership
from jukwaa.places.pictures import BeadRow, beads_stand_for, tally_bar
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

BELONGED = (Membership.Standing.ACTIVE, Membership.Standing.LEFT)


@dataclass(frozen=True)
class Count:
    """One row of a table: a value, its name, the number, and the number as beads."""

    value: str
    name: str
    number: int
    beads: BeadRow


@dataclass(frozen=True)
class Year:
    """Member organisations on the last day of a year (or today), by regional group in the order of the groups."""

    year: int
    number: int
    by_region: tuple[int, ...]


@dataclass
class Representation:
    """Everything is counted from one reading of the memberships: three queries, however many there are."""

    coalition: Coalition
    day: date

    @cached_property
    def memberships(self) -> list[Membership]:
        areas = Prefetch("organisation__areas", AreaOfWork.objects.order_by("scheme", "position"))
        rows = Membership.objects.filter(coalition=self.coalition, standing__in=BELONGED)
        return list(rows.filter(_begun()).select_related("organisation").prefetch_related(areas))

    def on(self, day: date) -> list[Membership]:
        return [row for row in self.memberships if _active(row, day)]

    @cached_property
    def organisations(self) -> list[Membership]:
        return [row for row in self.on(self.day) if row.organisation_id is not None]

    @cached_property
    def people(self) -> list[Membership]:
        return [row for row in self.on(self.day) if row.organisation_id is None]

    @property
    def by_country(self) -> Counter[str]:
        return Counter(row.organisation.country for row in self.organisations if row.organisation.country)  # type: ignore[union-attr]  # these have one

    @property
    def without_country(self) -> int:
        return len(self.organisations) - sum(self.by_country.values())

    @cached_property
    def by_region(self) -> list[Count]:
        return _counts(RegionalGroup.choices, (row.organisation.regional_group for row in self.organisations))  # type: ignore[union-attr]  # these have one

    @cached_property
    def by_stakeholder(self) -> list[Count]:
        return _counts(StakeholderGroup.choices, (row.organisation.stakeholder_group for row in self.organisations))  # type: ignore[union-attr]  # these have one

    @cached_property
    def by_area(self) -> list[Count]:
        """An organisation works in several areas: the numbers don't add up to the members."""
        areas = AreaOfWork.objects.filter(coalition=self.coalition, scheme=AreaOfWork.Scheme.COALITION)
        choices = [(str(area.pk), area.name) for area in areas]
        numbers = (str(area.pk) for row in self.organisations for area in row.organisation.areas.all())  # type: ignore[union-attr]  # these have one
        return _counts(choices, numbers)

    @cached_property
    def matrix(self) -> list[tuple[str, list[int], int]]:
        """Stakeholder groups by regional groups: name, a number for each region, the sum."""
        cells = Counter(
            (row.organisation.stakeholder_group, row.organisation.regional_group)  # type: ignore[union-attr]  # these have one
            for row in self.organisations
        )
        rows = []
        for stakeholder, name in StakeholderGroup.choices:
            numbers = [cells[stakeholder, region] for region in RegionalGroup.values]
            rows.append((str(name), numbers, sum(numbers)))
        return rows

    @cached_property
    def years(self) -> list[Year]:
        """From the first year that any membership names; empty where none does."""
        begun = [row.starts_on.year for row in self.memberships if row.starts_on and row.organisation_id]
        return [self._year(year) for year in range(min(begun), self.day.year + 1)] if begun else []

    def _year(self, year: int) -> Year:
        day = min(date(year, 12, 31), self.day)
        rows = [row for row in self.on(day) if row.organisation_id is not None]
        regions = Counter(row.organisation.regional_group for row in rows)  # type: ignore[union-attr]  # these have one
        return Year(year, len(rows), tuple(regions[region] for region in RegionalGroup.values))


def represent(coalition: Coalition, day: date | None = None) -> Representation:
    return Representation(coalition, day or timezone.localdate())


def _begun() -> Q:
    """What was declined or withdrawn before it began never was a membership."""
    return Q(standing=Membership.Standing.ACTIVE) | Q(starts_on__isnull=False) | Q(ends_on__isnull=False)


def _active(row: Membership, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on >= day)


def _counts(choices: Iterable[tuple[str, object]], values: Iterable[str]) -> list[Count]:
    """In the order of the choices. “Unknown” stands last, and only where there is any."""
    numbers = Counter(values)
    each = beads_stand_for(numbers.values())
    draw: Callable[[int], BeadRow] = lambda number: tally_bar(number, stands_for=each)  # noqa: E731 - bound to `each`
    rows = [Count(value, str(name), numbers[value], draw(numbers[value])) for value, name in choices]
    return [row for row in rows if row.number or row.value not in (RegionalGroup.UNKNOWN, StakeholderGroup.OTHER)]
