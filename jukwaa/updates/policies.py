"""Who lets a coalition's mail go, and who reads and uses what came over its list."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext


def can_release_mail(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_read_list(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def can_record_post(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur
