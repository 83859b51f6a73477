"""Who may do what with a national plan. When it may be done is the action's affair.

`plan.role` is what the viewer is in its team, as `visible_to` read it: whoever has none got no plan.
"""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.regions import StakeholderGroup
from jukwaa.plans.models import EXAMPLE, Plan, TeamMember


def governs(standing: Standing) -> list[str]:
    """The countries for whose government this person may speak today, by the codes that the directory has."""
    found = [
        affiliation.organisation.country
        for affiliation in standing.affiliations
        if affiliation.may_speak and affiliation.organisation.stakeholder_group == StakeholderGroup.GOVERNMENT
    ]
    return [code for code in dict.fromkeys(found) if code]


def opens(standing: Standing) -> list[str]:
    """Of these, where a plan can begin: not one that is no country any more, whose plans only go on."""
    return [code for code in governs(standing) if code in COUNTRIES or code == EXAMPLE]


def can_open(person: Person, coalition: Coalition, country: str) -> bool:
    return country in opens(Standing(person, coalition))


def can_claim(person: Person, plan: Plan) -> bool:
    return plan.country in governs(Standing(person, plan.coalition))


def role_of(person: Person, plan: Plan) -> str:
    """What they are in its team today; empty for whoever has no access."""
    rows = TeamMember.objects.with_access().filter(plan=plan.pk, person=person)
    return rows.values_list("role", flat=True).first() or ""


def can_read(person: Person, plan: Plan) -> bool:
    return role_of(person, plan) != ""


def can_write(person: Person, plan: Plan) -> bool:
    return writes(role_of(person, plan))


def can_lead(person: Person, plan: Plan) -> bool:
    return role_of(person, plan) == TeamMember.Role.LEADS


def writes(role: str) -> bool:
    return role in (TeamMember.Role.LEADS, TeamMember.Role.WRITES)


def can_answer_claim(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_coordinator


def can_see_figures(standing: Standing) -> bool:
    return standing.is_inside
