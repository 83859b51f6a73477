"""Words of a clause that stand elsewhere: in what people said about it, and beside its kin.

Where a clause quotes what its readers may no longer read, or once did, they are withheld there as in the clause itself.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from jukwaa.drafting.models import Input, Rest, Text
from jukwaa.drafting.resting import is_open_to_readers_of, lost, lost_of, withheld
from jukwaa.records.models import Label, State


def quotes(clause: str) -> Exists:
    """Whether the clause in this column once quoted what is not open to everybody: then somebody may miss it."""
    is_open = Q(record__state=State.PUBLISHED, record__label=Label.CLEAR, taken_back=False)
    return Exists(Rest.objects.filter(quoted=True, clause=OuterRef(clause)).exclude(is_open))


def with_doubt(inputs: QuerySet[Input]) -> QuerySet[Input]:
    """Each with `doubtful`, in the same query: for most, nothing more is asked."""
    return inputs.annotate(doubtful=quotes("clause"))


class Silence:
    """Of one text. What is closed is asked for at the first input or clause that may have quoted it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def clauses(self) -> set[int]:
        """Numbers of rows."""
        rests = Rest.objects.filter(revision__text=self.text.pk, quoted=True).exclude(is_open_to_readers_of(self.text))
        return {each.clause_id for each in lost(self.text, rests.select_related("record"))}

    def over(self, given: Input) -> Input:
        """What its author says themselves stays. The row itself is not changed."""
        return _silenced(given) if getattr(given, "doubtful", True) and given.clause_id in self.clauses else given


def over_several(rows: Iterable[Input]) -> None:
    """Of inputs to several texts, each with its text: what was quoted in them is asked for once."""
    doubtful = [given for given in rows if given.clause_id and getattr(given, "doubtful", True)]
    texts = {given.clause_id: given.text for given in doubtful}
    rests = Rest.objects.filter(clause__in=texts, quoted=True).select_related("record")
    closed = {each.clause_id for each in lost_of((texts[each.clause_id], each) for each in rests)}
    for given in doubtful:
        if given.clause_id in closed:
            _silenced(given)


def _silenced(given: Input) -> Input:
    given.exact = given.prefix = given.suffix = ""
    given.start = 0
    given.proposed = given.proposed and withheld()
    if given.wording is not None:
        given.wording.body = withheld()
    return given
