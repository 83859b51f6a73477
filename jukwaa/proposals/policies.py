"""Who may do what with calls for proposals."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext


def can_read_calls(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def can_edit_calls(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
