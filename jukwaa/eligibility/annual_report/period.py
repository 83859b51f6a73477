"""The year that a report is about, as conditions on days and moments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.times import is_known_time_zone


@dataclass(frozen=True)
class ReportPeriod:
    """A year of a coalition, in its time zone. The present year ends today."""

    coalition: Coalition
    year: int
    today: date
    time_zone: str

    @classmethod
    def of_year(cls, coalition: Coalition, year: int, today: date | None = None) -> Self:
        return cls(coalition, year, today or timezone.localdate(), coalition.time_zone)

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return min(date(self.year, 12, 31), self.today)

    @property
    def is_over(self) -> bool:
        return self.year < self.today.year

    def build_day_condition(self, field_name: str) -> Q:
        """Return the condition that the day of this name lies in the period."""
        return Q(**{f"{field_name}__gte": self.first_day, f"{field_name}__lte": self.last_day})

    def build_moment_condition(self, field_name: str) -> Q:
        """Return the condition that the moment of this name lies in the year."""
        return Q(
            **{
                f"{field_name}__gte": self._get_year_start(self.year),
                f"{field_name}__lt": self._get_year_start(self.year + 1),
            }
        )

    def _get_year_start(self, year: int) -> datetime:
        zone = self.time_zone if is_known_time_zone(self.time_zone) else "UTC"
        return datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
