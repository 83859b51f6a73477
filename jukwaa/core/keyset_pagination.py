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
CURSOR_KEY_SEPARATOR = (
    "~"  # in addresses of earlier versions, which had all keys of a row and its number as the last one
)

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
    page_rows: models.QuerySet[M], page_order: Order, page_cursor: PageCursor, *, page_size: int = ROWS_PER_KEYSET_PAGE
) -> KeysetPage[M]:
    """Return the page at a place of the list in this order."""
    return build_keyset_page(
        list(filter_page_rows(page_rows, page_order, page_cursor.before, page_cursor.after, page_size=page_size)),
        page_cursor,
        page_size=page_size,
    )


def filter_page_rows[M: models.Model](
    page_rows: models.QuerySet[M],
    page_order: Order,
    before_id: int | None,
    after_id: int | None,
    *,
    page_size: int = ROWS_PER_KEYSET_PAGE,
) -> models.QuerySet[M]:
    """Return the rows of a page, those nearest to its place first, and one more if another page follows."""
    backwards = before_id is not None
    return filter_from_row(page_rows, page_order, before_id if backwards else after_id, goes_backwards=backwards)[
        : page_size + 1
    ]


def build_keyset_page[M: models.Model](
    found_rows: list[M], page_cursor: PageCursor, *, page_size: int = ROWS_PER_KEYSET_PAGE
) -> KeysetPage[M]:
    """Return the page that the rows of `filter_page_rows` are."""
    rows, more = found_rows[:page_size], len(found_rows) > page_size
    if page_cursor.before is not None:
        rows = rows[::-1]
        return KeysetPage(rows, not more, rows[0].pk if more else None, rows[-1].pk if rows else page_cursor.before)
    before = rows[0].pk if rows and page_cursor.after is not None else None
    return KeysetPage(rows, page_cursor.after is None, before, rows[-1].pk if more else None)


def filter_from_row[M: models.Model](
    page_rows: models.QuerySet[M],
    page_order: Order,
    pk: Any = None,
    *,
    goes_backwards: bool = False,
    includes_start_row: bool = False,
) -> models.QuerySet[M]:
    """Return the rows after the one of this number, or all of them, sorted; `includes_start_row` keeps that row."""
    keys = [_SortKey.of(number, key, is_right_to_left=goes_backwards) for number, key in enumerate(page_order)]
    page_rows = page_rows.alias(**{key.name: key.value for key in keys if isinstance(key.value, Expression)})
    if pk is not None:
        page_rows = page_rows.filter(
            _build_after_row_condition(page_rows.model, keys, pk, includes_row=includes_start_row)
        )
    return page_rows.order_by(*[f"-{key.name}" if key.is_descending else key.name for key in keys])


@dataclass(frozen=True)
class _SortKey:
    name: str
    value: Any
    is_descending: bool

    @classmethod
    def of(cls, shown_number: int, sort_key: str | Expression, *, is_right_to_left: bool) -> Self:
        if isinstance(sort_key, OrderBy):
            return cls(f"key_{shown_number}", sort_key.expression, sort_key.descending != is_right_to_left)
        if isinstance(sort_key, str):
            return cls(sort_key.lstrip("-"), F(sort_key.lstrip("-")), sort_key.startswith("-") != is_right_to_left)
        return cls(f"key_{shown_number}", sort_key, is_right_to_left)


def _build_after_row_condition(
    row_model: type[models.Model], sort_keys: Sequence[_SortKey], pk: Any, *, includes_row: bool
) -> Q:
    """Written so that an index on the first key can start there: key >= K and (key > K or the next key is beyond)."""
    beyond = Q()
    for key in reversed(sort_keys):
        way = "lt" if key.is_descending else "gt"
        there = row_model._default_manager.filter(pk=pk).values(value_there=key.value)  # noqa: SLF001 - public by Django's word
        value = pk if key.name == "pk" else Subquery(there[:1])
        up_to_it, past_it = Q(**{f"{key.name}__{way}e": value}), Q(**{f"{key.name}__{way}": value})
        at_last = up_to_it if includes_row else past_it
        beyond = up_to_it & (past_it | beyond) if beyond else at_last
    return beyond


def _parse_row_number(request: HttpRequest, parameter_name: str) -> int | None:
    text = request.GET.get(parameter_name, "").rpartition(CURSOR_KEY_SEPARATOR)[2]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None  # noqa: PLR2004 - what a bigint holds
