"""Who may work at the reading desk, and who reads the mailing list. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.intake.models import Drive, Reading
from jukwaa.records.models import Document, Label, State

SOURCE_LABELS = frozenset({Label.CLEAR, Label.GREEN, Label.RED})  # of a document that was imported


def can_import_reports(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur


def can_decide_suggestions(viewer: ViewerContext, reading: Reading) -> bool:
    return viewer.is_person(reading.started_by_id) or viewer.standing(reading).is_rapporteur


def can_enter_reading(viewer: ViewerContext, reading: Reading) -> bool:
    return viewer.standing(reading).is_rapporteur


def can_import_drive(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur


def can_open_restricted_files(viewer: ViewerContext, drive: Drive) -> bool:
    """Open to members what was kept for coordinators."""
    return viewer.standing(drive).is_coordinator


def can_open_document(viewer: ViewerContext, document: Document) -> bool:
    return viewer.standing(document).is_rapporteur


def can_make_document_public(viewer: ViewerContext, document: Document) -> bool:
    """The source of a report was given its readers at its import, so that only a coordinator can add to them."""
    if document.readings.exists():
        return viewer.standing(document).is_coordinator
    return can_open_document(viewer, document)


def can_change_document_readers(viewer: ViewerContext, document: Document) -> bool:
    """Coordinators; before it is in the record, the person who imported it, who may be the only one to see it."""
    if document.label not in SOURCE_LABELS:
        return False
    if document.state == State.SUBMITTED:
        return can_import_reports(viewer, document.coalition) and any(
            viewer.is_person(reading.started_by_id) for reading in document.readings.all()
        )
    return document.state == State.PUBLISHED and viewer.standing(document).is_coordinator


def can_read_mailing_list(viewer: ViewerContext, coalition: Coalition) -> bool:
    """As `ListPostQuerySet.visible_to` has it for single posts."""
    standing = viewer.standing(coalition)
    is_reader = standing.is_inside and coalition.list_readers == ListReaders.MEMBERS
    return coalition.list_readers == ListReaders.PUBLIC or is_reader or standing.is_coordinator


def can_manage_list_archive(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_record_post(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur
