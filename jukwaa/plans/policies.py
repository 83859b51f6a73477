"""Who may do what with a national plan. When it may be done is the action's affair.

`plan.role` is what the viewer is in its team, as `visible_to` read it: whoever has none got no plan.
"""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.plans.models import Plan, TeamMember


def list_represented_countries(viewer_standing: Standing) -> list[str]:
    """The countries for whose government this person may speak today, by the codes that the directory has."""
    found = [
        affiliation.organisation.country
        for affiliation in viewer_standing.affiliations
        if affiliation.may_speak and affiliation.organisation.stakeholder_group == StakeholderGroup.GOVERNMENT
    ]
    return [code for code in dict.fromkeys(found) if code]


def list_countries_open_for_plans(viewer_standing: Standing) -> list[str]:
    """Of these, where a plan can begin: not one that is no country any more, whose plans only go on."""
    return [
        code
        for code in list_represented_countries(viewer_standing)
        if code in COUNTRIES_BY_CODE or code == EXAMPLE_COUNTRY_CODE
    ]


def can_open_plan(viewer: ViewerContext, plan: Plan) -> bool:
    """A plan of this coalition for this country, not yet begun."""
    return plan.country in list_countries_open_for_plans(viewer.standing(plan))


def can_claim_plan(viewer: ViewerContext, plan: Plan) -> bool:
    return plan.country in list_represented_countries(viewer.standing(plan))


def get_team_role(viewer: ViewerContext, plan: Plan) -> str:
    """What they are in its team today; empty for whoever has no access."""
    rows = TeamMember.objects.with_access().filter(plan=plan.pk, person=viewer.viewer.pk)
    return rows.values_list("role", flat=True).first() or ""


def can_read(viewer: ViewerContext, plan: Plan) -> bool:
    return get_team_role(viewer, plan) != ""


def can_write(viewer: ViewerContext, plan: Plan) -> bool:
    return is_writing_role(get_team_role(viewer, plan))


def can_lead_plan_team(viewer: ViewerContext, plan: Plan) -> bool:
    return get_team_role(viewer, plan) == TeamMember.Role.LEADS


def is_writing_role(role: str) -> bool:
    return role in (TeamMember.Role.LEADS, TeamMember.Role.WRITES)


def can_answer_claim(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_see_figures(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside
