"""Pages by key: a page far down a long list costs what the first one costs."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import models
from django.db.models import F, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

PAGE = 20
MANY = 1000


@dataclass(frozen=True)
class KeyPage[M: models.Model]:
    """Some rows, and the keys that lead to those before and after them."""

    rows: list[M]
    before: int | None = None
    after: int | None = None

    @property
    def is_first(self) -> bool:
        return self.before is None


def up_to_many(rows: models.QuerySet[Any]) -> models.QuerySet[Any, int]:
    """The numbers of the rows, as many as are counted."""
    return rows.order_by().values_list("pk", flat=True)[: MANY + 1]


@dataclass(frozen=True)
class Total:
    """How many there are, counted no further than a thousand."""

    number: int
    is_more: bool

    @classmethod
    def of(cls, rows: models.QuerySet[Any]) -> Self:
        return cls.counted(up_to_many(rows).count())

    @classmethod
    def counted(cls, number: int) -> Self:
        return cls(min(number, MANY), number > MANY)

    def __str__(self) -> str:
        """As it stands in a sentence."""
        number = intcomma(self.number)
        return _("%(n)s and more") % {"n": number} if self.is_more else number


@dataclass(frozen=True)
class Place:
    """Which page of a list an address leads to: the one before a row, or after it; neither is the first."""

    before: int | None = None
    after: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        before = _number(request, "before")
        return cls(before, None if before is not None else _number(request, "after"))


def key_page[M: models.Model](
    rows: models.QuerySet[M], *, by: Any, request: HttpRequest, size: int = PAGE
) -> KeyPage[M]:
    """The page that `?after=` or `?before=` (the id of a row) leads to, sorted by `by`, then by id."""
    place = Place.of(request)
    return page_of(list(rows_at(place.before, place.after, rows, by=by, size=size)), place, size=size)


def rows_at[M: models.Model](
    before: int | None, after: int | None, rows: models.QuerySet[M], *, by: Any, size: int = PAGE
) -> models.QuerySet[M]:
    """The rows of the page, those nearest to the place first, and one more if another page follows."""
    by = F(by) if isinstance(by, str) else by
    keyed = rows.alias(page_key=by)
    if before is not None:
        nearest = keyed.filter(_beyond(rows.model, by, before, "lt")).order_by("-page_key", "-pk")
    elif after is not None:
        nearest = keyed.filter(_beyond(rows.model, by, after, "gt")).order_by("page_key", "pk")
    else:
        nearest = keyed.order_by("page_key", "pk")
    return nearest[: size + 1]  # type: ignore[return-value]  # the stubs lose the model at a slice


def page_of[M: models.Model](found: list[M], place: Place, *, size: int = PAGE) -> KeyPage[M]:
    """The page that the rows of `rows_at` are."""
    shown, more = found[:size], len(found) > size
    if place.before is not None:
        shown = shown[::-1]
        return KeyPage(shown, shown[0].pk if more else None, shown[-1].pk if shown else place.before)
    return KeyPage(shown, shown[0].pk if shown and place.after else None, shown[-1].pk if more else None)


def _beyond(model: type[models.Model], by: Any, pk: int, way: str) -> Q:
    """Written so that an index on the key can start there: key >= K and (key > K or id > its id)."""
    key = Subquery(model._default_manager.filter(pk=pk).values(key_there=by)[:1])  # noqa: SLF001 - public by Django's word
    further = Q(**{f"page_key__{way}": key}) | Q(**{f"pk__{way}": pk})
    return Q(**{f"page_key__{way}e": key}) & further


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None  # noqa: PLR2004 - what a bigint holds
