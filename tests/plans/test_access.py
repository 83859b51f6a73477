"""Who reads a plan: its team, as long as the country vouches for them, and no role of the coalition."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.coalitions.actions import OrganisationFacts, change_organisation, merge_organisations
from jukwaa.coalitions.actions.people import remove_person
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.plans import policies
from jukwaa.plans.actions import add_team_member, leave_plan_team
from jukwaa.plans.models import Plan, TeamMember
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.plans.plan_steps import add_assessment, build_plan_url, get_action_refusal_text

ONE_DAY = timedelta(days=1)


def can_read_plans(viewer) -> bool:
    return Plan.objects.visible_to(viewer).exists()


def test_only_team_reads_plan(
    plan, plan_lead, team_writer, team_reader, compatriot, coordinator, safeguarding_lead, rapporteur, member, outsider
):
    assert all(map(can_read_plans, (plan_lead, team_writer, team_reader)))
    assert not any(
        map(can_read_plans, (compatriot, coordinator, safeguarding_lead, rapporteur, member, outsider, AnonymousUser()))
    )
    roles = {person.pk: Plan.objects.visible_to(person).get().role for person in (plan_lead, team_writer, team_reader)}
    assert roles == {plan_lead.pk: "leads", team_writer.pk: "writes", team_reader.pk: "reads"}


def test_coalition_role_alone_gives_no_access_to_plan(client, coalition, plan, coordinator, bureau_organisation):
    AffiliationFactory(person=coordinator, organisation=bureau_organisation, may_speak=True)
    client.force_login(coordinator)

    assert client.get(build_plan_url("plan_detail", plan)).status_code == 404


@pytest.mark.parametrize("ending_case", ["ended", "unconfirmed", "too long ago", "moved", "left", "taken out"])
def test_access_ends_immediately(client, coalition, plan, plan_lead, team_writer, bureau_organisation, ending_case):
    client.force_login(team_writer)
    add_assessment(plan, plan_lead, words="canaryplanpublished")
    assert "canaryplanpublished" in client.get(build_plan_url("capability_detail", plan, 11)).text
    tie = Affiliation.objects.filter(person=team_writer)
    {
        "ended": lambda: tie.update(ends_on=timezone.localdate() - ONE_DAY),
        "unconfirmed": lambda: tie.update(confirmed_on=None, confirmed_by=None),
        "too long ago": lambda: tie.update(confirmed_on=timezone.localdate() - timedelta(days=400)),
        "moved": lambda: Organisation.objects.filter(pk=bureau_organisation.pk).update(country="TV"),
        "left": lambda: leave_plan_team(actor=team_writer, team_member=TeamMember.objects.get(person=team_writer)),
        "taken out": lambda: remove_person(actor=team_writer, coalition=coalition, person=team_writer),
    }[ending_case]()

    for page in ("plan_detail", "team_list", "plan_print", "plan_edit", "carry_over"):
        assert client.get(build_plan_url(page, plan)).status_code == 404
    for ending in ("pdf", "docx", "xlsx", "csv"):
        assert client.get(build_plan_url("plan_file", plan, ending)).status_code == 404
    for page in ("capability_detail", "capability_edit", "need_new", "practice_new"):
        assert client.get(build_plan_url(page, plan, 11)).status_code == 404


def test_returning_affiliation_needs_team_membership(plan, plan_lead, team_writer):
    leave_plan_team(actor=plan_lead, team_member=TeamMember.objects.get(person=team_writer))
    assert not can_read_plans(team_writer)
    add_team_member(actor=plan_lead, plan=plan, person=team_writer, role="reads")
    assert can_read_plans(team_writer)
    assert TeamMember.objects.filter(person=team_writer).count() == 2


def test_merged_organisation_takes_country_of_surviving_one(
    coalition, coordinator, plan, team_writer, bureau_organisation
):
    same = OrganisationFactory(coalition=coalition, name="The bureau", country="FJ")
    merge_organisations(actor=coordinator, surviving_organisation=same, merged_organisation=bureau_organisation)
    assert can_read_plans(team_writer)
    abroad = OrganisationFactory(coalition=coalition, name="An office elsewhere", country="TV")
    merge_organisations(actor=coordinator, surviving_organisation=abroad, merged_organisation=same)
    assert not can_read_plans(team_writer)


def test_plan_of_other_coalition_is_not_found(client, plan, plan_lead, other_coalition):
    client.force_login(plan_lead)
    elsewhere = build_plan_url("plan_detail", plan).replace("/ours/", "/theirs/")

    assert client.get(elsewhere).status_code == 404
    assert not Plan.objects.of(other_coalition).exists()


def test_person_of_other_country_cannot_join_team(client, plan, plan_lead, member, outsider):
    for person in (member, outsider):
        assert "Only people from the country" in get_action_refusal_text(
            add_team_member, actor=plan_lead, plan=plan, person=person, role="writes"
        )
    client.force_login(plan_lead)
    for sent in ({"person": member.pk, "role": "writes"}, {"email": outsider.email, "role": "writes"}):
        response = client.post(build_plan_url("team_list", plan), sent)
        assert response.status_code == 422
        assert outsider.name not in response.text
    assert TeamMember.objects.count() == 1


def test_changing_own_organisation_gives_no_access(coalition, plan, team_writer, plan_lead):
    """A former team member represents a foreign organisation and moves it to the country."""
    Affiliation.objects.filter(person=team_writer).update(ends_on=timezone.localdate() - ONE_DAY)
    abroad = OrganisationFactory(coalition=coalition, name="An office elsewhere", country="TV")
    AffiliationFactory(person=team_writer, organisation=abroad, may_speak=True)
    facts = OrganisationFacts(name=abroad.name, country="FJ")
    told = get_action_refusal_text(
        change_organisation, actor=team_writer, organisation=abroad, facts=facts, from_version=1
    )

    assert "ask a coordinator to change it" in told
    assert not can_read_plans(team_writer)


def test_representative_cannot_make_organisation_a_government(coalition, plan, compatriot, bureau_organisation):
    Affiliation.objects.filter(person=compatriot).update(may_speak=True)
    facts = OrganisationFacts(name=bureau_organisation.name, country="FJ", stakeholder_group="government")
    told = get_action_refusal_text(
        change_organisation, actor=compatriot, organisation=bureau_organisation, facts=facts, from_version=1
    )

    assert "ask a coordinator to change it" in told
    assert not policies.list_countries_open_for_plans(Standing(compatriot, coalition))
