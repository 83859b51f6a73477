"""What plans put on a desk, and the way to them: without a word of what a team wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.plans.actions import claim_plan
from tests.factories import AffiliationFactory
from tests.plans.planning import said
from tests.plans.test_team import gone


def deeds(person, coalition):
    coalition.refresh_from_db()
    return [item.title for item in get_tasks(Standing(person, coalition))]


def test_a_next_step_that_is_due_waits_for_those_who_write(coalition, plan, lead, writer, reader, compatriot):
    soon = timezone.localdate() + timedelta(days=3)
    said(plan, lead, "11", "needed", next_step="A secret step", due_on=soon)
    said(plan, lead, "12", "in-place", next_step="Done already", due_on=soon)
    waits = ["Update the next step in a national plan: Child Helpline"]

    assert (deeds(lead, coalition), deeds(writer, coalition)) == (waits, waits)
    assert (deeds(reader, coalition), deeds(compatriot, coalition)) == ([], [])
    gone(writer)
    coalition.revision += 1  # as the action that ends it would
    assert get_tasks(Standing(writer, coalition)) == []


def test_who_asks_to_lead_a_plan_waits_for_a_coordinator(coalition, plan, lead, ministry, coordinator, member):
    gone(lead)
    claim_plan(actor=AffiliationFactory(organisation=ministry, may_speak=True).person, plan=plan)

    assert "Answer 1 request to lead a national plan" in deeds(coordinator, coalition)
    assert deeds(member, coalition) == []


@pytest.mark.parametrize(("who", "shown"), [("lead", True), ("reader", True), ("compatriot", False), ("member", False)])
def test_the_desk_leads_those_to_plans_who_have_to_do_with_them(client, request, coalition, plan, who, shown):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("home:desk", args=[coalition.slug])).text

    assert (f'href="{reverse("plans:overview", args=[coalition.slug])}"' in page) is shown


def test_members_find_the_tab_and_visitors_do_not(client, coalition, member):
    page, tab = reverse("regions:coverage", args=[coalition.slug]), reverse("plans:overview", args=[coalition.slug])
    assert tab not in client.get(page).text
    client.force_login(member)
    assert tab in client.get(page).text
    assert "Who can create a plan" in client.get(tab).text
