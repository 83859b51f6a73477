"""What happens in a plan is told to nobody, and stays whole when people, files and countries go."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions.people import remove_person
from jukwaa.coalitions.merge_preview import count_moved_rows
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.library import schema
from jukwaa.mail.models import Message
from jukwaa.plans.actions import claim_plan, close_plan, consent_to_figures, set_baseline
from jukwaa.plans.models import Plan
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.factories import AffiliationFactory
from tests.plans.planning import opened, said, url
from tests.plans.test_team import gone


def test_no_mail_tells_of_a_plan_and_activities_hold_numbers_alone(coalition, plan, lead, writer, member):
    said(plan, lead, words="canaryplanwordspublished")
    set_baseline(actor=lead, plan=plan, name="A moment")
    consent_to_figures(actor=lead, plan=plan)
    close_plan(actor=lead, plan=plan)
    while notify_untold_activities():
        pass

    assert list(Message.objects.values_list("to", flat=True)) == [writer.email]  # that they were named
    assert not Message.objects.filter(body__contains="canaryplan").exists()
    kinds = set(Activity.objects.values_list("kind", "verb"))
    assert kinds == {
        *(("plan", verb) for verb in ("opened", "set-baseline", "consented", "closed")),
        ("teammember", "named"),
        ("assessment", "assessed"),
    }
    assert not Activity.objects.exclude(capacity=None).exists()


def test_of_somebody_who_was_erased_the_words_stay_and_the_name_goes(
    client, coalition, coordinator, plan, lead, writer
):
    said(plan, writer, words="What was found")
    remove_person(actor=coordinator, coalition=coalition, person=writer)
    client.force_login(lead)
    page = client.get(url("capability_detail", plan, 11)).text

    assert "What was found" in page
    assert "Who writes" not in page


def test_a_coordinator_who_merges_counts_nothing_of_a_plan(client, coalition, coordinator, plan, lead, ministry):
    before = [(move.what, move.number) for move in count_moved_rows(ministry)]
    said(plan, lead)

    assert [(move.what, move.number) for move in count_moved_rows(ministry)] == before == [("people", 1)]
    client.force_login(coordinator)
    page = client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, ministry.pk])).text
    assert "plan" not in page.partition("<main")[2].partition("</main")[0].lower()


def test_a_framework_whose_file_is_gone_leaves_the_plan_readable(client, plan, lead, monkeypatch):
    said(plan, lead, words="What was found")
    left = tuple(each for each in schema.get_frameworks() if each.name != "mnr-2016")
    monkeypatch.setattr(schema, "get_frameworks", lambda: left)
    client.force_login(lead)
    for page in ("plan_detail", "plan_print"):
        assert "What was found" in client.get(url(page, plan)).text


@pytest.mark.parametrize("framework", [each.name for each in schema.get_frameworks()])
def test_each_framework_can_be_planned_over(client, coalition, lead, framework):
    plan = opened(coalition, lead, framework=framework)
    client.force_login(lead)
    for page in ("plan_detail", "plan_print", "carry_over"):
        assert client.get(url(page, plan)).status_code == 200
    assert client.get(url("capability_detail", plan, 1)).status_code == 200


def test_the_plan_of_a_country_that_is_no_more_goes_on_and_can_be_taken_up(coalition, plan, lead, ministry):
    Organisation.objects.filter(pk=ministry.pk).update(country="YU")
    Plan.objects.update(country="YU")
    assert said(plan, lead).number == 1
    gone(lead)
    successor = AffiliationFactory(organisation=ministry, may_speak=True).person
    assert claim_plan(actor=successor, plan=plan).person == successor
