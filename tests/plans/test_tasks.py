"""What plans put on a desk, and the way to them: without a word of what a team wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.plans.actions import claim_inactive_plan
from tests.factories import AffiliationFactory
from tests.plans.planning import add_assessment
from tests.plans.test_team import end_affiliation


def list_tasks(person, coalition):
    coalition.refresh_from_db()
    return [item.title for item in get_tasks(Standing(person, coalition))]


def test_due_step_is_a_task_for_writers(coalition, plan, lead, writer, reader, compatriot):
    soon = timezone.localdate() + timedelta(days=3)
    add_assessment(plan, lead, "11", "needed", next_step="A secret step", due_on=soon)
    add_assessment(plan, lead, "12", "in-place", next_step="Done already", due_on=soon)
    waits = ["Update the next step in a national plan: Child Helpline"]

    assert (list_tasks(lead, coalition), list_tasks(writer, coalition)) == (waits, waits)
    assert (list_tasks(reader, coalition), list_tasks(compatriot, coalition)) == ([], [])
    end_affiliation(writer)
    coalition.revision += 1  # as the action that ends it would
    assert get_tasks(Standing(writer, coalition)) == []


def test_request_to_lead_is_a_task_for_coordinators(coalition, plan, lead, ministry, coordinator, member):
    end_affiliation(lead)
    claim_inactive_plan(actor=AffiliationFactory(organisation=ministry, may_speak=True).person, plan=plan)

    assert "Answer 1 request to lead a national plan" in list_tasks(coordinator, coalition)
    assert list_tasks(member, coalition) == []


@pytest.mark.parametrize(("who", "shown"), [("lead", True), ("reader", True), ("compatriot", False), ("member", False)])
def test_tasks_link_to_plans_only_for_people_concerned(client, request, coalition, plan, who, shown):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("home:desk", args=[coalition.slug])).text

    assert (f'href="{reverse("plans:overview", args=[coalition.slug])}"' in page) is shown


def test_plans_tab_is_for_members_only(client, coalition, member):
    page, tab = reverse("regions:coverage", args=[coalition.slug]), reverse("plans:overview", args=[coalition.slug])
    assert tab not in client.get(page).text
    client.force_login(member)
    assert tab in client.get(page).text
    assert "Who can create a plan" in client.get(tab).text
