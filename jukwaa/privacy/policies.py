"""Who may do what about personal data. Everyone may ask for a correction, and read the notices."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.privacy.models import DataRequest


def can_answer_request(viewer: ViewerContext, request: DataRequest) -> bool:
    """Nobody decides on a request of their own."""
    standing = viewer.standing(request)
    decides = standing.is_coordinator or standing.is_safeguarding_lead
    return decides and not viewer.is_person(request.requester_id)


def can_withdraw_request(viewer: ViewerContext, request: DataRequest) -> bool:
    return viewer.is_person(request.requester_id)


def can_edit_notices(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_read_papers(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
