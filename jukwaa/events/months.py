"""A month of the calendar, laid out by weeks; and what narrows it."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from django.http import QueryDict
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.events.calendar_sources import Dated, Window, dated, sources
from jukwaa.places.countries import group_of
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Record
from jukwaa.search.narrowing import areas_of

FIRST_YEAR, YEARS_AHEAD = 1990, 10
WEEK = 7


@dataclass(frozen=True)
class Day:
    day: date
    is_of_month: bool
    is_today: bool
    rows: list[Dated]


@dataclass(frozen=True)
class Month:
    first: date

    @classmethod
    def asked(cls, text: str) -> Self:
        """From `2027-02`; the month of today where it says none that the calendar has."""
        today = timezone.localdate()
        try:
            year, month = (int(part) for part in text.split("-"))
            first = date(year, month, 1)
        except ValueError:
            return cls(today.replace(day=1))
        within = FIRST_YEAR <= first.year <= today.year + YEARS_AHEAD
        return cls(first if within else today.replace(day=1))

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def shown(self) -> tuple[date, date]:
        """From the Monday of its first week to the Sunday of its last one."""
        begin = self.first - timedelta(days=self.first.weekday())
        return begin, self.last + timedelta(days=WEEK - 1 - self.last.weekday())

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.last + timedelta(days=1):%Y-%m}"

    def days(self, rows: Iterable[Dated]) -> list[Day]:
        """What lasts several days stands on each of them."""
        begin, end = self.shown
        on: dict[date, list[Dated]] = defaultdict(list)
        for row in rows:
            for number in range((min(row.last, end) - max(row.first, begin)).days + 1):
                on[max(row.first, begin) + timedelta(days=number)].append(row)
        today = timezone.localdate()
        days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
        return [Day(day, day.month == self.first.month, day == today, on[day]) for day in days]


@dataclass(frozen=True)
class Narrowed:
    """By kind, by area of work, and by region. Empty means all."""

    kind: str = ""
    area: str = ""
    region: str = ""

    @classmethod
    def asked(cls, query: QueryDict, coalition: Coalition) -> Self:
        """What is no kind, area or region here narrows nothing."""
        kinds = set(sources)
        kind, area, region = (query.get(name, "") for name in ("kind", "area", "region"))
        areas = {str(each.pk) for each in areas_of(coalition)} if area else set()
        return cls(
            kind if kind in kinds else "",
            area if area in areas else "",
            region if region in RegionalGroup.values else "",
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.area or self.region)

    def address(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


def found(window: Window, narrowed: Narrowed) -> list[Dated]:
    """All of the window that the narrowing leaves: one query more where an area is chosen."""
    if narrowed.region or narrowed.area:  # these leave out what was read
        window = replace(window, most=None)
    rows = dated(window, [narrowed.kind] if narrowed.kind else None)
    if narrowed.region:
        rows = [row for row in rows if any(group_of(code) == narrowed.region for code in row.countries)]
    if narrowed.area:
        of_area = Record.areas.through.objects.filter(areaofwork=int(narrowed.area))
        numbers = set(of_area.values_list("record", flat=True))
        rows = [row for row in rows if row.record is not None and row.record.pk in numbers]
    return rows
