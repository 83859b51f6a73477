"""Words of a clause that stand elsewhere: in what people said about it, and beside its kin.

Where a clause quotes what its readers may no longer read, or once did, they are withheld there as in the clause itself.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from jukwaa.drafting.models import Input, Rest, Text
from jukwaa.drafting.unreadable_sources import (
    build_open_to_readers_filter,
    find_unreadable_citations,
    find_unreadable_citations_in_texts,
    get_withheld_notice,
)
from jukwaa.records.models import Label, State


def build_restricted_quote_condition(clause: str) -> Exists:
    """Whether the clause in this column once quoted what is not open to everybody: then somebody may miss it."""
    is_open = Q(record__state=State.PUBLISHED, record__label=Label.CLEAR, taken_back=False)
    return Exists(Rest.objects.filter(quoted=True, clause=OuterRef(clause)).exclude(is_open))


def annotate_may_be_withheld(consultation_inputs: QuerySet[Input]) -> QuerySet[Input]:
    """Each with `doubtful`, in the same query: for most, nothing more is asked."""
    return consultation_inputs.annotate(doubtful=build_restricted_quote_condition("clause"))


class QuoteWithholding:
    """Of one text. What is closed is asked for at the first input or clause that may have quoted it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def clauses(self) -> set[int]:
        """Numbers of rows."""
        rests = Rest.objects.filter(revision__text=self.text.pk, quoted=True).exclude(
            build_open_to_readers_filter(self.text)
        )
        return {each.clause_id for each in find_unreadable_citations(self.text, rests.select_related("record"))}

    def withhold_in_input(self, given_input: Input) -> Input:
        """What its author says themselves stays. The row itself is not changed."""
        return (
            _remove_withheld_quotes(given_input)
            if getattr(given_input, "doubtful", True) and given_input.clause_id in self.clauses
            else given_input
        )


def withhold_quotes_in_inputs(given_inputs: Iterable[Input]) -> None:
    """Of inputs to several texts, each with its text: what was quoted in them is asked for once."""
    doubtful = [given for given in given_inputs if given.clause_id and getattr(given, "doubtful", True)]
    texts = {given.clause_id: given.text for given in doubtful}
    rests = Rest.objects.filter(clause__in=texts, quoted=True).select_related("record")
    closed = {
        each.clause_id for each in find_unreadable_citations_in_texts((texts[each.clause_id], each) for each in rests)
    }
    for given in doubtful:
        if given.clause_id in closed:
            _remove_withheld_quotes(given)


def _remove_withheld_quotes(given_input: Input) -> Input:
    given_input.exact = given_input.prefix = given_input.suffix = ""
    given_input.start = 0
    given_input.proposed = given_input.proposed and get_withheld_notice()
    if given_input.wording is not None:
        given_input.wording.body = get_withheld_notice()
    return given_input
