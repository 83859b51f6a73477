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


@dataclass(frozen=True)
class Total:
    """How many there are, counted no further than a thousand."""

    number: int
    is_more: bool

    @classmethod
    def of(cls, rows: models.QuerySet[Any]) -> Self:
        counted = rows.order_by().values("pk")[: MANY + 1].count()
        return cls(min(counted, MANY), counted > MANY)

    def __str__(self) -> str:
        """As it stands in a sentence."""
        number = intcomma(self.number)
        return _("%(n)s and more") % {"n": number} if self.is_more else number


def key_page[M: models.Model](
    rows: models.QuerySet[M], *, by: Any, request: HttpRequest, size: int = PAGE
) -> KeyPage[M]:
    """The page that `?after=` or `?before=` (the id of a row) leads to, sorted by `by`, then by id."""
    by = F(by) if isinstance(by, str) else by
    keyed = rows.alias(page_key=by)
    if (before := _number(request, "before")) is not None:
        found = list(keyed.filter(_beyond(rows.model, by, before, "lt")).order_by("-page_key", "-pk")[: size + 1])
        shown = found[:size][::-1]
        return KeyPage(shown, shown[0].pk if len(found) > size else None, before if not shown else shown[-1].pk)
    after = _number(request, "after")
    if after is not None:
        keyed = keyed.filter(_beyond(rows.model, by, after, "gt"))
    found = list(keyed.order_by("page_key", "pk")[: size + 1])
    shown = found[:size]
    return KeyPage(shown, shown[0].pk if shown and after else None, shown[-1].pk if len(found) > size else None)


def _beyond(model: type[models.Model], by: Any, pk: int, way: str) -> Q:
    """Written so that an index on the key can start there: key >= K and (key > K or id > its id)."""
    key = Subquery(model._default_manager.filter(pk=pk).values(at=by)[:1])  # noqa: SLF001 - public by Django's word
    further = Q(**{f"page_key__{way}": key}) | Q(**{f"pk__{way}": pk})
    return Q(**{f"page_key__{way}e": key}) & further


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None  # noqa: PLR2004 - what a bigint holds
