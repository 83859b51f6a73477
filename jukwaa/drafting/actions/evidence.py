"""What a clause rests on: records that whoever reads the text may read too."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import policies
from jukwaa.drafting.models import Clause, Evidence, Placement, Rest, Revision, Text
from jukwaa.records import index
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Audience, Label, Link, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.records.policies import can_read

type NamedReaders = Mapping[int, Collection[tuple[str, int]]]


def is_readable_with_text(record: Record, text: Text, named_readers: NamedReaders | None = None) -> bool:
    """Whether all whom the label of the text names may read the record. `named_readers` is looked up if not given."""
    if record.state != State.PUBLISHED or record.pk == text.pk:
        return False
    if record.label == Label.CLEAR:
        return True
    if record.label == Label.GREEN:
        return text.label == Label.GREEN
    if text.label in LABELS_OPEN_TO_ROLES or (Label.RED in {record.label, text.label} and record.label != text.label):
        return False
    named_readers = get_named_readers([record, text]) if named_readers is None else named_readers
    which = "person" if record.label == Label.RED else "organisation"
    asked = {each for each in named_readers.get(text.pk, ()) if each[0] == which}
    return asked <= set(named_readers.get(record.pk, ()))


def get_named_readers(records: Iterable[Record]) -> NamedReaders:
    """Whom the label of each names: one query for all of them, and none where every label is for all members."""
    restricted = {record.pk for record in records if record.label not in LABELS_OPEN_TO_ROLES}
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    rows = Audience.objects.filter(record__in=restricted)
    for record, person, organisation in rows.values_list("record", "person", "organisation"):
        found[record].add(("person", person) if person else ("organisation", organisation))
    return found


@action
def cite_record_as_evidence(
    *, actor: Person, clause: Clause, record: Record, where: str = "", quoted: bool = False
) -> Evidence:
    """Let a clause rest on a record, and tie the text to it. Citing it again says anew where in it.

    `quoted` says that words of the record stand in the clause.

    Raises PermissionDenied and ActionRefused.
    """
    text = clause.text
    if not policies.can_draft_text(ViewerContext(actor), text) or not text.is_open_to_change:
        raise PermissionDenied
    if not can_read(ViewerContext(actor), record) or record.coalition_id != text.coalition_id:
        raise PermissionDenied
    if not is_readable_with_text(record, text):
        raise ActionRefused(_("Cite a record that all readers of this text can read."))
    said = {"note": where, "quoted": quoted}
    evidence, new = Evidence.objects.update_or_create(
        clause=clause, record_id=record.pk, part="", defaults=said, create_defaults={**said, "by": actor}
    )
    get_or_create_link(text, record, Link.Relation.CITES)
    record_activity(actor=actor, verb="cited" if new else "changed", subject=evidence, coalition=text.coalition)
    return evidence


@dataclass(frozen=True)
class ClauseCitation:
    """`part` is the quoted part of the record, if its author can withdraw it: see `withdraw_quoted_evidence`."""

    clause: Clause
    record: Record
    quoted: bool = True
    part: str = ""


@action
def cite_records_as_evidence(*, actor: Person, text: Text, clause_citations: Iterable[ClauseCitation]) -> None:
    """Let many clauses of a text rest on records at once.

    Raises PermissionDenied, and ActionRefused with the titles of what not all readers of the text may read.
    """
    if not policies.can_draft_text(ViewerContext(actor), text) or not text.is_open_to_change:
        raise PermissionDenied
    rows = list(clause_citations)
    records = {each.record.pk: each.record for each in rows}
    readable = set(
        Record.objects.visible_to(actor).of(text.coalition).filter(pk__in=records).values_list("pk", flat=True)
    )
    if set(records) - readable:
        raise PermissionDenied
    if closed := [record.title for record in records.values() if not is_readable_with_text(record, text)]:
        raise ActionRefused(
            _(
                "Leave out these records or choose other readers. Some readers of this text cannot read "
                "them: %(titles)s."
            )
            % {"titles": join_with_separator(closed, ";")}
        )
    there = set(Evidence.objects.filter(clause__text=text.pk).values_list("clause", "record", "part"))
    for record in records.values():
        get_or_create_link(text, record, Link.Relation.CITES)
    made = Evidence.objects.bulk_create(
        [
            Evidence(clause=each.clause, record_id=each.record.pk, quoted=each.quoted, part=each.part, by=actor)
            for each in rows
            if (each.clause.pk, each.record.pk, each.part) not in there
        ]
    )
    record_activities(actor=actor, verb="cited", activity_subjects=made, coalition=text.coalition)


@action
def remove_clause_evidence(*, actor: Person, evidence: Evidence) -> None:
    """A clause rests on it no more, whatever was quoted of it; the tie goes with the last clause that did.

    Raises PermissionDenied.
    """
    text = evidence.clause.text
    if not policies.can_draft_text(ViewerContext(actor), text) or not text.is_open_to_change:
        raise PermissionDenied
    rows = Evidence.objects.filter(clause=evidence.clause_id, record=evidence.record_id)
    if rows.filter(quoted=True).exists():  # a revision that holds its words can be followed by one that does not
        Text.objects.filter(pk=text.pk).update(step=F("step") + 1)
    record = evidence.record_id
    record_activity(actor=actor, verb="took-back", subject=evidence, coalition=text.coalition)
    rows.delete()
    if not Evidence.objects.filter(clause__text=text, record=record).exists():
        Link.objects.filter(from_record=text.pk, to_record=record, relation=Link.Relation.CITES).delete()


@action
def withdraw_quoted_evidence(*, quoted_parts: Iterable[str]) -> None:
    """Whoever said this has taken it back: no reader of a text that quotes it finds it any more."""
    names = list(quoted_parts)
    Evidence.objects.filter(part__in=names).update(taken_back=True)
    rests = Rest.objects.filter(part__in=names)
    rests.update(taken_back=True)
    for text in Text.objects.filter(pk__in=rests.values("revision__text")):
        index.reindex_record(text)


def save_revision_evidence(revision: Revision) -> None:
    """What its clauses rest on today, as what the revision rests on. Part of a larger action; asked again, it adds."""
    standing = Placement.objects.at(revision.text, revision.step).values("clause")
    Rest.objects.bulk_create(
        (
            Rest(
                revision=revision,
                clause_id=each.clause_id,
                record_id=each.record_id,
                quoted=each.quoted,
                part=each.part,
                taken_back=each.taken_back,
            )
            for each in Evidence.objects.filter(clause__in=standing)
        ),
        ignore_conflicts=True,
    )
