"""Who may read an item or a collection: its label, and the organisations or persons that it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.library import policies
from jukwaa.library.models import Collection, Item
from jukwaa.records.actions import change_record
from jukwaa.records.models import Audience, Label, Link, Record


@dataclass(frozen=True)
class RecordReaders:
    label: str = Label.CLEAR
    organisations: Sequence[Organisation] = ()  # for AMBER
    persons: Sequence[Person] = ()  # for RED


def set_record_readers(*, actor: Person, record: Record, readers: RecordReaders) -> None:
    """Write down whom the record names. Part of the action that saves its label.

    AMBER names organisations, of which the author's own is always one, so that its people go on reading it;
    AMBER+STRICT names the author's own; RED names persons.
    """
    Audience.objects.filter(record=record.pk).delete()
    named: list[Audience] = []
    if readers.label in (Label.AMBER, Label.STRICT):
        own = Affiliation.objects.confirmed().filter(person=actor, organisation__coalition=record.coalition_id)
        chosen = readers.organisations if readers.label == Label.AMBER else ()
        numbers = {*own.values_list("organisation_id", flat=True), *(organisation.pk for organisation in chosen)}
        named = [Audience(record_id=record.pk, organisation_id=pk) for pk in sorted(numbers)]
    if readers.label == Label.RED:
        named = [Audience(record_id=record.pk, person=person) for person in dict.fromkeys(readers.persons)]
    Audience.objects.bulk_create(named)
    _limit_translation_readers(actor, record)


def limit_readers_to_original(*, actor: Person, record: Record, original_record: Record) -> None:
    """What was made of a record is read by no more people than that. Part of the action that closed it."""
    _restrict_label_to_original(actor, record, original_record)
    _limit_translation_readers(actor, record)


def _limit_translation_readers(actor: Person, record: Record) -> None:
    """A translation is closed along with its original, and never more open than that. Raises PermissionDenied."""
    links = Link.objects.filter(Q(from_record=record.pk) | Q(to_record=record.pk), relation=Link.Relation.TRANSLATES)
    for link in links.select_related("from_record__coalition", "to_record"):
        if link.to_record_id == record.pk:
            _restrict_label_to_original(actor, link.from_record, record)
        elif _has_more_readers(record, link.to_record):
            raise PermissionDenied(
                _("A translation cannot have more readers than its original. Change who can read the original first.")
            )


def _require_no_more_readers_than_text(record: Record) -> None:
    """What was published from a text is never more open than the text. Raises PermissionDenied."""
    links = Link.objects.filter(from_record=record.pk, relation=Link.Relation.BEGAN_AS, to_record__kind="text")
    if any(_has_more_readers(record, link.to_record) for link in links.select_related("to_record")):
        raise PermissionDenied(
            _(
                "Change who can read the text first. This item was published from the text, and cannot have more"
                " readers than the text."
            )
        )


def _restrict_label_to_original(actor: Person, record: Record, original_record: Record) -> None:
    if not _has_more_readers(record, original_record):
        return
    closed = change_record(
        actor=actor,
        record=record.whole(),
        changes={"label": original_record.label},
        from_version=record.version,
        activity_verb="changed-readers",
        is_trusted=True,
    )
    record.label, record.version = closed.label, closed.version
    copy_record_audience(original_record, record)


def copy_record_audience(original_record: Record, source_record: Record) -> None:
    """Whom the one names, the other names too, and nobody else. Part of the action that saves the label."""
    Audience.objects.filter(record=source_record.pk).delete()
    named = Audience.objects.filter(record=original_record.pk)
    Audience.objects.bulk_create(
        Audience(record_id=source_record.pk, person_id=each.person_id, organisation_id=each.organisation_id)
        for each in named
    )


def _has_more_readers(record: Record, original_record: Record) -> bool:
    """From TLP:AMBER on, what counts is who is named."""
    labels = list(Label)
    if original_record.label in (Label.CLEAR, Label.GREEN):
        return labels.index(Label(record.label)) < labels.index(Label(original_record.label))
    return record.label != original_record.label or not _get_audience_ids(record) <= _get_audience_ids(original_record)


@action
def change_record_readers[R: (Item, Collection)](*, actor: Person, record: R, readers: RecordReaders) -> R:
    """Its author says anew who may read it. What a second person must read is read again: they chose for whom.

    Raises PermissionDenied.
    """
    if not policies.can_set_readers(ViewerContext(actor), record):
        raise PermissionDenied
    before = _get_audience_ids(record)
    changed = change_record(
        actor=actor,
        record=record,
        changes={"label": readers.label},
        from_version=record.version,
        activity_verb="changed-readers",
    )
    set_record_readers(actor=actor, record=changed, readers=readers)
    _require_no_more_readers_than_text(changed)
    if changed.version == record.version and _get_audience_ids(changed) != before:
        changed.hide_until_reviewed()
        changed.save(update_fields=["state", "published_at"])
        record_activity(actor=actor, verb="changed-readers", subject=changed, coalition=changed.coalition)
    return changed


def _get_audience_ids(record: Record) -> set[tuple[int | None, int | None]]:
    return set(Audience.objects.filter(record=record.pk).values_list("person", "organisation"))
