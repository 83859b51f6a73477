"""Tying a record to where it comes from, and to other records."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.records import policies
from jukwaa.records.models import Document, Link, Record, Source

# What is made of something else can't be made of itself, however many steps lie between.
ACYCLIC_LINK_RELATIONS = (Link.Relation.ADAPTED_FROM, Link.Relation.TRANSLATES, Link.Relation.SUPERSEDES)


def add_record_source(
    *, record: Record, document: Document, start_offset: int, end_offset: int, source_number: int | None = None
) -> Source:
    """Note the passage that a record was made from. The quote is the document's own text. Part of a larger action."""
    source, _created = Source.objects.get_or_create(
        record_id=record.pk,
        document=document,
        start=start_offset,
        defaults={"end": end_offset, "quote": document.text[start_offset:end_offset], "number": source_number},
    )
    return source


def get_or_create_link(
    source_record: Record, to_record: Record, relation: Link.Relation, *, source_version: int | None = None
) -> tuple[Link, bool]:
    """A link between two records of one coalition, and whether it is new. Part of a larger action.

    `source_version` is that of `to_record` which the other was made from. Raises ValueError for records of two
    coalitions, and ActionRefused where the one was made of the other already.
    """
    if source_record.coalition_id != to_record.coalition_id:
        raise ValueError("Records of two coalitions are not linked.")
    if relation in ACYCLIC_LINK_RELATIONS:
        _refuse_link_cycle(source_record, to_record, relation)
    return Link.objects.get_or_create(
        from_record_id=source_record.pk,
        to_record_id=to_record.pk,
        relation=relation,
        defaults={"version": source_version},
    )


def _refuse_link_cycle(source_record: Record, to_record: Record, relation: Link.Relation) -> None:
    """Both rows are held, in one order, so that of two who link them at once, each the other way, one is refused."""
    both = sorted({source_record.pk, to_record.pk})
    list(lock_rows(Record.objects.filter(pk__in=both).order_by("pk").only("pk")))
    if source_record.pk in Link.objects.all().get_ancestor_ids(to_record.pk, relation):
        raise ActionRefused(_("Choose another record. One of these 2 records was already created from the other."))


@action
def link_records(
    *,
    actor: Person | None,
    source_record: Record,
    to_record: Record,
    relation: Link.Relation,
    source_version: int | None = None,
) -> Link:
    """Tie two records, as an action of its own. Raises what `tie` raises."""
    link, created = get_or_create_link(source_record, to_record, relation, source_version=source_version)
    if created:
        record_activity(
            actor=actor, verb=f"linked-{relation}", subject=source_record, coalition=source_record.coalition
        )
    return link


def copy_record_sources(record: Record, origin_record: Record) -> None:
    """What was made of another record rests on the passages that the other one rests on. Part of a larger action."""
    cited = set(record.sources.values_list("document_id", "start"))
    Source.objects.bulk_create(
        Source(
            record_id=record.pk,
            document_id=source.document_id,
            start=source.start,
            end=source.end,
            number=source.number,
            quote=source.quote,
        )
        for source in origin_record.sources.all()
        if (source.document_id, source.start) not in cited
    )


@action
def link_record_to_origin(*, actor: Person, record: Record, origin_record: Record) -> Link:
    """Say that a record began as another one, such as an entry of minutes: it takes over its sources.

    Raises PermissionDenied, and ValueError for records of two coalitions.
    """
    if not policies.can_change_record(ViewerContext(actor), record):
        raise PermissionDenied
    link = link_records(actor=actor, source_record=record, to_record=origin_record, relation=Link.Relation.BEGAN_AS)
    copy_record_sources(record, origin_record)
    return link
