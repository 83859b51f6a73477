"""Tying a record to where it comes from, and to other records."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.records.models import Document, Link, Record, Source


def cite(*, record: Record, document: Document, start: int, end: int, number: int | None = None) -> Source:
    """Note the passage that a record was made from. The quote is the document's own text. Part of a larger action."""
    source, _created = Source.objects.get_or_create(
        record_id=record.pk,
        document=document,
        start=start,
        defaults={"end": end, "quote": document.text[start:end], "number": number},
    )
    return source


@action
def link_records(
    *,
    actor: Person | None,
    from_record: Record,
    to_record: Record,
    relation: Link.Relation,
    version: int | None = None,
) -> Link:
    """Tie two records of one coalition; `version` is that of `to_record` which the other was made from.

    Raises ValueError for records of two coalitions.
    """
    if from_record.coalition_id != to_record.coalition_id:
        raise ValueError("Records of two coalitions are not linked.")
    link, created = Link.objects.get_or_create(
        from_record_id=from_record.pk, to_record_id=to_record.pk, relation=relation, defaults={"version": version}
    )
    if created:
        note(actor=actor, verb=f"linked-{relation}", subject=from_record, coalition=from_record.coalition)
    return link
