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
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, date_source_registry, list_calendar_items
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Record
from jukwaa.search.search_requests import load_areas_of_work

FIRST_YEAR, YEARS_AHEAD = 1990, 10
DAYS_IN_WEEK = 7
MAX_ITEMS_PER_DAY = 4  # as many as fit beside those of other days


@dataclass(frozen=True)
class CalendarDay:
    day: date
    is_of_month: bool
    is_today: bool
    rows: list[CalendarItem]

    @property
    def displayed_items(self) -> list[CalendarItem]:
        return self.rows[:MAX_ITEMS_PER_DAY]

    @property
    def hidden_item_count(self) -> int:
        """How many the month leaves out; the calendar as a list has them."""
        return len(self.rows) - len(self.displayed_items)


@dataclass(frozen=True)
class CalendarMonth:
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
    def last_day(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def displayed_period(self) -> tuple[date, date]:
        """From the Monday of its first week to the Sunday of its last one."""
        begin = self.first - timedelta(days=self.first.weekday())
        return begin, self.last_day + timedelta(days=DAYS_IN_WEEK - 1 - self.last_day.weekday())

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.last_day + timedelta(days=1):%Y-%m}"

    def days(self, calendar_items: Iterable[CalendarItem]) -> list[CalendarDay]:
        """What lasts several days stands on each of them."""
        begin, end = self.displayed_period
        on: dict[date, list[CalendarItem]] = defaultdict(list)
        for row in calendar_items:
            for number in range((min(row.last, end) - max(row.first, begin)).days + 1):
                on[max(row.first, begin) + timedelta(days=number)].append(row)
        today = timezone.localdate()
        days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
        return [CalendarDay(day, day.month == self.first.month, day == today, on[day]) for day in days]


@dataclass(frozen=True)
class CalendarFilter:
    """By kind, by area of work, and by region. Empty means all."""

    kind: str = ""
    area: str = ""
    region: str = ""

    @classmethod
    def asked(cls, query_data: QueryDict, coalition: Coalition) -> Self:
        """What is no kind, area or region here narrows nothing."""
        kinds = set(date_source_registry)
        kind, area, region = (query_data.get(name, "") for name in ("kind", "area", "region"))
        areas = {str(each.pk) for each in load_areas_of_work(coalition)} if area else set()
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


def find_calendar_items(calendar_window: CalendarWindow, calendar_filter: CalendarFilter) -> list[CalendarItem]:
    """Return the items of the window that pass the filter. Filtering by area costs one more query."""
    if (
        calendar_filter.region or calendar_filter.area or _is_read_with_other_kinds(calendar_filter.kind)
    ):  # leaves out what was read
        calendar_window = replace(calendar_window, most=None)  # these leave out what was read
    rows = list_calendar_items(calendar_window, [calendar_filter.kind] if calendar_filter.kind else None)
    if calendar_filter.region:
        rows = [
            row for row in rows if any(get_regional_group(code) == calendar_filter.region for code in row.countries)
        ]
    if calendar_filter.area:
        of_area = Record.areas.through.objects.filter(areaofwork=int(calendar_filter.area))
        numbers = set(of_area.values_list("record", flat=True))
        rows = [row for row in rows if row.record is not None and row.record.pk in numbers]
    return rows


def _is_read_with_other_kinds(kind: str) -> bool:
    """Whether the dates of a kind are read together with those of another one."""
    readers = [source.find for source in date_source_registry.values()]
    return bool(kind) and readers.count(date_source_registry[kind].find) > 1
