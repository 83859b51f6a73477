"""One thing on the desk, which each part of Jukwaa makes in its own module; and how all that waits is read at once.

A source says what it looks for (`Waits`) and does not ask the database itself: what all of them look for is one query,
so that a desk costs the same for a person with every role and for one with none. That query is put together once for
all who have the same roles, and as many organisations: to word it takes longer than to answer it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import Open, prepared

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

    tell: str  # who tells it: a name in TELLERS
    pk: int
    of: int  # on whose page it stands, where that is not its own
    title: str
    more: str
    due: date | None
    day: date | None  # another day that is told, or that says how it stands
    number: int  # of things that are told as one


type Tell = Callable[[Standing, Row], Item | None]
type Source = Callable[[Standing], Iterator[Waits]]

TELLERS: dict[str, Tell] = {}  # a query that was put together once knows them by name


def teller(tell: Tell) -> Tell:
    TELLERS[_name(tell)] = tell
    return tell


def _name(tell: Tell) -> str:
    return f"{tell.__module__}.{tell.__name__}"


@dataclass(frozen=True)
class Waits:
    """Rows to be looked for, soonest first, with what of each is told, and by whom (a `teller`)."""

    found: QuerySet[Any]
    tell: Tell
    of: Column = "pk"
    title: Column = NOTHING
    more: Column = NOTHING
    due: Column = NO_DAY
    day: Column = NO_DAY
    counted_by: str = ""  # those that have the same number here are told as one

    def rows(self) -> QuerySet[Any, Any]:
        keys = (self.counted_by, self.counted_by) if self.counted_by else ("pk", self.of)
        columns = [F(each) if isinstance(each, str) else each for each in (*keys, self.title, self.more)]
        days = [Cast(each, DateField()) for each in (self.due, self.day)]
        number = Count("pk") if self.counted_by else Value(1)
        rows = self.found.order_by() if self.counted_by else self._soonest()
        told: QuerySet[Any, Any] = rows.values_list(Value(_name(self.tell)), *columns, *days).annotate(n=number)
        return told

    def _soonest(self) -> QuerySet[Any]:
        """SQLite takes a limit in a part of a union only where it is the part of a condition."""
        every: QuerySet[Any] = self.found.model._default_manager.order_by()  # noqa: SLF001 - public by Django's word
        return every.filter(pk__in=self.found.values("pk")[:LIMIT])


def found(standing: Standing, sources: tuple[Source, ...]) -> Iterator[Item]:
    """What waits for the viewer: one query for all sources."""
    ties = standing.affiliations
    says = tuple(tie.may_speak for tie in ties)
    given = (standing.viewer, standing.coalition, Open(standing.moment), standing.roles, standing.has_seat, says)
    for row in prepared(_looked_for, sources, *given, *(tie.organisation for tie in ties)):
        told = Row(*row)
        if item := TELLERS[told.tell](standing, told):
            yield item


def _looked_for(
    sources: tuple[Source, ...],
    viewer: Person,
    coalition: Coalition,
    moment: datetime,
    roles: frozenset[str],
    has_seat: bool,  # noqa: FBT001 - `prepared` gives by place
    says: tuple[bool, ...],
    *organisations: Organisation,
) -> QuerySet[Any, Any]:
    """With stand-ins for those who look: see `core/prepared.py`."""
    standing = Standing.known(coalition, viewer, roles, has_seat=has_seat)
    standing.moment = moment
    standing.affiliations = [
        Affiliation(organisation=organisation, may_speak=may_speak)
        for organisation, may_speak in zip(organisations, says, strict=True)
    ]
    parts = [waits.rows() for source in sources for waits in source(standing)]
    return parts[0].union(*parts[1:], all=True).order_by()
