"""Adding and removing team members, and inactive plans."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.plans.actions import add_team_member, answer_plan_claim, claim_inactive_plan, leave_plan_team
from jukwaa.plans.models import Claim, Plan, TeamMember
from tests.factories import AffiliationFactory
from tests.plans.plan_steps import add_assessment, build_plan_url, get_action_refusal_text


@pytest.fixture
def successor_of_lead(ministry):
    return AffiliationFactory(organisation=ministry, may_speak=True, person__name="Who comes after").person


def end_affiliation(person):
    Affiliation.objects.filter(person=person).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_only_lead_adds_and_removes_members(client, plan, plan_lead, team_writer, compatriot):
    client.force_login(plan_lead)
    assert (
        client.post(build_plan_url("team_list", plan), {"email": compatriot.email, "role": "reads"}).status_code == 302
    )
    member = TeamMember.objects.get(person=compatriot)
    client.force_login(team_writer)
    assert client.post(build_plan_url("team_list", plan), {"person": compatriot.pk, "role": "leads"}).status_code == 403
    assert client.post(build_plan_url("team_leave", plan, member.pk)).status_code == 403
    client.force_login(plan_lead)
    assert "reads nothing" not in client.get(build_plan_url("team_leave", plan, member.pk)).text
    assert client.post(build_plan_url("team_leave", plan, member.pk)).status_code == 302

    assert TeamMember.objects.get(person=compatriot).left_at is not None


def test_only_new_member_is_announced_as_emailed(client, plan, plan_lead, compatriot):
    client.force_login(plan_lead)
    texts = [
        client.post(build_plan_url("team_list", plan), {"email": compatriot.email, "role": role}, follow=True).text
        for role in ("reads", "writes")
    ]

    assert ["Team member added. We will email them" in text for text in texts] == [True, False]
    assert "we will not email them again" in texts[1]


def test_lead_names_successor_before_leaving(client, plan, plan_lead, team_writer):
    client.force_login(plan_lead)
    own = TeamMember.objects.get(person=plan_lead)
    page = client.post(build_plan_url("team_leave", plan, own.pk), follow=True)
    assert "Make another team member the lead first" in page.text
    assert "Make another team member the lead first" in get_action_refusal_text(
        add_team_member, actor=plan_lead, plan=plan, person=plan_lead, role="reads"
    )
    add_team_member(actor=plan_lead, plan=plan, person=team_writer, role="leads")
    assert client.post(build_plan_url("team_leave", plan, own.pk)).url == reverse(
        "plans:overview", args=[plan.coalition.slug]
    )

    assert Plan.objects.visible_to(team_writer).get().role == "leads"
    assert not Plan.objects.visible_to(plan_lead).exists()


def test_plan_becomes_inactive_when_last_member_leaves(plan, plan_lead):
    leave_plan_team(actor=plan_lead, team_member=TeamMember.objects.get())

    assert list(Plan.objects.without_lead()) == [plan]


def test_new_representative_claims_plan_with_approval(
    client, coalition, plan, plan_lead, successor_of_lead, coordinator
):
    add_assessment(plan, plan_lead, words="canaryplanpublished")
    assert "This plan now has a lead" in get_action_refusal_text(
        claim_inactive_plan, actor=successor_of_lead, plan=plan
    )
    end_affiliation(plan_lead)
    client.force_login(successor_of_lead)
    overview = reverse("plans:overview", args=[coalition.slug])
    assert "Ask to lead this plan" in client.get(overview).text
    client.post(build_plan_url("plan_claim", plan))
    client.post(build_plan_url("plan_claim", plan))
    assert "No coordinator has answered yet" in client.get(overview).text
    assert client.get(build_plan_url("plan_detail", plan)).status_code == 404
    client.force_login(coordinator)
    page = client.get(reverse("plans:claim_list", args=[coalition.slug])).text
    assert "Who comes after" in page
    assert plan.title not in page
    client.post(reverse("plans:claim_grant", args=[coalition.slug, Claim.objects.get().pk]))

    assert Plan.objects.visible_to(successor_of_lead).get().role == "leads"
    assert not Plan.objects.visible_to(coordinator).exists()


def test_claim_is_not_decided_by_requester_or_other_country(
    coalition, plan, plan_lead, successor_of_lead, coordinator, member
):
    end_affiliation(plan_lead)
    AffiliationFactory(
        person=coordinator, organisation=Affiliation.objects.get(person=successor_of_lead).organisation, may_speak=True
    )
    claim = claim_inactive_plan(actor=coordinator, plan=plan)
    for actor in (coordinator, member):
        with pytest.raises(PermissionDenied):
            answer_plan_claim(actor=actor, plan_claim=claim, is_granted=True)
    with pytest.raises(PermissionDenied):
        claim_inactive_plan(actor=member, plan=plan)


def test_representative_in_team_becomes_lead_without_request(client, plan, plan_lead, successor_of_lead):
    add_team_member(actor=plan_lead, plan=plan, person=successor_of_lead, role="reads")
    end_affiliation(plan_lead)
    client.force_login(successor_of_lead)
    overview = client.get(reverse("plans:overview", args=[plan.coalition.slug])).text
    assert ("Become the lead" in overview, "Ask to lead this plan" in overview) == (True, False)
    for _press in range(2):
        page = client.post(build_plan_url("plan_claim", plan), follow=True)
        assert page.redirect_chain == [(build_plan_url("plan_detail", plan), 302)]
        assert ("You now lead this plan." in page.text, "Once a coordinator has confirmed" in page.text) == (
            True,
            False,
        )

    assert Plan.objects.visible_to(successor_of_lead).get().role == "leads"
    assert not Claim.objects.exists()


def test_outdated_claim_shows_conflict(coalition, plan, plan_lead, successor_of_lead, coordinator):
    end_affiliation(plan_lead)
    claim = claim_inactive_plan(actor=successor_of_lead, plan=plan)
    Affiliation.objects.filter(person=successor_of_lead).update(may_speak=False)

    assert "no longer represents" in get_action_refusal_text(
        answer_plan_claim, actor=coordinator, plan_claim=claim, is_granted=True
    )
    answer_plan_claim(actor=coordinator, plan_claim=claim, is_granted=False)
    assert Claim.objects.get().is_granted is False


def test_person_of_other_country_cannot_be_added(plan, plan_lead, member):
    stranger = AffiliationFactory(
        organisation__coalition=plan.coalition, organisation__country="FR", may_speak=True
    ).person
    assert plan.country != "FR"

    for person in (member, stranger):
        assert "Only people from the country" in get_action_refusal_text(
            add_team_member, actor=plan_lead, plan=plan, person=person, role="reads"
        )
    assert TeamMember.objects.count() == 1
