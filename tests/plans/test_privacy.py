"""Plans stay private, and stay complete when people, files or countries are removed."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions.people import remove_person
from jukwaa.coalitions.merge_preview import count_moved_rows
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.library import schema
from jukwaa.mail.models import Message
from jukwaa.plans.actions import claim_inactive_plan, close_plan, consent_to_figures, set_plan_baseline
from jukwaa.plans.models import Plan
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import AffiliationFactory
from tests.plans.plan_steps import add_assessment, build_plan_url, create_plan
from tests.plans.test_team import end_affiliation


def test_emails_and_activities_reveal_nothing_of_plan(coalition, plan, plan_lead, team_writer, member):
    add_assessment(plan, plan_lead, words="canaryplanwordspublished")
    set_plan_baseline(actor=plan_lead, plan=plan, name="A moment")
    consent_to_figures(actor=plan_lead, plan=plan)
    close_plan(actor=plan_lead, plan=plan)
    while send_pending_activity_notifications():
        pass

    assert list(Message.objects.values_list("to", flat=True)) == [team_writer.email]  # that they were named
    assert not Message.objects.filter(body__contains="canaryplan").exists()
    kinds = set(Activity.objects.values_list("kind", "verb"))
    assert kinds == {
        *(("plan", verb) for verb in ("opened", "set-baseline", "consented", "closed")),
        ("teammember", "named"),
        ("assessment", "assessed"),
    }
    assert not Activity.objects.exclude(capacity=None).exists()


def test_erasing_person_removes_name_but_not_texts(client, coalition, coordinator, plan, plan_lead, team_writer):
    add_assessment(plan, team_writer, words="What was found")
    remove_person(actor=coordinator, coalition=coalition, person=team_writer)
    client.force_login(plan_lead)
    page = client.get(build_plan_url("capability_detail", plan, 11)).text

    assert "What was found" in page
    assert "Who writes" not in page


def test_organisation_merge_preview_does_not_count_plans(client, coalition, coordinator, plan, plan_lead, ministry):
    before = [(move.what, move.number) for move in count_moved_rows(ministry)]
    add_assessment(plan, plan_lead)

    assert [(move.what, move.number) for move in count_moved_rows(ministry)] == before == [("people", 1)]
    client.force_login(coordinator)
    page = client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, ministry.pk])).text
    assert "plan" not in page.partition("<main")[2].partition("</main")[0].lower()


def test_plan_is_readable_without_framework_file(client, plan, plan_lead, monkeypatch):
    add_assessment(plan, plan_lead, words="What was found")
    left = tuple(each for each in schema.get_frameworks() if each.name != "mnr-2016")
    monkeypatch.setattr(schema, "get_frameworks", lambda: left)
    client.force_login(plan_lead)
    for page in ("plan_detail", "plan_print"):
        assert "What was found" in client.get(build_plan_url(page, plan)).text


@pytest.mark.parametrize("framework", [each.name for each in schema.get_frameworks()])
def test_plan_can_use_any_framework(client, coalition, plan_lead, framework):
    plan = create_plan(coalition, plan_lead, framework=framework)
    client.force_login(plan_lead)
    for page in ("plan_detail", "plan_print", "carry_over"):
        assert client.get(build_plan_url(page, plan)).status_code == 200
    assert client.get(build_plan_url("capability_detail", plan, 1)).status_code == 200


def test_plan_of_former_country_continues_and_can_be_claimed(coalition, plan, plan_lead, ministry):
    Organisation.objects.filter(pk=ministry.pk).update(country="YU")
    Plan.objects.update(country="YU")
    assert add_assessment(plan, plan_lead).number == 1
    end_affiliation(plan_lead)
    successor = AffiliationFactory(organisation=ministry, may_speak=True).person
    assert claim_inactive_plan(actor=successor, plan=plan).person == successor
