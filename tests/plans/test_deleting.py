"""A plan that was opened by mistake, or is closed for long, is deleted by its lead; what came of it stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.models import Need
from jukwaa.plans.actions import (
    add_capability_evidence,
    claim_inactive_plan,
    close_plan,
    delete_plan,
    link_event_to_plan,
    set_plan_baseline,
)
from jukwaa.plans.models import Assessment, Baseline, CountedMonth, Plan, TeamMember, Tie
from tests.factories import EventFactory, NeedFactory
from tests.plans.plan_steps import (
    add_assessment,
    build_plan_url,
    count_published_months,
    create_five_plans,
    get_action_refusal_text,
)
from tests.plans.test_figures import build_state_counts, get_published_figures


def close_plan_days_ago(plan, lead, *, days_ago=31):
    close_plan(actor=lead, plan=plan)
    Plan.objects.filter(pk=plan.pk).update(closed_at=timezone.now() - timedelta(days=days_ago))


def test_plan_opened_by_mistake_is_deleted_after_preview(client, plan, plan_lead, team_writer):
    client.force_login(plan_lead)
    assert build_plan_url("plan_delete", plan) in client.get(build_plan_url("plan_detail", plan)).text
    page = client.get(build_plan_url("plan_delete", plan)).text
    assert "The team members (2) will no longer be able to read the plan." in page
    assert client.post(build_plan_url("plan_delete", plan)).status_code == 422
    overview = reverse("plans:overview", args=[plan.coalition.slug])
    assert client.post(build_plan_url("plan_delete", plan), {"sure": "on"}).url == overview

    assert not Plan.objects.exists()
    assert client.post(build_plan_url("plan_delete", plan), {"sure": "on"}).status_code == 404
    assert Activity.objects.filter(kind="plan", verb="deleted", object_id=plan.pk).count() == 1


def test_plan_with_assessments_is_closed_30_days_before_deletion(client, plan, plan_lead):
    add_assessment(plan, plan_lead)
    client.force_login(plan_lead)
    assert client.get(build_plan_url("plan_delete", plan)).status_code == 403
    assert "Close the plan first" in get_action_refusal_text(delete_plan, actor=plan_lead, plan=plan)
    close_plan_days_ago(plan, plan_lead, days_ago=29)
    assert client.post(build_plan_url("plan_delete", plan), {"sure": "on"}).status_code == 403
    assert "You can delete the plan 30 days after" in client.get(build_plan_url("plan_detail", plan)).text
    Plan.objects.update(closed_at=timezone.now() - timedelta(days=30))
    assert client.post(build_plan_url("plan_delete", plan), {"sure": "on"}).status_code == 302

    assert not Plan.objects.exists()


def test_double_submission_deletes_plan_once(plan, plan_lead):
    for _press in range(2):  # the second was on its way already
        delete_plan(actor=plan_lead, plan=plan)

    assert Activity.objects.filter(kind="plan", verb="deleted", object_id=plan.pk).count() == 1


def test_edit_during_deletion_is_refused(plan, plan_lead):
    delete_plan(actor=plan_lead, plan=plan)

    assert "has been deleted" in get_action_refusal_text(set_plan_baseline, actor=plan_lead, plan=plan, name="A moment")


def test_only_lead_deletes_plan(client, plan, plan_lead, team_writer, team_reader, coordinator):
    close_plan_days_ago(plan, plan_lead)
    for person, status in ((team_writer, 403), (team_reader, 403), (coordinator, 404)):
        client.force_login(person)
        assert client.post(build_plan_url("plan_delete", plan), {"sure": "on"}).status_code == status
        with pytest.raises(PermissionDenied):
            delete_plan(actor=person, plan=plan)


def test_deletion_removes_plan_and_keeps_resulting_records(coalition, plan, plan_lead, team_writer):
    event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
    need = NeedFactory(coalition=coalition, published=True)
    add_assessment(plan, plan_lead)
    set_plan_baseline(actor=plan_lead, plan=plan, name="A moment")
    link_event_to_plan(actor=plan_lead, plan=plan, event=event)
    add_capability_evidence(actor=plan_lead, plan=plan, capability="mnr-2016/11", record=need)
    close_plan_days_ago(plan, plan_lead)
    delete_plan(actor=plan_lead, plan=plan)

    assert not any(model.objects.exists() for model in (Plan, TeamMember, Assessment, Baseline, Tie))
    event.refresh_from_db()
    assert Need.objects.get() == need


def test_deleted_plan_remains_in_published_figures_only(coalition):
    (plan, lead), *_others = create_five_plans(coalition)
    count_published_months()
    close_plan_days_ago(plan, lead)
    delete_plan(actor=lead, plan=plan)
    count_published_months(2)

    assert get_published_figures(coalition) == build_state_counts(2, 0, 3)
    assert CountedMonth.objects.first().answers == {}


def test_deleted_plan_can_be_opened_again_but_not_claimed(plan, plan_lead):
    delete_plan(actor=plan_lead, plan=plan)

    assert "has been deleted" in get_action_refusal_text(claim_inactive_plan, actor=plan_lead, plan=plan)
