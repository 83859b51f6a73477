"""A country's people: who opened a plan, who writes, who reads, and others who must not."""

import pytest

from jukwaa.plans.actions import add_team_member
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.plans.plan_steps import create_government, create_plan


@pytest.fixture
def ministry(coalition):
    return create_government(coalition, "FJ", "A ministry on an island")


@pytest.fixture
def plan_lead(ministry):
    return AffiliationFactory(organisation=ministry, may_speak=True, person__name="Who leads").person


@pytest.fixture
def plan(coalition, plan_lead):
    return create_plan(coalition, plan_lead)


@pytest.fixture
def bureau_organisation(coalition):
    return OrganisationFactory(coalition=coalition, name="A bureau on the same island", country="FJ")


@pytest.fixture
def team_writer(plan, plan_lead, bureau_organisation):
    person = AffiliationFactory(organisation=bureau_organisation, person__name="Who writes").person
    add_team_member(actor=plan_lead, plan=plan, person=person, role="writes")
    return person


@pytest.fixture
def team_reader(plan, plan_lead, bureau_organisation):
    person = AffiliationFactory(organisation=bureau_organisation, person__name="Who reads").person
    add_team_member(actor=plan_lead, plan=plan, person=person, role="reads")
    return person


@pytest.fixture
def compatriot(bureau_organisation):
    """A person of the same country who is not in the team."""
    return AffiliationFactory(organisation=bureau_organisation, person__name="A compatriot").person
