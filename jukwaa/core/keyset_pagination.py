"""Keyset pagination: each page of a long list begins where the one before it ended.

Unlike an offset, a place in the order costs the same on page 500 as on page 2. An address names it by the number of a
row: `?after=12`, or `?before=12` for the page before that row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.expressions import Expression, OrderBy
from django.http import HttpRequest

from jukwaa.core.prepared import QueryParameter

ROWS_PER_KEYSET_PAGE = 20
KEY_SEPARATOR = "~"  # in addresses of earlier versions, which had all keys of a row and its number as the last one

# Names as in `order_by`, or expressions that are never NULL, such as `Lower("name").desc()`; "pk" at the end.
type Order = Sequence[str | Expression]


@dataclass(frozen=True)
class PageCursor:
    """Where a page begins: before a row or after it; with neither, it is the first page."""

    before: int | None = None
    after: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        before = _parse_row_number(request, "before")
        return cls(before, None if before is not None else _parse_row_number(request, "after"))

    @property
    def opened(self) -> Iterator[QueryParameter | None]:
        """`before` and `after` for a prepared query, whose wording does not depend on them."""
        return (QueryParameter(pk) if pk is not None else None for pk in (self.before, self.after))


@dataclass(frozen=True)
class KeysetPage[M: models.Model]:
    """Some rows, and the numbers that lead to those before and after them."""

    rows: list[M]
    is_first: bool
    before: int | None = None
    after: int | None = None


def get_page[M: models.Model](
    rows: models.QuerySet[M], page_order: Order, page_cursor: PageCursor, *, size: int = ROWS_PER_KEYSET_PAGE
) -> KeysetPage[M]:
    """Return the page at a place of the list in this order."""
    return build_keyset_page(
        list(filter_page_rows(rows, page_order, page_cursor.before, page_cursor.after, size=size)),
        page_cursor,
        size=size,
    )


def filter_page_rows[M: models.Model](
    rows: models.QuerySet[M],
    page_order: Order,
    before_id: int | None,
    after_id: int | None,
    *,
    size: int = ROWS_PER_KEYSET_PAGE,
) -> models.QuerySet[M]:
    """Return the rows of a page, those nearest to its place first, and one more if another page follows."""
    backwards = before_id is not None
    return filter_from_row(rows, page_order, before_id if backwards else after_id, backwards=backwards)[: size + 1]


def build_keyset_page[M: models.Model](
    found_rows: list[M], page_cursor: PageCursor, *, size: int = ROWS_PER_KEYSET_PAGE
) -> KeysetPage[M]:
    """Return the page that the rows of `filter_page_rows` are."""
    rows, more = found_rows[:size], len(found_rows) > size
    if page_cursor.before is not None:
        rows = rows[::-1]
        return KeysetPage(rows, not more, rows[0].pk if more else None, rows[-1].pk if rows else page_cursor.before)
    before = rows[0].pk if rows and page_cursor.after is not None else None
    return KeysetPage(rows, page_cursor.after is None, before, rows[-1].pk if more else None)


def filter_from_row[M: models.Model](
    rows: models.QuerySet[M], page_order: Order, pk: Any = None, *, backwards: bool = False, including: bool = False
) -> models.QuerySet[M]:
    """Return the rows that come after the one of this number, or all of them, sorted; `including` keeps that row."""
    keys = [_SortKey.of(number, key, is_right_to_left=backwards) for number, key in enumerate(page_order)]
    rows = rows.alias(**{key.name: key.value for key in keys if isinstance(key.value, Expression)})
    if pk is not None:
        rows = rows.filter(_build_beyond_q(rows.model, keys, pk, includes_row=including))
    return rows.order_by(*[f"-{key.name}" if key.is_descending else key.name for key in keys])


@dataclass(frozen=True)
class _SortKey:
    name: str
    value: Any
    is_descending: bool

    @classmethod
    def of(cls, number: int, key: str | Expression, *, is_right_to_left: bool) -> Self:
        if isinstance(key, OrderBy):
            return cls(f"key_{number}", key.expression, key.descending != is_right_to_left)
        if isinstance(key, str):
            return cls(key.lstrip("-"), F(key.lstrip("-")), key.startswith("-") != is_right_to_left)
        return cls(f"key_{number}", key, is_right_to_left)


def _build_beyond_q(model: type[models.Model], keys: Sequence[_SortKey], pk: Any, *, includes_row: bool) -> Q:
    """Written so that an index on the first key can start there: key >= K and (key > K or the next key is beyond)."""
    beyond = Q()
    for key in reversed(keys):
        way = "lt" if key.is_descending else "gt"
        there = model._default_manager.filter(pk=pk).values(value_there=key.value)  # noqa: SLF001 - public by Django's word
        value = pk if key.name == "pk" else Subquery(there[:1])
        up_to_it, past_it = Q(**{f"{key.name}__{way}e": value}), Q(**{f"{key.name}__{way}": value})
        at_last = up_to_it if includes_row else past_it
        beyond = up_to_it & (past_it | beyond) if beyond else at_last
    return beyond


def _parse_row_number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "").rpartition(KEY_SEPARATOR)[2]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None  # noqa: PLR2004 - what a bigint holds
