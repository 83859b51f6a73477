"""Who may see and answer the self-check of a coalition."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.eligibility.models import ConditionAnswer


def can_read_check(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_answer(viewer: ViewerContext, answer: ConditionAnswer) -> bool:
    """A coordinator, or the officer who has been asked to do the next step."""
    standing = viewer.standing(answer)
    return standing.is_coordinator or (bool(standing.roles) and viewer.is_person(answer.responsible_id))
