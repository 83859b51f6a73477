"""Pages that stay where they are while the list grows: each begins after the last row of the one before.

Unlike an offset, a place in the order costs the same on page 500 as on page 2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Page[M: models.Model]:
    rows: list[M]
    is_first: bool
    after: str  # where the next page begins; empty on the last


def page_after[M: models.Model](
    queryset: models.QuerySet[M], keys: Sequence[Key], after: str, *, size: int = SIZE
) -> Page[M]:
    """The rows that come after `after`. A place that can't be read is taken for the beginning."""
    place = _read(keys, after)
    if place is not None:
        queryset = queryset.filter(_beyond(keys, place))
    rows = list(queryset.order_by(*[f"-{key.name}" if key.descending else key.name for key in keys])[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    last = BETWEEN.join(str(getattr(rows[-1], key.name)) for key in keys) if more else ""
    return Page(rows=rows, is_first=place is None, after=last)


def _read(keys: Sequence[Key], after: str) -> list[Any] | None:
    words = after.split(BETWEEN)
    if len(words) != len(keys):
        return None
    try:
        return [key.read(word) for key, word in zip(keys, words, strict=True)]
    except ValueError:
        return None


def _beyond(keys: Sequence[Key], place: Sequence[Any]) -> Q:
    """(a beyond A) or (a = A and b beyond B) or ..."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        step = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
        beyond |= equal & step
        equal &= Q(**{key.name: value})
    return beyond
