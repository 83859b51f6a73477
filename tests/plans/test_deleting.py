"""A plan that was opened by mistake, or is closed for long, is deleted by its lead; what came of it stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.models import Need
from jukwaa.plans.actions import add_evidence, claim_plan, close_plan, delete_plan, link_event, set_baseline
from jukwaa.plans.models import Assessment, Baseline, CountedMonth, Plan, TeamMember, Tie
from tests.factories import EventFactory, NeedFactory
from tests.plans.planning import five, months_go_by, refusal, said, url
from tests.plans.test_figures import numbers, told


def closed(plan, lead, *, days_ago=31):
    close_plan(actor=lead, plan=plan)
    Plan.objects.filter(pk=plan.pk).update(closed_at=timezone.now() - timedelta(days=days_ago))


def test_one_that_was_opened_by_mistake_goes_once_its_lead_has_read_what_goes(client, plan, lead, writer):
    client.force_login(lead)
    assert url("plan_delete", plan) in client.get(url("plan_detail", plan)).text
    page = client.get(url("plan_delete", plan)).text
    assert "The team members (2) will no longer be able to read the plan." in page
    assert client.post(url("plan_delete", plan)).status_code == 422
    overview = reverse("plans:overview", args=[plan.coalition.slug])
    assert client.post(url("plan_delete", plan), {"sure": "on"}).url == overview

    assert not Plan.objects.exists()
    assert client.post(url("plan_delete", plan), {"sure": "on"}).status_code == 404
    assert Activity.objects.filter(kind="plan", verb="deleted", object_id=plan.pk).count() == 1


def test_one_in_which_something_was_said_is_closed_first_for_thirty_days(client, plan, lead):
    said(plan, lead)
    client.force_login(lead)
    assert client.get(url("plan_delete", plan)).status_code == 403
    assert "Close the plan first" in refusal(delete_plan, actor=lead, plan=plan)
    closed(plan, lead, days_ago=29)
    assert client.post(url("plan_delete", plan), {"sure": "on"}).status_code == 403
    assert "You can delete the plan 30 days after" in client.get(url("plan_detail", plan)).text
    Plan.objects.update(closed_at=timezone.now() - timedelta(days=30))
    assert client.post(url("plan_delete", plan), {"sure": "on"}).status_code == 302

    assert not Plan.objects.exists()


def test_whoever_presses_twice_deletes_it_once(plan, lead):
    for _press in range(2):  # the second was on its way already
        delete_plan(actor=lead, plan=plan)

    assert Activity.objects.filter(kind="plan", verb="deleted", object_id=plan.pk).count() == 1


def test_what_is_written_while_it_is_deleted_is_refused_with_a_sentence(plan, lead):
    delete_plan(actor=lead, plan=plan)

    assert "has been deleted" in refusal(set_baseline, actor=lead, plan=plan, name="A moment")


def test_only_whoever_leads_it_deletes_it(client, plan, lead, writer, reader, coordinator):
    closed(plan, lead)
    for person, status in ((writer, 403), (reader, 403), (coordinator, 404)):
        client.force_login(person)
        assert client.post(url("plan_delete", plan), {"sure": "on"}).status_code == status
        with pytest.raises(PermissionDenied):
            delete_plan(actor=person, plan=plan)


def test_all_of_it_goes_and_what_came_of_it_stays(coalition, plan, lead, writer):
    event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
    need = NeedFactory(coalition=coalition, published=True)
    said(plan, lead)
    set_baseline(actor=lead, plan=plan, name="A moment")
    link_event(actor=lead, plan=plan, event=event)
    add_evidence(actor=lead, plan=plan, capability="mnr-2016/11", record=need)
    closed(plan, lead)
    delete_plan(actor=lead, plan=plan)

    assert not any(model.objects.exists() for model in (Plan, TeamMember, Assessment, Baseline, Tie))
    event.refresh_from_db()
    assert Need.objects.get() == need


def test_numbers_that_were_told_stay_and_none_that_is_made_later_counts_it(coalition):
    (plan, lead), *_others = five(coalition)
    months_go_by()
    closed(plan, lead)
    delete_plan(actor=lead, plan=plan)
    months_go_by(2)

    assert numbers(coalition) == told(2, 0, 3)
    assert CountedMonth.objects.first().answers == {}


def test_after_it_is_gone_the_country_opens_another_and_nobody_claims_the_old_one(plan, lead):
    delete_plan(actor=lead, plan=plan)

    assert "has been deleted" in refusal(claim_plan, actor=lead, plan=plan)
