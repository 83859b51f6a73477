"""What the clauses of a text rest on, and which of it the readers of the text may no longer read.

A record can be withdrawn, held, erased or closed after a clause began to rest on it, and what somebody said to it can
be taken back. Those who draft are told then, and the text is not published before the clause rests on something else.
Where words of the record stand in the clause, readers find in their place that they were taken out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.core.lists import listed
from jukwaa.drafting.actions.evidence import is_for_readers_of, named_by
from jukwaa.drafting.models import Evidence, Placement, Rest, Revision, Text
from jukwaa.drafting.models.texts import PlacementQuerySet
from jukwaa.records.models import Label, State

type Cited = Evidence | Rest


def lost(text: Text, cited: Iterable[Cited]) -> list[Cited]:
    """Those whose record not all readers of the text may read today, and those that quote what was taken back."""
    return lost_of((text, each) for each in cited)


def lost_of(cited: Iterable[tuple[Text, Cited]]) -> list[Cited]:
    """The same of several texts. Whom they and the records name is asked for once."""
    rows = list(cited)
    named = named_by(record for text, each in rows if not each.taken_back for record in (text, each.record))
    return [each for text, each in rows if each.taken_back or not is_for_readers_of(each.record, text, named)]


def closed(text: Text, cited: Iterable[Cited]) -> set[int]:
    """Numbers of the records that not all readers of the text may read today."""
    rows = list(cited)
    named = named_by(record for each in rows for record in (text, each.record))
    return {each.record_id for each in rows if not is_for_readers_of(each.record, text, named)}


def lost_now(text: Text, revision: Revision | None) -> list[Cited]:
    """Of the clauses that stand in the making, or in this revision, with the words that were quoted in it."""
    standing = Q(clause__in=Placement.objects.now(text).values("clause"))
    if revision is not None:
        standing |= Q(clause__in=Placement.objects.at(text, revision.step).values("clause"))
    cited = Evidence.objects.filter(standing).exclude(is_open_to_readers_of(text) & ~Q(record=text.pk))
    cited = cited.select_related("record", "clause")
    return lost(text, [*cited, *(_quoted_in(revision) if revision else ())])


def lost_in(text: Text, revision: Revision) -> list[Cited]:
    """Of the words that were quoted in a revision."""
    return lost(text, _quoted_in(revision))


def _quoted_in(revision: Revision) -> Iterable[Rest]:
    return Rest.objects.filter(revision=revision.pk, quoted=True).select_related("record", "clause")


def watched(standing: PlacementQuerySet, text: Text, revision: Revision | None) -> PlacementQuerySet:
    """Each with `doubtful`, in the same query: whether it rests, or rested in this revision, on what may be lost.

    Most texts rest on what everybody may read: for them, nothing more is asked.
    """
    is_open, of_clause = is_open_to_readers_of(text), Q(clause=OuterRef("clause"))
    doubtful = Exists(Evidence.objects.filter(of_clause).exclude(is_open))
    if revision is None:
        return standing.annotate(doubtful=doubtful)
    rests = Rest.objects.filter(of_clause, revision=revision.pk, quoted=True).exclude(is_open)
    return standing.annotate(doubtful=doubtful | Exists(rests))


def is_open_to_readers_of(text: Text) -> Q:
    """What is open to them for sure. Of anything stricter, `lost` asks whom both name."""
    labels = [Label.CLEAR, Label.GREEN] if text.label == Label.GREEN else [Label.CLEAR]
    return Q(record__state=State.PUBLISHED, record__label__in=labels, taken_back=False)


def shown_at(text: Text, revision: Revision, **which: Any) -> list[Placement]:
    """The clauses of a revision as they are shown to whoever reads it, in files and pictures of changes too."""
    standing = Placement.objects.at(text, revision.step).filter(**which)
    rows: list[Placement] = list(watched(standing, text, revision))
    if any(placement.doubtful for placement in rows):  # type: ignore[attr-defined]  # `watched` says so
        withhold(rows, lost_in(text, revision))
    return rows


def shown_through_time(text: Text, placements: QuerySet[Placement]) -> list[Placement]:
    """Of one clause, all that it ever said: once it quoted what is closed today, none of it is shown."""
    rests = Rest.objects.filter(clause=OuterRef("clause"), quoted=True).exclude(is_open_to_readers_of(text))
    rows: list[Placement] = list(placements.annotate(doubtful=Exists(rests)))
    if any(placement.doubtful for placement in rows):  # type: ignore[attr-defined]  # as above
        quoted = Rest.objects.filter(clause__in=[row.clause_id for row in rows], quoted=True)
        withhold(rows, lost(text, quoted.select_related("record", "clause")))
    return rows


def withhold(placements: Iterable[Placement], cited: Iterable[Cited]) -> str:
    """Put a sentence in the place of words that were taken from one of these. The rows themselves are not changed."""
    gone = {each.clause_id: each.taken_back for each in cited if each.quoted}
    for placement in placements:
        if placement.clause_id in gone:
            placement.wording.body = taken_back() if gone[placement.clause_id] else withheld()
    return ""  # nothing that its readers could do about it


def withheld() -> str:
    return _("[This clause is hidden because it quotes a record that is no longer open to its readers.]")


def taken_back() -> str:
    return _("[This clause is hidden because it quotes a contribution that has been withdrawn.]")


def sentence_on(found: Sequence[Cited]) -> str:
    """For those who draft: what was lost, and at which clauses. Empty where nothing was."""
    records = [each for each in found if not each.taken_back]
    said = [each for each in found if each.taken_back]
    return " ".join(sentence for sentence in (_on_records(records), _on_what_was_said(said)) if sentence)


def _clauses_of(found: Sequence[Cited]) -> str:
    return listed(sorted({each.clause.number for each in found}))


def _on_what_was_said(found: Sequence[Cited]) -> str:
    if not found:
        return ""
    return _(
        "This text quotes a contribution that has been withdrawn. Clauses affected: %(clauses)s. "
        "Delete the quoted words and remove the evidence, or remove the clause. Then create a "
        "revision."
    ) % {"clauses": _clauses_of(found)}


def _on_records(found: Sequence[Cited]) -> str:
    if not found:
        return ""
    number = len({each.record_id for each in found})
    return ngettext(
        "This text cites %(n)s record that its readers can no longer read. Clauses affected: "
        "%(clauses)s. Delete any quoted words and cite another record, or remove the clause. "
        "Then create a revision.",
        "This text cites %(n)s records that its readers can no longer read. Clauses affected: "
        "%(clauses)s. Delete any quoted words and cite other records, or remove the clauses. "
        "Then create a revision.",
        number,
    ) % {"n": number, "clauses": _clauses_of(found)}


def tell_of_lost(text: Text, revision: Revision | None, placements: Iterable[Placement]) -> str:
    """Mark these clauses for their template, and give the sentence for the top of the page."""
    found = lost_now(text, revision)
    at = {each.clause_id: each.taken_back for each in found}
    for placement in placements:
        placement.is_lost = placement.clause_id in at  # type: ignore[attr-defined]  # for its template
        placement.is_taken_back = at.get(placement.clause_id, False)  # type: ignore[attr-defined]  # as above
    return sentence_on(found)
