"""Opening a plan: who may, for which country, and how often."""

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.library import schema
from jukwaa.plans.actions import close_plan, open_plan
from jukwaa.plans.models import Plan, TeamMember
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.plans.plan_steps import (
    build_plan_url,
    create_government,
    create_government_lead,
    create_plan,
    get_action_refusal_text,
)


def test_confirmed_representative_opens_and_leads_plan(client, coalition, plan_lead):
    client.force_login(plan_lead)
    page = reverse("plans:plan_new", args=[coalition.slug])
    assert "Model National Response (2016)" in client.get(page).text
    told = {"title": "Safe online, 2027", "framework": "mnr-2016", "label": "TLP:AMBER", "token": uuid.uuid4()}
    first, second = client.post(page, told), client.post(page, told)

    plan = Plan.objects.get()
    assert (first.url, second.url) == (reverse("plans:team_list", args=[coalition.slug, plan.pk]),) * 2
    assert (plan.country, plan.framework, plan.label) == ("FJ", "mnr-2016", "TLP:AMBER")
    assert list(TeamMember.objects.values_list("person", "role")) == [(plan_lead.pk, "leads")]
    assert list(Activity.objects.values_list("verb", "kind", "object_id", "capacity")) == [
        ("opened", "plan", plan.pk, None)
    ]


@pytest.mark.parametrize(
    ("organisation_facts", "affiliation_fields"),
    [
        ({"stakeholder_group": "civil-society", "country": "FJ"}, {"may_speak": True}),
        ({"stakeholder_group": "government", "country": "FJ"}, {"may_speak": False}),
        (
            {"stakeholder_group": "government", "country": "FJ"},
            {"may_speak": True, "confirmed_on": None, "confirmed_by": None},
        ),
        ({"stakeholder_group": "government", "country": ""}, {"may_speak": True}),
        ({"stakeholder_group": "government", "country": "YU"}, {"may_speak": True}),  # dissolved
    ],
)
def test_others_cannot_open_plan(client, coalition, organisation_facts, affiliation_fields):
    organisation = OrganisationFactory(coalition=coalition, **organisation_facts)
    person = AffiliationFactory(organisation=organisation, **affiliation_fields).person
    client.force_login(person)
    page = reverse("plans:plan_new", args=[coalition.slug])

    assert client.get(page).status_code == client.post(page).status_code == 403
    assert "Only people confirmed as representing the government" in client.get(page).text
    with pytest.raises(PermissionDenied):
        open_plan(
            actor=person, coalition=coalition, country=organisation_facts["country"], framework="mnr-2016", title="Ours"
        )


def test_territory_with_country_code_can_have_plan(coalition):
    assert create_plan(coalition, create_government_lead(coalition, "RE"), "RE").where == "Réunion"


def test_representative_of_two_governments_chooses_one(client, coalition, plan_lead):
    AffiliationFactory(person=plan_lead, organisation=create_government(coalition, "TV"), may_speak=True)
    client.force_login(plan_lead)
    told = {"title": "T", "framework": "mnr-2016", "label": "TLP:RED", "country": "TV", "token": uuid.uuid4()}
    page = reverse("plans:plan_new", args=[coalition.slug])
    assert client.post(page, {**told, "country": "KE"}).status_code == 422
    client.post(page, told)

    assert Plan.objects.get().country == "TV"


def test_country_has_one_active_plan_per_framework(coalition, plan_lead, plan, ministry):
    colleague = AffiliationFactory(organisation=ministry, may_speak=True).person
    given = {"actor": colleague, "coalition": coalition, "country": "FJ", "title": "Mine"}

    assert "Ask the team lead to add you" in get_action_refusal_text(open_plan, framework="mnr-2016", **given)
    open_plan(framework="itu-checklist-2020", **given)
    close_plan(actor=plan_lead, plan=plan)
    open_plan(framework="mnr-2016", **given)
    assert Plan.objects.not_closed().count() == 2


def test_plan_cannot_start_with_ended_edition(coalition, plan_lead, monkeypatch):
    ended = tuple(replace(each, ended=2022) if each.name == "mnr-2016" else each for each in schema.get_frameworks())
    monkeypatch.setattr(schema, "get_frameworks", lambda: ended)
    given = {"actor": plan_lead, "coalition": coalition, "country": "FJ", "title": "Mine"}

    assert "This edition has ended" in get_action_refusal_text(open_plan, framework="mnr-2016", **given)


def test_plan_of_former_country_keeps_old_name(plan):
    Plan.objects.filter(pk=plan.pk).update(country="YU")

    assert Plan.objects.get().where == "Yugoslavia (–1992)"


def test_lead_edits_name_and_label_with_conflict_check(client, plan, plan_lead, team_writer):
    client.force_login(team_writer)
    assert client.get(build_plan_url("plan_edit", plan)).status_code == 403
    client.force_login(plan_lead)
    told = {"title": "Named anew", "label": "TLP:RED", "version": 1}
    for _press in range(2):
        assert client.post(build_plan_url("plan_edit", plan), told).status_code == 302
    late = client.post(build_plan_url("plan_edit", plan), {**told, "title": "Named by another"})
    assert late.status_code == 409
    assert "Named anew" in late.text
    assert (
        client.post(build_plan_url("plan_edit", plan), {**told, "title": "Named by another", "version": 2}).status_code
        == 302
    )
    assert (
        client.post(build_plan_url("plan_edit", plan), {**told, "label": "TLP:GREEN", "version": 3}).status_code == 422
    )

    assert Plan.objects.values_list("title", "label", "version").get() == ("Named by another", "TLP:RED", 3)


def test_representative_cannot_open_plan_of_other_country(coalition, plan_lead):
    with pytest.raises(PermissionDenied):
        open_plan(actor=plan_lead, coalition=coalition, country="KE", framework="mnr-2016", title="Theirs")
