"""What has a date: each app registers its own source when it is ready, and the calendar and its feeds show them all.

A source reads what its viewer may read, in a number of queries that does not grow, and gives plain values.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.records.models import Record


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something on one day or several. `uid` stays while everything else of it may change, and `change` counts that.

    `record` is what it is about: who may read it, its label and its areas of work are those of the record.
    """

    uid: str
    kind: str  # the name of its source
    title: str
    first: date
    last: date
    path: str
    record: Record
    countries: tuple[str, ...] = ()
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = "UTC"
    is_off: bool = False
    takes_time: bool = True  # one goes there; a deadline is only kept in mind
    change: int = 0

    @property
    def lasts(self) -> bool:
        return self.last > self.first


@dataclass(frozen=True)
class Window:
    """Whose days are asked for, and by whom."""

    coalition: Coalition
    viewer: Viewer
    first: date
    last: date


type Find = Callable[[Window], Iterable[Dated]]


@dataclass(frozen=True)
class Source:
    name: str
    label: str | Promise
    find: Find = field(compare=False)


_SOURCES: dict[str, Source] = {}


def register(name: str, label: str | Promise, find: Find) -> None:
    """Raises ValueError if two apps claim one name."""
    if name in _SOURCES and _SOURCES[name].find != find:
        raise ValueError(f"Two sources of dates are called {name}.")
    _SOURCES[name] = Source(name, label, find)


def sources() -> list[Source]:
    return list(_SOURCES.values())


def label_of(name: str) -> str | Promise:
    return _SOURCES[name].label


def dated(window: Window, names: Iterable[str] | None = None) -> list[Dated]:
    """All that falls into the window, of all sources or of those named, by day and hour."""
    wanted = None if names is None else set(names)
    found = [each for source in sources() if wanted is None or source.name in wanted for each in source.find(window)]
    return sorted(found, key=_by_time)


def _by_time(each: Dated) -> tuple[object, ...]:
    return each.first, each.starts_at.isoformat() if each.starts_at else "", each.last, each.title, each.uid
