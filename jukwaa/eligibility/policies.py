"""Who may see and answer the self-check of a coalition."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.eligibility.coordination.models import REPRESENTING_ROLES
from jukwaa.eligibility.models import AnnualReport, ConditionAnswer


def can_read_self_check(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_answer_condition(viewer: ViewerContext, condition_answer: ConditionAnswer) -> bool:
    """A coordinator, or the officer who has been asked to do the next step."""
    standing = viewer.standing(condition_answer)
    return standing.is_coordinator or (bool(standing.roles) and viewer.is_person(condition_answer.responsible_id))


def can_represent_at_forum(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Representatives and coordinators see the coordination meetings, add them and log attendance."""
    return bool(viewer.standing(coalition).roles & set(REPRESENTING_ROLES))


def can_read_cycle(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Coordinators, chairs, rapporteurs, editors and representatives: those who take its steps."""
    standing = viewer.standing(coalition)
    return standing.is_rapporteur or standing.is_chair or can_represent_at_forum(viewer, coalition)


def can_edit_annual_report(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Whoever keeps the minutes, as with session reports."""
    return viewer.standing(coalition).is_rapporteur


def can_read_annual_report(viewer: ViewerContext, report: AnnualReport) -> bool:
    """A draft is for members, a published report for everyone."""
    return report.published_at is not None or viewer.standing(report).is_inside
