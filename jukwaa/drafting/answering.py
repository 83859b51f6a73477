"""The desk at which inputs are answered: which ones, clause by clause, and which of them say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.http import HttpRequest

from jukwaa.core.keyset import Page, Place, page_at
from jukwaa.drafting.likeness import alike
from jukwaa.drafting.models import Clause, Input, Text

WAITING, ANSWERED, ALL = "waiting", "answered", "all"
SHOWN = 20  # inputs of a clause on one page
WHOLE = 0  # in the place of a clause's number: about the text as a whole
SPOKEN_BY = ("author", "capacity__person", "clause")
SAID_BY = (*SPOKEN_BY, "now_at", "wording")


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
    page: Page[Input]
    groups: list[list[Input]]
    open: Input | None

    @property
    def clause(self) -> int:
        return self.sought.clause or WHOLE


def desk_of(text: Text, request: HttpRequest) -> Desk:
    """At most four queries, however many inputs there are."""
    sought = Sought.of(request.GET)
    inputs = sought.among(text)
    clause = _first(inputs) if sought.clause is None else _called(text, sought.clause)
    sought = replace(sought, clause=sought.clause if sought.clause is not None else clause.number if clause else WHOLE)
    here = Q(clause=clause.pk) if clause else Q(clause__isnull=True) if not sought.clause else Q(pk__in=())
    rows = inputs.filter(here).select_related(*SAID_BY).prefetch_related("dispositions")
    page = page_at(rows, ("pk",), Place.of(request), size=SHOWN)
    for given in page.rows:
        given.text = text
    groups = [[page.rows[at] for at in group] for group in alike([words_of(given) for given in page.rows])]
    around = _around(inputs, clause.pk if clause else 0, here)
    return Desk(sought, around, page, groups, _opened(page.rows, request.GET.get("open", "")))


def _first(inputs: QuerySet[Input]) -> Clause | None:
    """The first clause of which there are some; none where the first are about the whole text."""
    given = inputs.order_by(F("clause").asc(nulls_first=True)).select_related("clause").first()
    return given.clause if given is not None else None


def _called(text: Text, number: int) -> Clause | None:
    return Clause.objects.filter(text=text.pk, number=number).first() if number else None


def _around(inputs: QuerySet[Input], clause: int, here: Q) -> Around:
    """Counted by the keys of clauses, which are in the order of their numbers: an index holds all that is asked."""
    counted = inputs.aggregate(
        total=Count("pk"),
        here=Count("pk", filter=here),
        whole=Count("pk", filter=Q(clause__isnull=True)),
        before=Max("clause", filter=Q(clause__lt=clause)),
        after=Min("clause", filter=Q(clause__gt=clause)),
    )
    near = [key for key in (counted["before"], counted["after"]) if key]
    numbers = dict(Clause.objects.filter(pk__in=near).values_list("pk", "number"))
    before = numbers.get(counted["before"]) or (WHOLE if clause and counted["whole"] else None)
    return Around(counted["total"], counted["here"], before, numbers.get(counted["after"]))


def words_of(given: Input) -> str:
    """By which inputs are told to be alike: what is proposed, or what is said."""
    return given.proposed or given.body


def _opened(rows: Sequence[Input], asked: str) -> Input | None:
    """The one that was asked for, else the first that waits."""
    chosen = next((given for given in rows if str(given.pk) == asked), None)
    return chosen or next((given for given in rows if not given.disposition and not given.hidden_at), None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - what fits
