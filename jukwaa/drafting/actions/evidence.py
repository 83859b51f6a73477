"""What a clause rests on: records that whoever reads the text may read too."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.drafting import policies
from jukwaa.drafting.models import Clause, Evidence, Text
from jukwaa.records.actions.trace import tie
from jukwaa.records.models import Audience, Label, Link, Record, State
from jukwaa.records.policies import can_read


class ForFewer(ValueError):  # noqa: N818 - it names what is wrong
    """The record is read by fewer than the text. The message is a sentence for whoever wanted to cite it."""


def is_for_readers_of(record: Record, text: Text) -> bool:
    """Whether all whom the label of the text names may read the record."""
    if record.state != State.PUBLISHED or record.pk == text.pk:
        return False
    if record.label == Label.CLEAR:
        return True
    if record.label == Label.GREEN:
        return text.label == Label.GREEN
    if Label.RED in {record.label, text.label}:
        return record.label == text.label and _named(text, "person") <= _named(record, "person")
    return text.label in (Label.AMBER, Label.STRICT) and _named(text, "organisation") <= _named(record, "organisation")


def _named(record: Record, which: str) -> set[int]:
    rows = Audience.objects.filter(record=record.pk, **{f"{which}__isnull": False})
    return set(rows.values_list(which, flat=True))


@action
def cite_record(*, actor: Person, clause: Clause, record: Record, where: str = "") -> Evidence:
    """Let a clause rest on a record, and tie the text to it. Citing it again says anew where in it.

    Raises PermissionDenied and ForFewer.
    """
    text = clause.text
    if not policies.can_draft(actor, text) or not text.is_open_to_change:
        raise PermissionDenied
    if not can_read(actor, record) or record.coalition_id != text.coalition_id:
        raise PermissionDenied
    if not is_for_readers_of(record, text):
        raise ForFewer(_("Not everybody who reads this text may read that record. Cite one that is open to them."))
    evidence, new = Evidence.objects.update_or_create(
        clause=clause, record_id=record.pk, defaults={"note": where}, create_defaults={"note": where, "by": actor}
    )
    tie(text, record, Link.Relation.CITES)
    note(actor=actor, verb="cited" if new else "changed", subject=evidence, coalition=text.coalition)
    return evidence


@action
def uncite_record(*, actor: Person, evidence: Evidence) -> None:
    """A clause rests on it no more; the tie goes with the last clause that did. Raises PermissionDenied."""
    text = evidence.clause.text
    if not policies.can_draft(actor, text) or not text.is_open_to_change:
        raise PermissionDenied
    record = evidence.record_id
    note(actor=actor, verb="took-back", subject=evidence, coalition=text.coalition)
    evidence.delete()
    if not Evidence.objects.filter(clause__text=text, record=record).exists():
        Link.objects.filter(from_record=text.pk, to_record=record, relation=Link.Relation.CITES).delete()
