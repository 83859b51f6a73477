"""The desk at which inputs are answered: which ones, clause by clause, and which of them say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.http import HttpRequest

from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.drafting.models import Clause, Input, Text
from jukwaa.drafting.similarity import group_similar_texts

SHOW_UNANSWERED, SHOW_ANSWERED, SHOW_ALL = "waiting", "answered", "all"
INPUTS_PER_PAGE = 20  # inputs of a clause on one page
WHOLE_TEXT_NUMBER = 0  # in the place of a clause's number: about the text as a whole
AUTHOR_RELATION_LOOKUPS = ("author", "capacity__person", "clause")
INPUT_RELATION_LOOKUPS = (*AUTHOR_RELATION_LOOKUPS, "now_at", "wording")


@dataclass(frozen=True)
class QueueFilters:
    """What the address of the desk asks for."""

    show: str = SHOW_UNANSWERED
    kind: str = ""
    consultation: int | None = None
    clause: int | None = None

    @classmethod
    def of(cls, query_parameters: Mapping[str, str]) -> Self:
        show, kind = query_parameters.get("show", ""), query_parameters.get("kind", "")
        return cls(
            show if show in (SHOW_ANSWERED, SHOW_ALL) else SHOW_UNANSWERED,
            kind if kind in Input.Kind.values else "",
            _parse_query_number(query_parameters.get("consultation", "")),
            _parse_query_number(query_parameters.get("clause", "")),
        )

    def among(self, text: Text) -> QuerySet[Input]:
        """Those of every clause."""
        inputs = Input.objects.filter(text=text.pk)
        if self.consultation is not None:
            inputs = inputs.filter(consultation=self.consultation)
        if self.kind:
            inputs = inputs.filter(kind=self.kind)
        if self.show == SHOW_UNANSWERED:
            return inputs.waiting()
        return inputs.exclude(disposition="") if self.show == SHOW_ANSWERED else inputs


@dataclass(frozen=True)
class ClauseInputCounts:
    """How many there are, here and in all, and the clauses before and after this one that have some."""

    total: int
    here: int
    before: int | None
    after: int | None
    before_label: str = ""
    after_label: str = ""


@dataclass(frozen=True)
class ResponseQueue:
    """The inputs at one clause, those that say nearly the same beside each other."""

    sought: QueueFilters
    around: ClauseInputCounts
    page: KeysetPage[Input]
    groups: list[list[Input]]
    open: Input | None
    label: str = ""  # the number under which people know the clause

    @property
    def clause(self) -> int:
        return self.sought.clause or WHOLE_TEXT_NUMBER


def load_response_queue(text: Text, request: HttpRequest) -> ResponseQueue:
    """At most four queries, however many inputs there are."""
    sought = QueueFilters.of(request.GET)
    inputs = sought.among(text)
    typed = request.GET.get("clause", "")
    clause = text.clauses.with_label(typed).first() if typed else _get_first_clause_with_input(inputs)
    submitted_id = sought.clause if sought.clause is not None else WHOLE_TEXT_NUMBER
    sought = replace(sought, clause=clause.number if clause else submitted_id)
    clause_condition = Q(clause=clause.pk) if clause else Q(clause__isnull=True) if not sought.clause else Q(pk__in=())
    rows = inputs.filter(clause_condition).select_related(*INPUT_RELATION_LOOKUPS).prefetch_related("dispositions")
    page = get_page(rows, ("pk",), PageCursor.of(request), page_size=INPUTS_PER_PAGE)
    for given in page.rows:
        given.text = text
    groups = [
        [page.rows[at] for at in group]
        for group in group_similar_texts([get_comparable_text(given) for given in page.rows])
    ]
    around = _count_neighbouring_inputs(inputs, clause.pk if clause else 0, clause_condition)
    label = clause.label if clause else str(sought.clause)
    return ResponseQueue(
        sought, around, page, groups, _get_selected_input(page.rows, request.GET.get("open", "")), label
    )


def _get_first_clause_with_input(consultation_inputs: QuerySet[Input]) -> Clause | None:
    """The first clause of which there are some; none where the first are about the whole text."""
    given = consultation_inputs.order_by(F("clause").asc(nulls_first=True)).select_related("clause").first()
    return given.clause if given is not None else None


def _count_neighbouring_inputs(
    consultation_inputs: QuerySet[Input], clause: int, clause_condition: Q
) -> ClauseInputCounts:
    """Counted by the keys of clauses, which are in the order of their numbers: an index holds all that is asked."""
    counted = consultation_inputs.aggregate(
        total=Count("pk"),
        here=Count("pk", filter=clause_condition),
        whole=Count("pk", filter=Q(clause__isnull=True)),
        before=Max("clause", filter=Q(clause__lt=clause)),
        after=Min("clause", filter=Q(clause__gt=clause)),
    )
    near = [key for key in (counted["before"], counted["after"]) if key]
    found = Clause.objects.in_bulk(near)
    before, after = found.get(counted["before"]), found.get(counted["after"])
    return ClauseInputCounts(
        counted["total"],
        counted["here"],
        before.number if before else WHOLE_TEXT_NUMBER if clause and counted["whole"] else None,
        after.number if after else None,
        before.label if before else "",
        after.label if after else "",
    )


def get_comparable_text(given_input: Input) -> str:
    """By which inputs are told to be alike: what is proposed, or what is said."""
    return given_input.proposed or given_input.body


def _get_selected_input(given_inputs: Sequence[Input], submitted_id: str) -> Input | None:
    """The one that was asked for, else the first that waits."""
    chosen = next((given for given in given_inputs if str(given.pk) == submitted_id), None)
    return chosen or next((given for given in given_inputs if not given.disposition and not given.hidden_at), None)


def _parse_query_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - what fits
