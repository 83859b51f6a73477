"""Changing who can read the source of a report: by its importer until it is in the record, then by coordinators."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.models import DriveEntry
from jukwaa.intake.source_readers import build_chatham_house_rule_source_filter, set_coordinators_as_readers
from jukwaa.records.actions import change_record
from jukwaa.records.models import Audience, Document, Label, State


@action
def change_document_readers(*, actor: Person, document: Document, tlp_label: str, from_version: int) -> Document:
    """Let everyone, members, or the coordinators alone read a document. The meeting made from it keeps its readers.

    Raises PermissionDenied, EditConflict, and ActionRefused for a document that must stay closed.
    """
    viewer = ViewerContext(actor)
    if tlp_label not in policies.SOURCE_LABELS or not policies.can_change_document_readers(viewer, document):
        raise PermissionDenied
    _refuse_unchangeable_document(document, tlp_label)
    reading = document.readings.first()
    if reading is not None and document.state == State.SUBMITTED:
        current = lock_row(reading)
        current.label = tlp_label
        current.save(update_fields=["label"])
    if document.label == tlp_label:
        return document
    changed = change_record(
        actor=actor,
        record=document,
        changes={"label": tlp_label},
        from_version=from_version,
        activity_verb="opened" if tlp_label == Label.CLEAR else "changed",
        is_trusted=True,
    )
    if tlp_label != Label.RED:
        Audience.objects.filter(record=document.pk).delete()
    else:
        set_coordinators_as_readers(changed)
    return changed


def _refuse_unchangeable_document(document: Document, tlp_label: str) -> None:
    is_imported = document.readings.exists() or DriveEntry.objects.filter(document=document).exists()
    if document.label == Label.RED and not is_imported:
        raise ActionRefused(
            _("You cannot change who can read this document here. Only the people it names can read it.")
        )
    if is_source_under_chatham_house_rule(document):
        raise ActionRefused(
            _(
                "You cannot change who can read this document. It names who spoke under the Chatham House Rule, so"
                " only the person who imported it can read it."
            )
        )
    restricted = DriveEntry.objects.filter(document=document, outcome=DriveEntry.Outcome.RESTRICTED)
    if tlp_label == Label.CLEAR and restricted.exists():
        raise ActionRefused(
            _(
                "You cannot make this spreadsheet available to everyone, because it may contain personal email"
                " addresses. Upload a copy without them, and make that copy available instead."
            )
        )


def is_source_under_chatham_house_rule(document: Document) -> bool:
    """Whether the document tells who spoke in a part of a meeting that was held under that rule."""
    return Document.objects.filter(build_chatham_house_rule_source_filter(), pk=document.pk).exists()
