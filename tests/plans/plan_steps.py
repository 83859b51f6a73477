"""What the tests of plans share."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.plans.actions import assess_capability, consent_to_figures, count_answers_of_last_month, open_plan
from jukwaa.plans.models import Assessment, Plan
from tests.factories import AffiliationFactory, OrganisationFactory

FRAMEWORK_NAME = "mnr-2016"


def create_government(coalition, country, organisation_name=None):
    organisation_name = organisation_name or f"A government of {country}"
    return OrganisationFactory(
        coalition=coalition, name=organisation_name, country=country, stakeholder_group="government"
    )


def create_government_lead(coalition, country):
    return AffiliationFactory(organisation=create_government(coalition, country), may_speak=True).person


def create_plan(coalition, lead, country="FJ", framework=FRAMEWORK_NAME, **more):
    told = {"title": "Our plan", **more}
    plan = open_plan(actor=lead, coalition=coalition, country=country, framework=framework, **told)
    return Plan.objects.visible_to(lead).get(pk=plan.pk)


def add_assessment(plan, actor, capability_number="11", capability_state="needed", *, days_ago=0, **more):
    """Add an assessment of a capability, dated some days ago."""
    before = Assessment.objects.standing().filter(plan=plan, capability=f"{plan.framework}/{capability_number}").first()
    made = assess_capability(
        actor=actor,
        plan=plan,
        capability=f"{plan.framework}/{capability_number}",
        said={"state": capability_state, **more},
        seen_number=before.number if before else 0,
    )
    if days_ago:
        moment = timezone.now() - timedelta(days=days_ago)
        Assessment.objects.filter(pk=made.pk).update(at=moment)
        Assessment.objects.filter(plan=plan, capability=made.capability, number=made.number - 1).update(
            replaced_at=moment
        )
    return made


def create_consenting_plan(coalition, country, *, state="needed", days_ago=70, plan_number="11", consents=True):
    """Create a plan of a country that consented to published figures some time ago."""
    lead = create_government_lead(coalition, country)
    plan = create_plan(coalition, lead, country)
    add_assessment(plan, lead, plan_number, state, days_ago=days_ago)
    if consents:
        consent_to_figures(actor=lead, plan=plan)
        Plan.objects.filter(pk=plan.pk).update(consented_at=timezone.now() - timedelta(days=days_ago))
    return plan, lead


STATES_OF_FIVE = {"FJ": "needed", "KE": "needed", "BR": "needed", "FR": "in-place", "JP": "in-place"}


def create_five_plans(coalition, **more):
    """Create five plans with two different levels, enough for published figures. Return each plan with its lead."""
    return [
        create_consenting_plan(coalition, country, state=state, **more) for country, state in STATES_OF_FIVE.items()
    ]


def count_published_months(month_count=1):
    """Publish the figures of this month, or of a later one."""
    count_answers_of_last_month(timezone.now() + timedelta(days=31 * (month_count - 1)))


def get_action_refusal_text(action, **kwargs) -> str:
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        action(**kwargs)
    return str(refused.value)


def build_plan_url(route_name, plan, *rest):
    return reverse(f"plans:{route_name}", args=[plan.coalition.slug, plan.pk, *rest])
