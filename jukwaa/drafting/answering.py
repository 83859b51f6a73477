"""The desk at which inputs are answered: which ones, clause by clause, and which of them say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from jukwaa.coalitions.paging import KeyPage, key_page
from jukwaa.drafting.likeness import alike
from jukwaa.drafting.models import Input, Text

WAITING, ANSWERED, ALL = "waiting", "answered", "all"
SHOWN = 20  # inputs of a clause on one page
WHOLE = 0  # in the place of a clause's number: about the text as a whole
OF_CLAUSE = Coalesce("clause__number", WHOLE)
SAID_BY = ("author", "capacity__person", "clause", "now_at", "wording")


@dataclass(frozen=True)
class Sought:
    """What the address of the desk asks for."""

    show: str = WAITING
    kind: str = ""
    consultation: int | None = None
    clause: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        show, kind = query.get("show", ""), query.get("kind", "")
        return cls(
            show if show in (ANSWERED, ALL) else WAITING,
            kind if kind in Input.Kind.values else "",
            _number(query.get("consultation", "")),
            _number(query.get("clause", "")),
        )

    def among(self, text: Text) -> QuerySet[Input]:
        """Those of every clause."""
        inputs = Input.objects.filter(text=text.pk)
        if self.consultation is not None:
            inputs = inputs.filter(consultation=self.consultation)
        if self.kind:
            inputs = inputs.filter(kind=self.kind)
        if self.show == WAITING:
            return inputs.waiting()
        return inputs.exclude(disposition="") if self.show == ANSWERED else inputs


@dataclass(frozen=True)
class Around:
    """How many there are, here and in all, and the clauses before and after this one that have some."""

    total: int
    here: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Desk:
    """The inputs at one clause, those that say nearly the same beside each other."""

    sought: Sought
    around: Around
    page: KeyPage[Input]
    groups: list[list[Input]]
    open: Input | None

    @property
    def clause(self) -> int:
        return self.sought.clause or WHOLE


def desk_of(text: Text, request: HttpRequest) -> Desk:
    """At most four queries, however many inputs there are."""
    sought = Sought.of(request.GET)
    inputs = sought.among(text)
    if sought.clause is None:
        sought = replace(sought, clause=inputs.aggregate(first=Min(OF_CLAUSE))["first"] or WHOLE)
    here = Q(clause__number=sought.clause) if sought.clause else Q(clause__isnull=True)
    rows = inputs.filter(here).select_related(*SAID_BY).prefetch_related("dispositions")
    page = key_page(rows, by="pk", request=request, size=SHOWN)
    for given in page.rows:
        given.text = text
    groups = [[page.rows[at] for at in group] for group in alike([words_of(given) for given in page.rows])]
    return Desk(
        sought,
        _around(inputs, sought.clause or WHOLE, here),
        page,
        groups,
        _opened(page.rows, request.GET.get("open", "")),
    )


def _around(inputs: QuerySet[Input], number: int, here: Q) -> Around:
    below = Q(clause__number__lt=number) | Q(clause__isnull=True)
    counted = inputs.aggregate(
        total=Count("pk"),
        here=Count("pk", filter=here),
        before=Max(OF_CLAUSE, filter=below),
        after=Min(OF_CLAUSE, filter=Q(clause__number__gt=number)),
    )
    return Around(**{**counted, "before": counted["before"] if number else None})


def words_of(given: Input) -> str:
    """By which inputs are told to be alike: what is proposed, or what is said."""
    return given.proposed or given.body


def _opened(rows: Sequence[Input], asked: str) -> Input | None:
    """The one that was asked for, else the first that waits."""
    chosen = next((given for given in rows if str(given.pk) == asked), None)
    return chosen or next((given for given in rows if not given.disposition and not given.hidden_at), None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - what fits
