"""What readers see of inputs: beside the clauses that they are about, and in lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.drafting.models import Consultation, Disposition, Input, Placement, Text
from jukwaa.drafting.quote_withholding import QuoteWithholding, annotate_may_be_withheld

MAX_INPUTS_PER_CLAUSE = 5
MAX_INPUTS_PER_PAGE = 60  # inputs in the margins of one page; where there are more, each clause says how many it has
MAX_CLAUSES_IN_QUERY = 500  # clauses that are named one by one in a query; a page that shows more of them asks for all


@dataclass
class ClauseInputs:
    """What stands beside a clause: the latest inputs, how many there are, and whether one can comment on it."""

    inputs: list[Input] = field(default_factory=list)
    total: int = 0
    is_asked: bool = False

    @property
    def is_truncated(self) -> bool:
        return self.total > len(self.inputs)


def get_latest_consultation(text: Text) -> Consultation | None:
    """The one that goes on, or the last one that did; else the next. Read once until something is written."""

    def load_consultations() -> list[Consultation]:
        return list(text.consultations.select_related("revision").prefetch_related("asked"))

    rows, now = get_or_build_cached(text.coalition, f"consultations-{text.pk}", load_consultations), timezone.now()
    begun = [each for each in rows if each.opens_at <= now]
    found = begun[0] if begun else rows[-1] if rows else None
    if found is not None:
        found.text = text
    return found


def annotate_inputs_for_display(given_inputs: QuerySet[Input]) -> QuerySet[Input]:
    """With all that a list says of each: `answer_reason` is that of the latest answer."""
    latest = Disposition.objects.filter(input=OuterRef("pk")).order_by("-pk")
    related = ("author", "capacity__person", "clause", "wording", "now_at")
    return (
        annotate_may_be_withheld(given_inputs)
        .select_related(*related)
        .annotate(answer_reason=Subquery(latest.values("reason")[:1]))
    )


def get_margin_inputs(consultation: Consultation, placements: Sequence[Placement]) -> dict[int, ClauseInputs]:
    """For each clause of a page, by its id: what is said about it in the consultation. Kept until somebody writes."""
    page = f"{placements[0].pk if placements else 0}-{len(placements)}"
    name = f"beside-{consultation.pk}-{page}{'-open' if consultation.is_open else ''}"
    return get_or_build_cached(consultation.text.coalition, name, lambda: _load_margin_inputs(consultation, placements))


def _load_margin_inputs(consultation: Consultation, placements: Sequence[Placement]) -> dict[int, ClauseInputs]:
    asked = _find_commentable_clauses(consultation, placements)
    margins = {each.clause_id: ClauseInputs(is_asked=each.clause_id in asked) for each in placements}
    rows = Input.objects.filter(consultation=consultation.pk, now_at__isnull=False)
    # All readers share it, so what is not for everyone stands on the page of the clause alone.
    rows = rows.exclude(disposition=Input.Answer.WITHDRAWN).readable_by(AnonymousUser())
    if len(placements) <= MAX_CLAUSES_IN_QUERY:
        rows = rows.filter(now_at__in=list(margins))
    place = Window(RowNumber(), partition_by=F("now_at"), order_by=[F("at").desc(), F("pk").desc()])
    counted = rows.annotate(place=place, total=Window(Count("pk"), partition_by=F("now_at")))
    latest = counted.filter(place__lte=MAX_INPUTS_PER_CLAUSE).values_list("pk", "now_at", "total")
    numbers = []
    for number, clause, total in latest:
        if clause in margins:
            margins[clause].total = total
            numbers.append(number)
    if numbers and len(numbers) <= MAX_INPUTS_PER_PAGE:
        _add_inputs_to_margins(consultation.text, margins, numbers)
    return margins


def _add_inputs_to_margins(
    text: Text, inputs_by_clause: dict[int, ClauseInputs], clause_numbers: Sequence[int]
) -> None:
    """Read these inputs in full and put each beside its clause, the latest last."""
    silence = QuoteWithholding(text)
    for given in annotate_inputs_for_display(Input.objects.filter(pk__in=clause_numbers)).order_by("at", "pk"):
        if given.now_at_id in inputs_by_clause:
            inputs_by_clause[given.now_at_id].inputs.append(silence.withhold_in_input(given))


def _find_commentable_clauses(consultation: Consultation, placements: Sequence[Placement]) -> set[int]:
    """The clauses that were there in the revision that people were asked about: one can comment on these alone."""
    if not consultation.is_open:
        return set()
    if all(each.since <= consultation.revision.step for each in placements):
        return {each.clause_id for each in placements}
    there = Placement.objects.at(consultation.text, consultation.revision.step)
    return set(there.values_list("clause", flat=True))
