"""What somebody under 18 wrote alone is for members only, until their adult contact agrees that everyone reads it.

Such a record gets the label TLP:GREEN, so that the one read rule keeps it from the public everywhere. `Narrowed` knows
which records these are, so that consent opens them again, and nothing else does.
"""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from jukwaa.accounts.minors import has_public_consent
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.records import index
from jukwaa.records.models import Authorship, Label, Narrowed, Record
from jukwaa.records.signals import record_relabelled
from jukwaa.records.versions import save_record_version


def requires_members_label(author: Person | None, record: Record) -> bool:
    """Return whether a record that this person begins may not be public, as it would be."""
    return record.label == Label.CLEAR and author is not None and not has_public_consent(author)


def refuse_public_label(record: Record, changed_fields: dict[str, Any]) -> None:
    """Raise ActionRefused if the changes would open a record to everyone that is for members for now."""
    opens = changed_fields.get("label") == Label.CLEAR and record.label != Label.CLEAR
    if not opens:
        return
    authors = [row.person for row in record.authorships.select_related("person")]
    if len(authors) == 1 and not has_public_consent(authors[0]):
        raise ActionRefused(
            _("Only members can read this record for now. Ask the safeguarding lead to make the record public."),
            "label",
        )


@action
def update_minor_records(*, person: Person, **_signal: object) -> None:
    """Receiver of `minor_status_changed`. Records with a second author stay as they are."""
    if has_public_consent(person):
        _restore_records_of_adult(person)
    else:
        _restrict_records_of_minor(person)


def _restrict_records_of_minor(person: Person) -> None:
    own = Authorship.objects.filter(record=OuterRef("pk"))
    rows = Record.objects.filter(Exists(own.filter(person=person)), ~Exists(own.exclude(person=person)))
    for record in rows.filter(label=Label.CLEAR).order_by("pk"):
        Narrowed.objects.get_or_create(record=record)
        _change_record_label(record, Label.GREEN)


def _restore_records_of_adult(person: Person) -> None:
    for narrowed in Narrowed.objects.filter(record__authorships__person=person).select_related("record").order_by("pk"):
        narrowed.delete()
        if narrowed.record.label == Label.GREEN:
            _change_record_label(narrowed.record, Label.CLEAR)


def _change_record_label(record: Record, label: str) -> None:
    """Without an author: the history of a record would name whoever marked its author, or agreed."""
    current = lock_row(record.whole())
    current.label, current.version = label, current.version + 1
    current.save(update_fields=["label", "version"])
    digest = save_record_version(current, author=None)
    index.reindex_record(current)
    record_relabelled.send(Record, record=current)
    record_activity(actor=None, verb="changed", subject=current, coalition=current.coalition, digest=digest)
