"""Who lets a coalition's mail go, and who invites its people."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext


def can_release_mail(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_send_invitations(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
