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

from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.drafting.actions.evidence import get_named_readers, is_readable_with_text
from jukwaa.drafting.models import Evidence, Placement, Rest, Revision, Text
from jukwaa.drafting.models.texts import PlacementQuerySet
from jukwaa.records.models import Label, State

type CitedRecord = Evidence | Rest


def find_unreadable_citations(text: Text, cited_records: Iterable[CitedRecord]) -> list[CitedRecord]:
    """Those whose record not all readers of the text may read today, and those that quote what was taken back."""
    return find_unreadable_citations_in_texts((text, each) for each in cited_records)


def find_unreadable_citations_in_texts(texts_with_citations: Iterable[tuple[Text, CitedRecord]]) -> list[CitedRecord]:
    """The same of several texts. Whom they and the records name is asked for once."""
    rows = list(texts_with_citations)
    named = get_named_readers(record for text, each in rows if not each.taken_back for record in (text, each.record))
    return [each for text, each in rows if each.taken_back or not is_readable_with_text(each.record, text, named)]


def find_unreadable_record_ids(text: Text, cited_records: Iterable[CitedRecord]) -> set[int]:
    """Numbers of the records that not all readers of the text may read today."""
    rows = list(cited_records)
    named = get_named_readers(record for each in rows for record in (text, each.record))
    return {each.record_id for each in rows if not is_readable_with_text(each.record, text, named)}


def find_unreadable_citations_in_draft(text: Text, revision: Revision | None) -> list[CitedRecord]:
    """Of the clauses that stand in the making, or in this revision, with the words that were quoted in it."""
    standing = Q(clause__in=Placement.objects.now(text).values("clause"))
    if revision is not None:
        standing |= Q(clause__in=Placement.objects.at(text, revision.step).values("clause"))
    cited = Evidence.objects.filter(standing).exclude(build_open_to_readers_filter(text) & ~Q(record=text.pk))
    cited = cited.select_related("record", "clause")
    return find_unreadable_citations(text, [*cited, *(_find_revision_quotes(revision) if revision else ())])


def find_unreadable_quotes(text: Text, revision: Revision) -> list[CitedRecord]:
    """Of the words that were quoted in a revision."""
    return find_unreadable_citations(text, _find_revision_quotes(revision))


def _find_revision_quotes(revision: Revision) -> Iterable[Rest]:
    return Rest.objects.filter(revision=revision.pk, quoted=True).select_related("record", "clause")


def annotate_may_be_withheld(
    standing_placements: PlacementQuerySet, text: Text, revision: Revision | None
) -> PlacementQuerySet:
    """Each with `doubtful`, in the same query: whether it rests, or rested in this revision, on what may be lost.

    Most texts rest on what everybody may read: for them, nothing more is asked.
    """
    is_open, of_clause = build_open_to_readers_filter(text), Q(clause=OuterRef("clause"))
    doubtful = Exists(Evidence.objects.filter(of_clause).exclude(is_open))
    if revision is None:
        return standing_placements.annotate(doubtful=doubtful)
    rests = Rest.objects.filter(of_clause, revision=revision.pk, quoted=True).exclude(is_open)
    return standing_placements.annotate(doubtful=doubtful | Exists(rests))


def build_open_to_readers_filter(text: Text) -> Q:
    """What is open to them for sure. Of anything stricter, `lost` asks whom both name."""
    labels = [Label.CLEAR, Label.GREEN] if text.label == Label.GREEN else [Label.CLEAR]
    return Q(record__state=State.PUBLISHED, record__label__in=labels, taken_back=False)


def get_visible_clauses(text: Text, revision: Revision, **filters: Any) -> list[Placement]:
    """The clauses of a revision as they are shown to whoever reads it, in files and pictures of changes too."""
    standing = Placement.objects.at(text, revision.step).filter(**filters)
    rows: list[Placement] = list(annotate_may_be_withheld(standing, text, revision))
    if any(placement.doubtful for placement in rows):  # type: ignore[attr-defined]  # `watched` says so
        replace_withheld_clauses(rows, find_unreadable_quotes(text, revision))
    return rows


def withhold_quotes_in_history(text: Text, placements: QuerySet[Placement]) -> list[Placement]:
    """Of one clause, all that it ever said: once it quoted what is closed today, none of it is shown."""
    rests = Rest.objects.filter(clause=OuterRef("clause"), quoted=True).exclude(build_open_to_readers_filter(text))
    rows: list[Placement] = list(placements.annotate(doubtful=Exists(rests)))
    if any(placement.doubtful for placement in rows):  # type: ignore[attr-defined]  # as above
        quoted = Rest.objects.filter(clause__in=[row.clause_id for row in rows], quoted=True)
        replace_withheld_clauses(rows, find_unreadable_citations(text, quoted.select_related("record", "clause")))
    return rows


def replace_withheld_clauses(placements: Iterable[Placement], cited_records: Iterable[CitedRecord]) -> str:
    """Put a sentence in the place of words that were taken from one of these. The rows themselves are not changed."""
    gone = {each.clause_id: each.taken_back for each in cited_records if each.quoted}
    for placement in placements:
        if placement.clause_id in gone:
            placement.wording.body = get_withdrawn_notice() if gone[placement.clause_id] else get_withheld_notice()
    return ""  # nothing that its readers could do about it


def get_withheld_notice() -> str:
    return _("[This clause is hidden because it quotes a record that readers of this text can no longer see.]")


def get_withdrawn_notice() -> str:
    return _("[This clause is hidden because it quotes a contribution that has been withdrawn.]")


def describe_unreadable_records(unreadable_records: Sequence[CitedRecord]) -> str:
    """For those who draft: what was lost, and at which clauses. Empty where nothing was."""
    records = [each for each in unreadable_records if not each.taken_back]
    said = [each for each in unreadable_records if each.taken_back]
    return " ".join(
        sentence
        for sentence in (_describe_unreadable_records(records), _describe_withdrawn_contributions(said))
        if sentence
    )


def _format_clause_numbers(unreadable_records: Sequence[CitedRecord]) -> str:
    return format_list_in_sentence(
        [
            clause.label
            for clause in sorted({each.clause for each in unreadable_records}, key=lambda clause: clause.number)
        ]
    )


def _describe_withdrawn_contributions(unreadable_records: Sequence[CitedRecord]) -> str:
    if not unreadable_records:
        return ""
    return _(
        "This text quotes a contribution that has been withdrawn. Clauses affected: "
        "%(clauses)s. Delete the quoted words and remove the contribution from the evidence "
        "for each clause, or remove the clause. Then create a revision."
    ) % {"clauses": _format_clause_numbers(unreadable_records)}


def _describe_unreadable_records(unreadable_records: Sequence[CitedRecord]) -> str:
    if not unreadable_records:
        return ""
    number = len({each.record_id for each in unreadable_records})
    return ngettext(
        "This text cites %(n)s record that its readers can no longer read. Clauses affected: "
        "%(clauses)s. Delete any quoted words and cite another record, or remove the clause. "
        "Then create a revision.",
        "This text cites %(n)s records that its readers can no longer read. Clauses affected: "
        "%(clauses)s. Delete any quoted words and cite other records, or remove the clauses. "
        "Then create a revision.",
        number,
    ) % {"n": number, "clauses": _format_clause_numbers(unreadable_records)}


def mark_unreadable_clauses(text: Text, revision: Revision | None, placements: Iterable[Placement]) -> str:
    """Mark these clauses for their template, and give the sentence for the top of the page."""
    found = find_unreadable_citations_in_draft(text, revision)
    at = {each.clause_id: each.taken_back for each in found}
    for placement in placements:
        placement.is_lost = placement.clause_id in at  # type: ignore[attr-defined]  # for its template
        placement.is_taken_back = at.get(placement.clause_id, False)  # type: ignore[attr-defined]  # as above
    return describe_unreadable_records(found)
