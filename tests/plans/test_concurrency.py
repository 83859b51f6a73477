"""Concurrent actions of two people of a country: one plan, one remaining lead, every change kept."""

import uuid

import pytest

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.plans.actions import add_team_member, assess_capability, leave_plan_team, open_plan
from jukwaa.plans.models import Assessment, Plan, TeamMember
from tests.concurrency import run_concurrently
from tests.factories import AffiliationFactory

repeat_three_times = pytest.mark.parametrize("repetition", range(3))


@pytest.fixture
def colleague_of_lead(transactional_db, ministry):
    return AffiliationFactory(organisation=ministry, may_speak=True, person__name="A colleague").person


@repeat_three_times
def test_concurrent_opening_creates_one_plan(coalition, colleague_of_lead, plan_lead, repetition):
    def open_plan_as(person):
        given = {"coalition": coalition, "country": "FJ", "framework": "mnr-2016", "title": "Ours"}
        return lambda: open_plan(actor=person, token=uuid.uuid4(), **given)

    came = run_concurrently(open_plan_as(plan_lead), open_plan_as(colleague_of_lead))

    assert Plan.objects.count() == TeamMember.objects.count() == 1
    assert sorted(type(each).__name__ for each in came) == ["ActionRefused", "Plan"]


@repeat_three_times
def test_concurrent_leaving_keeps_one_lead(coalition, colleague_of_lead, plan, plan_lead, team_writer, repetition):
    add_team_member(actor=plan_lead, plan=plan, person=colleague_of_lead, role="leads")
    leads = TeamMember.objects.filter(role="leads").select_related("plan", "person")
    came = run_concurrently(
        *((lambda member=member: leave_plan_team(actor=member.person, team_member=member)) for member in leads)
    )

    assert [isinstance(each, ActionRefused) for each in came].count(True) == 1
    assert not Plan.objects.without_lead().exists()


@repeat_three_times
def test_second_concurrent_assessment_shows_conflict(
    coalition, colleague_of_lead, plan, plan_lead, team_writer, repetition
):
    def assess_capability_as(person, assessment_text):
        said = {"state": "needed", "words": assessment_text}
        return lambda: assess_capability(actor=person, plan=plan, capability="mnr-2016/11", said=said, seen_number=0)

    came = run_concurrently(assess_capability_as(plan_lead, "One"), assess_capability_as(team_writer, "Other"))

    assert [isinstance(each, EditConflict) for each in came].count(True) == 1
    assert Assessment.objects.count() == 1
