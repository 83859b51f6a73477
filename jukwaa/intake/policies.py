"""Who may work at the reading desk, and who reads the mailing list. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.intake.models import Drive, Reading
from jukwaa.records.models import Document


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


def can_read_mailing_list(viewer: ViewerContext, coalition: Coalition) -> bool:
    """As `ListPostQuerySet.visible_to` has it for single posts."""
    standing = viewer.standing(coalition)
    is_reader = standing.is_inside and coalition.list_readers == ListReaders.MEMBERS
    return coalition.list_readers == ListReaders.PUBLIC or is_reader or standing.is_coordinator


def can_keep_list_archive(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_record_post(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur
