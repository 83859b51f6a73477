"""Assessments of capabilities: history, edit conflicts, and moving to the next edition."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.library import schema
from jukwaa.plans.actions import (
    assess_capability,
    close_plan,
    move_to_next_edition,
    preview_edition_change,
    set_plan_baseline,
)
from jukwaa.plans.models import Assessment, Plan
from jukwaa.plans.progress import build_progress_points
from tests.plans.plan_steps import add_assessment, build_plan_url, create_plan, get_action_refusal_text

get_today = timezone.localdate


def build_assessment_form(capability_state="needed", seen_version=0, **more):
    empty = dict.fromkeys(("words", "evidence", "body", "next_step", "due_on", "cost"), "")
    return {**empty, "state": capability_state, "version": seen_version, **more}


def test_new_assessment_does_not_delete_earlier_ones(client, plan, plan_lead, team_writer):
    client.force_login(team_writer)
    edit = build_plan_url("capability_edit", plan, 11)
    assert client.post(edit, build_assessment_form(words="Nobody answers at night.")).url == build_plan_url(
        "capability_detail", plan, 11
    )
    client.force_login(plan_lead)
    client.post(
        edit, build_assessment_form("in-place", 1, words="Somebody answers day and night.", cost="40,000 euros a year")
    )

    rows = Assessment.objects.order_by("number").values_list("number", "state", "by", "replaced_at")
    assert [(*row[:3], row[3] is None) for row in rows] == [
        (1, "needed", team_writer.pk, False),
        (2, "in-place", plan_lead.pk, True),
    ]
    page = client.get(build_plan_url("capability_detail", plan, 11)).text
    assert page.index("Somebody answers day and night.") < page.index("Nobody answers at night.")


def test_resubmitted_assessment_is_saved_once(client, plan, plan_lead):
    client.force_login(plan_lead)
    for _press in range(2):
        assert (
            client.post(
                build_plan_url("capability_edit", plan, 11), build_assessment_form(words="As it is.")
            ).status_code
            == 302
        )

    assert Assessment.objects.count() == 1


def test_edit_conflict_shows_both_texts_and_can_be_saved(client, plan, plan_lead, team_writer):
    add_assessment(plan, team_writer, words="What the other one wrote")
    client.force_login(plan_lead)
    edit = build_plan_url("capability_edit", plan, 11)
    response = client.post(edit, build_assessment_form(words="What I wrote"))

    assert response.status_code == 409
    assert "What the other one wrote" in response.text
    assert "What I wrote" in response.text
    assert client.post(edit, build_assessment_form(words="What I wrote", seen_version=1)).status_code == 302
    assert Assessment.objects.standing().get().words == "What I wrote"


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"cost": "40,000"}, "Enter the currency"),
        ({"cost": "٤٠٠٠٠"}, "Enter the currency"),
        ({"due_on": "2020-01-01"}, "This date has passed"),
        ({"due_on": "soon"}, "Enter a date such as 31 March 2026 or 2026-03-31."),
        ({"state": "best"}, "Select a valid choice"),
    ],
)
def test_invalid_assessment_shows_error_and_form_keeps_values(client, plan, plan_lead, form_data, expected_sentence):
    client.force_login(plan_lead)
    response = client.post(
        build_plan_url("capability_edit", plan, 11), build_assessment_form(words="Kept as typed") | form_data
    )

    assert response.status_code == 422
    assert expected_sentence in response.text
    assert "Kept as typed" in response.text
    assert not Assessment.objects.exists()


def test_past_due_date_is_accepted_if_unchanged(plan, plan_lead):
    made = add_assessment(plan, plan_lead)
    past = get_today() - timedelta(days=3)
    Assessment.objects.filter(pk=made.pk).update(due_on=past)

    assert add_assessment(plan, plan_lead, words="Late", due_on=past).number == 2


def test_plan_cannot_be_edited_by_readers_or_after_closing(client, plan, plan_lead, team_reader):
    client.force_login(team_reader)
    assert client.get(build_plan_url("plan_detail", plan)).status_code == 200
    assert client.post(build_plan_url("capability_edit", plan, 11), build_assessment_form()).status_code == 403
    with pytest.raises(PermissionDenied):
        add_assessment(plan, team_reader)
    close_plan(actor=plan_lead, plan=plan)
    client.force_login(plan_lead)
    assert client.post(build_plan_url("capability_edit", plan, 11), build_assessment_form()).status_code == 403
    assert "closed" in get_action_refusal_text(
        assess_capability, actor=plan_lead, plan=plan, capability="mnr-2016/11", said={"state": "needed"}, seen_number=0
    )


def test_capability_of_other_framework_is_not_found(client, plan, plan_lead):
    client.force_login(plan_lead)
    assert client.get(build_plan_url("capability_detail", plan, 99)).status_code == 404
    with pytest.raises(PermissionDenied):
        assess_capability(actor=plan_lead, plan=plan, capability="inspire/1", said={"state": "needed"}, seen_number=0)


def test_progress_uses_state_at_end_of_month(plan, plan_lead):
    long_ago = timezone.now() - timedelta(days=100)
    Plan.objects.filter(pk=plan.pk).update(opened_at=long_ago)
    plan.refresh_from_db()
    add_assessment(plan, plan_lead, "11", "needed", days_ago=95)
    add_assessment(plan, plan_lead, "12", "partly-in-place", days_ago=95)
    baseline = set_plan_baseline(actor=plan_lead, plan=plan, name="Before the conference")
    add_assessment(plan, plan_lead, "11", "in-place")
    found = build_progress_points(plan, [baseline], list(Assessment.objects.all()))

    assert [point.name for point in found if point.name] == ["Before the conference"]
    assert (found[0].needed_count, found[0].under_way_count, found[0].done_count, found[0].unknown_count) == (
        1,
        1,
        0,
        19,
    )
    assert (found[-2].needed_count, found[-1].needed_count, found[-1].done_count) == (1, 0, 1)
    assert [point.day for point in found] == sorted(point.day for point in found)


def test_change_to_new_edition_carries_over_mapped_assessments(client, coalition, plan_lead):
    plan = create_plan(coalition, plan_lead, framework="itu-checklist-2009")
    add_assessment(plan, plan_lead, "2", "needed", words="Police lack training")
    add_assessment(plan, plan_lead, "4", "in-place", words="Lessons in each school")
    client.force_login(plan_lead)
    look = client.get(build_plan_url("carry_over", plan)).text
    assert "Police lack training" in look
    for _press in range(2):
        assert client.post(build_plan_url("carry_over", plan), {"into": "itu-checklist-2020"}).status_code == 302

    standing = Assessment.objects.standing().order_by("capability").values_list("capability", "state")
    assert list(standing) == [
        ("itu-checklist-2009/2", "needed"),
        ("itu-checklist-2020/10", "in-place"),
        ("itu-checklist-2020/7", "in-place"),
    ]
    page = client.get(build_plan_url("plan_detail", plan)).text
    assert "that have no match" in page
    assert "Police lack training" in page


def test_merged_capabilities_get_lowest_state_and_all_texts(plan, plan_lead, monkeypatch):
    model = schema.get_framework("mnr-2016")
    joined = replace(model, goes_on={"mnr-2016/16": ("mnr-2022/16",), "mnr-2016/17": ("mnr-2022/16",)})
    monkeypatch.setattr(Plan, "over", property(lambda _plan: joined))
    add_assessment(plan, plan_lead, "16", "in-place", words="Takedown works")
    add_assessment(plan, plan_lead, "17", "needed", words="Reports do not")
    found = preview_edition_change(plan)

    assert [(move.into.value, move.said["state"], move.said["words"]) for move in found.moves] == [
        ("mnr-2022/16", "needed", "Takedown works\n\nReports do not")
    ]


def test_move_to_existing_plan_is_refused(coalition, plan_lead, plan):
    create_plan(coalition, plan_lead, framework="mnr-2022")

    assert "already has a plan based on the new edition" in get_action_refusal_text(
        move_to_next_edition, actor=plan_lead, plan=plan, target_edition="mnr-2022"
    )
