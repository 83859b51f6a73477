"""What plans put on a desk, and the way to them: without a word of what a team wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.plans.actions import claim_inactive_plan
from tests.factories import AffiliationFactory
from tests.plans.plan_steps import add_assessment
from tests.plans.test_team import end_affiliation


def list_task_titles(person, coalition):
    coalition.refresh_from_db()
    return [item.title for item in get_tasks(Standing(person, coalition))]


def test_due_step_is_a_task_for_writers(coalition, plan, plan_lead, team_writer, team_reader, compatriot):
    soon = timezone.localdate() + timedelta(days=3)
    add_assessment(plan, plan_lead, "11", "needed", next_step="A secret step", due_on=soon)
    add_assessment(plan, plan_lead, "12", "in-place", next_step="Done already", due_on=soon)
    waits = ["Update the next step in a national plan: Child Helpline"]

    assert (list_task_titles(plan_lead, coalition), list_task_titles(team_writer, coalition)) == (waits, waits)
    assert (list_task_titles(team_reader, coalition), list_task_titles(compatriot, coalition)) == ([], [])
    end_affiliation(team_writer)
    coalition.revision += 1  # as the action that ends it would
    assert get_tasks(Standing(team_writer, coalition)) == []


def test_request_to_lead_is_a_task_for_coordinators(coalition, plan, plan_lead, ministry, coordinator, member):
    end_affiliation(plan_lead)
    claim_inactive_plan(actor=AffiliationFactory(organisation=ministry, may_speak=True).person, plan=plan)

    assert "Answer 1 request to lead a national plan" in list_task_titles(coordinator, coalition)
    assert list_task_titles(member, coalition) == []


@pytest.mark.parametrize(
    ("persona", "is_task_shown"), [("plan_lead", True), ("team_reader", True), ("compatriot", False), ("member", False)]
)
def test_tasks_link_to_plans_only_for_people_concerned(client, request, coalition, plan, persona, is_task_shown):
    client.force_login(request.getfixturevalue(persona))
    page = client.get(reverse("home:desk", args=[coalition.slug])).text

    assert (f'href="{reverse("plans:overview", args=[coalition.slug])}"' in page) is is_task_shown


def test_plans_tab_is_for_members_only(client, coalition, member):
    page, tab = reverse("regions:coverage", args=[coalition.slug]), reverse("plans:overview", args=[coalition.slug])
    assert tab not in client.get(page).text
    client.force_login(member)
    assert tab in client.get(page).text
    assert "Who can create a plan" in client.get(tab).text
