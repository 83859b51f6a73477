"""What has a date: each app registers its sources in its `calendar.py`, and the calendar and its feeds show them all.

A source reads what its viewer may read, in a number of queries that does not grow, and gives plain values.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.core.registry import Registry
from jukwaa.records.models import Record


@dataclass(frozen=True, kw_only=True)
class CalendarItem:
    """Something on one day or several. `uid` stays while everything else of it may change, and `change` counts that.

    `record` is what it is about: who may read it, its label and its areas of work are those of the record. What is no
    record says when it was added; its source shows it to nobody who may not read it.
    """

    uid: str
    kind: str  # the name of its source
    title: str
    first: date
    last: date
    address: Callable[[], str]  # where it is read; asked only for what is shown
    record: Record | None = None
    added_at: datetime | None = None
    countries: tuple[str, ...] = ()
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_end_time_known: bool = True  # otherwise `ends_at` is the end of the last day
    time_zone: str = "UTC"
    is_off: bool = False
    change: int = 0

    @property
    def path(self) -> str:
        return self.address()

    @property
    def visible_since(self) -> datetime | None:
        return self.record.published_at if self.record is not None else self.added_at

    @property
    def language(self) -> str:
        return self.record.language if self.record is not None else ""

    @property
    def spans_several_days(self) -> bool:
        return self.last > self.first

    @property
    def label(self) -> str | Promise:
        """What its source calls it, such as the last day for inputs."""
        return date_source_registry[self.kind].label

    @property
    def takes_time(self) -> bool:
        return date_source_registry[self.kind].takes_time

    @property
    def entry_title(self) -> str:
        """The title as it stands alone, in a calendar program: a deadline says what it is."""
        deadline = date_source_registry[self.kind].deadline
        return _("%(deadline)s: %(title)s") % {"deadline": deadline, "title": self.title} if deadline else self.title

    @property
    def file_arguments(self) -> tuple[str, str, str]:
        """The day, the source and the number by which the address of its calendar file names it."""
        source, _dash, number = self.uid.rpartition("-")
        return self.first.isoformat(), source, number


@dataclass(frozen=True)
class CalendarWindow:
    """Whose days are asked for, and by whom; of `most`, no source need read more than so many, the earliest."""

    coalition: Coalition
    viewer: Viewer
    first: date
    last: date
    most: int | None = None

    def read[Row](
        self,
        build_queryset: Callable[..., QuerySet[Any, Row]],
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> list[Row]:
        """Return the rows of `make(viewer, coalition, first, last, most)`; the days may be moments as well."""
        days = QueryParameter(first_day or self.first), QueryParameter(last_day or self.last)
        return execute_prepared(build_queryset, self.viewer, self.coalition, *days, self.most)


type Find = Callable[[CalendarWindow], Iterable[CalendarItem]]


@dataclass(frozen=True)
class DateSource:
    """`find` may be the same function for several sources, which is then called once.

    `deadline` says what ends on the day, such as "Last day for inputs"; it stands before the title.
    """

    label: str | Promise
    find: Find
    deadline: str | Promise = ""

    @property
    def takes_time(self) -> bool:
        """Whether one goes there; a deadline is only kept in mind."""
        return not self.deadline


date_source_registry: Registry[str, DateSource] = Registry("sources of dates")


def list_calendar_items(
    calendar_window: CalendarWindow, source_names: Iterable[str] | None = None
) -> list[CalendarItem]:
    """Return the items of all sources, or of those named, in the window, sorted by day and hour."""
    wanted = set(date_source_registry) if source_names is None else set(source_names)
    finds = dict.fromkeys(source.find for name, source in date_source_registry.items() if name in wanted)
    return sorted((each for find in finds for each in find(calendar_window) if each.kind in wanted), key=_get_sort_key)


def _get_sort_key(calendar_item: CalendarItem) -> tuple[object, ...]:
    return (
        calendar_item.first,
        calendar_item.starts_at.isoformat() if calendar_item.starts_at else "",
        calendar_item.last,
        calendar_item.title,
        calendar_item.uid,
    )
