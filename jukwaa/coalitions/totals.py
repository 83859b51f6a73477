"""How many rows there are, counted no further than a thousand."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import models
from django.utils.translation import gettext as _

MAX_COUNTED_ROWS = 1000


def limit_counted_rows(counted_rows: models.QuerySet[Any]) -> models.QuerySet[Any, int]:
    """The numbers of the rows, as many as are counted."""
    return counted_rows.order_by().values_list("pk", flat=True)[: MAX_COUNTED_ROWS + 1]


@dataclass(frozen=True)
class CappedTotal:
    """How many there are, counted no further than a thousand."""

    number: int
    is_more: bool

    @classmethod
    def of(cls, counted_rows: models.QuerySet[Any]) -> Self:
        return cls.counted(limit_counted_rows(counted_rows).count())

    @classmethod
    def counted(cls, count: int) -> Self:
        return cls(min(count, MAX_COUNTED_ROWS), count > MAX_COUNTED_ROWS)

    def __str__(self) -> str:
        """As it stands in a sentence."""
        number = intcomma(self.number)
        return _("more than %(n)s") % {"n": number} if self.is_more else number
