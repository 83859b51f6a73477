"""One thing on the desk, which each part of Jukwaa makes in its own module; and how all that waits is read at once.

A source says what it looks for (`Waits`) and does not ask the database itself: what all of them look for is one query,
so that a desk costs the same for a person with every role and for one with none.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

LIMIT = 20  # of one source: the soonest of them
NOTHING = Value("")
NO_DAY = Value(None, output_field=DateField())

type Column = str | Combinable


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to do. `due` None means whenever it suits."""

    due: date | None = None
    deed: str
    why: str
    url: str
    is_urgent: bool = False  # stands before all that has a day

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        return self.due is not None and (self.due - timezone.localdate()).days <= 1


class Row(NamedTuple):
    """One thing that waits, as it was found."""

    place: int  # of what it was found by, among all that was looked for
    pk: int
    of: int  # on whose page it stands, where that is not its own
    title: str
    more: str
    due: date | None
    day: date | None  # another day that is told, or that says how it stands
    number: int  # of things that are told as one


@dataclass(frozen=True)
class Waits:
    """Rows to be looked for, soonest first, with what of each is told, and how."""

    found: QuerySet[Any]
    tell: Callable[[Row], Item | None]
    of: Column = "pk"
    title: Column = NOTHING
    more: Column = NOTHING
    due: Column = NO_DAY
    day: Column = NO_DAY
    counted_by: str = ""  # those that have the same number here are told as one

    def rows(self, place: int) -> QuerySet[Any, Any]:
        keys = (self.counted_by, self.counted_by) if self.counted_by else ("pk", self.of)
        columns = [F(each) if isinstance(each, str) else each for each in (*keys, self.title, self.more)]
        days = [Cast(each, DateField()) for each in (self.due, self.day)]
        number = Count("pk") if self.counted_by else Value(1)
        rows = self.found.order_by() if self.counted_by else self._soonest()
        told: QuerySet[Any, Any] = rows.values_list(Value(place), *columns, *days).annotate(n=number)
        return told

    def _soonest(self) -> QuerySet[Any]:
        """SQLite takes a limit in a part of a union only where it is the part of a condition."""
        every: QuerySet[Any] = self.found.model._default_manager.order_by()  # noqa: SLF001 - public by Django's word
        return every.filter(pk__in=self.found.values("pk")[:LIMIT])


def told(sources: Iterable[Item | Waits]) -> Iterator[Item]:
    """What the sources have ready, and what is found for them in one query."""
    asked = []
    for each in sources:
        if isinstance(each, Item):
            yield each
        else:
            asked.append(each)
    parts = [each.rows(place) for place, each in enumerate(asked)]
    if parts:
        for row in itertools.starmap(Row, parts[0].union(*parts[1:], all=True).order_by()):
            if item := asked[row.place].tell(row):
                yield item
