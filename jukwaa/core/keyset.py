"""Pages that stay where they are while the list grows: each begins after the last row of the one before.

Unlike an offset, a place in the order costs the same on page 500 as on page 2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q

SIZE = 20
BETWEEN = "~"


@dataclass(frozen=True)
class Key:
    """One of the columns that a list is ordered by, and how its value is read back from an address."""

    name: str
    read: Callable[[str], Any]
    descending: bool = False

    def of(self, row: models.Model) -> object:
        return attrgetter(self.name.replace("__", "."))(row)


@dataclass(frozen=True)
class Page[M: models.Model]:
    rows: list[M]
    is_first: bool
    after: str  # where the next page begins; empty on the last


def page_after[M: models.Model](
    queryset: models.QuerySet[M], keys: Sequence[Key], after: str, *, size: int = SIZE
) -> Page[M]:
    """The rows that come after `after`. A place that can't be read is taken for the beginning."""
    return page_of(list(up_to_page(queryset, keys, after, size=size)), keys, after, size=size)


def up_to_page[M: models.Model](
    queryset: models.QuerySet[M], keys: Sequence[Key], after: str, *, size: int = SIZE
) -> models.QuerySet[M]:
    """The rows of a page, and one more that tells whether another page follows."""
    return in_order(queryset, keys, after)[: size + 1]


def page_of[M: models.Model](rows: list[M], keys: Sequence[Key], after: str, *, size: int = SIZE) -> Page[M]:
    """The page that these rows are, with one more if another follows."""
    more = len(rows) > size
    rows = rows[:size]
    last = BETWEEN.join(str(key.of(rows[-1])) for key in keys) if more else ""
    return Page(rows=rows, is_first=_read(keys, after) is None, after=last)


def in_order[M: models.Model](
    queryset: models.QuerySet[M], keys: Sequence[Key], after: str, *, including: bool = False
) -> models.QuerySet[M]:
    """All rows from `after` on, sorted. A place of more keys is read as far as these go; `including` keeps its row."""
    place = _read(keys, BETWEEN.join(after.split(BETWEEN)[: len(keys)]) if including else after)
    if place is not None:
        queryset = queryset.filter(_beyond(keys, place, including=including))
    return queryset.order_by(*[f"-{key.name}" if key.descending else key.name for key in keys])


def _read(keys: Sequence[Key], after: str) -> list[Any] | None:
    words = after.split(BETWEEN)
    if len(words) != len(keys):
        return None
    try:
        return [key.read(word) for key, word in zip(keys, words, strict=True)]
    except ValueError:
        return None


def _beyond(keys: Sequence[Key], place: Sequence[Any], *, including: bool) -> Q:
    """(a beyond A) or (a = A and b beyond B) or ..."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        step = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
        beyond |= equal & step
        equal &= Q(**{key.name: value})
    return beyond | equal if including else beyond
