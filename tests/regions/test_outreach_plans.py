"""Preparing for a place and a day: what stands in a plan, who changes it, and what its days are."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.records.actions import withdraw_record
from jukwaa.records.actions.quarantine import hold_record_in_quarantine, purge_record
from jukwaa.records.models import Record
from jukwaa.regions import policies
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.actions.prospects import InvitationPurpose, add_prospect_acquaintance, mark_letter_sent
from jukwaa.regions.milestone_templates import load_milestone_templates, schedule_plan_milestones, subtract_months
from jukwaa.regions.models import Hosting, Milestone, Outreach, Prospect, Question
from tests.conftest import create_seated_person
from tests.factories import (
    AffiliationFactory,
    EntryFactory,
    ItemFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.regions.outreach_steps import add_outreach_plan, add_prospect, get_area, get_day_in


def build_outreach_url(route_name, coalition, *rest):
    return reverse(f"regions:{route_name}", args=[coalition.slug, *rest])


@pytest.fixture
def plan(coalition, member) -> Outreach:
    return add_outreach_plan(member, coalition)


def build_plan_form(**more):
    plain = {"title": "Nairobi in two years", "country": "KE", "on": get_day_in(730).isoformat(), "language": "en"}
    return plain | {"label": "TLP:GREEN"} | more


def test_plan_gets_milestones_before_its_date(client, coalition, member):
    client.force_login(member)
    page = client.post(build_outreach_url("outreach_new", coalition), build_plan_form(on="2030-08-31"), follow=True)
    plan = Outreach.objects.get()

    assert plan.forget_on == date(2030, 11, 29)
    assert [row.due_on for row in plan.milestones.all()] == [
        date(2029, 2, 28),
        date(2029, 5, 31),
        date(2029, 8, 31),
        date(2029, 10, 31),
        date(2030, 2, 28),
        date(2030, 5, 31),
        date(2030, 7, 31),
    ]
    for words in ("31 August 2030", "29 November 2030", "The first invitation letters have been sent", "Kenya"):
        assert words in page.text


def test_past_milestones_are_left_out():
    left = list(schedule_plan_milestones(date(2030, 8, 31), date(2030, 6, 1), "fr"))

    assert left == [("Nous regardons ce que nous voulions avoir appris d’ici là", date(2030, 7, 31))]
    assert subtract_months(date(2031, 3, 31), 1) == date(2031, 2, 28)
    assert subtract_months(date(2032, 2, 29), 12) == date(2031, 2, 28)
    assert {language for step in load_milestone_templates() for language in step.said} == {"en", "fr", "es", "ar"}


def test_plan_is_shown_and_started_on_region_page(client, coalition, member, plan):
    client.force_login(member)
    listed = build_outreach_url("outreach_list", coalition)
    there = build_outreach_url("region_detail", coalition, "african")

    assert f"{listed}?region=african" in client.get(there).text
    assert there in client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).text
    assert plan.title in client.get(listed, {"region": "african"}).text
    assert plan.title not in client.get(listed, {"region": "grulac"}).text
    assert plan.title in client.get(listed, {"region": "the moon"}).text
    page = client.get(build_outreach_url("outreach_new", coalition), {"region": "grulac"}).text
    assert '<option value="grulac" selected>' in page


@pytest.mark.parametrize(
    ("country", "plan_place"),
    [("", ("", "african")), ("KE", ("KE", "")), ("XK", ("", "african")), ("FR", ("", "african"))],
)
def test_plan_prefilled_from_gap_is_valid(client, coalition, member, country, plan_place):
    """Also for a gap that is filtered by country; a country of another region is dropped."""
    area = get_area(coalition)
    client.force_login(member)
    gap = client.get(build_outreach_url("gap_detail", coalition, area.pk, "african"), {"country": country}).text
    to = re.search(r'href="([^"]*outreach/new/[^"]*)"', gap)[1].replace("&amp;", "&")
    initial = client.get(to).context["form"]
    begins = {bound.name: bound.value() for bound in initial if bound.value()}
    client.post(to, begins | {"title": "Nairobi", "on": get_day_in(730).isoformat()})

    plan = Outreach.objects.get()
    assert ((plan.country, plan.region), list(plan.areas.all())) == (plan_place, [area])


def test_country_of_region_replaces_region(coalition, member):
    plan = add_outreach_plan(member, coalition, country="KE", region="african")
    assert (plan.country, plan.region, plan.countries) == ("KE", "", ["KE"])
    told = {"country": "UG", "region": "african"}
    changed = actions.change_outreach(actor=member, plan=plan, changed_fields=told, from_version=plan.version)

    assert (changed.country, changed.region, changed.countries) == ("UG", "", ["UG"])


@pytest.mark.parametrize(
    ("invalid_fields", "field_name", "expected_sentence"),
    [
        ({"country": ""}, "country", "Choose a country or a regional group."),
        ({"region": "grulac"}, "country", "This country is in another regional group."),
        ({"country": "", "region": "igo"}, "region", "Choose one of the regional groups."),
        ({"country": "SU"}, "country", "It contains only countries that exist today"),
        ({"on": "2020-01-01"}, "on", "This date has passed."),
        ({"on": ""}, "on", "Enter the target date."),
        ({"on": "soon"}, "on", "Enter a date such as"),
        ({"forget_on": get_day_in(700).isoformat()}, "forget_on", "Choose the target date or a later date"),
        ({"forget_on": get_day_in(1200).isoformat()}, "forget_on", "Choose a date no later than 1 year"),
        ({"title": ""}, "title", "Enter a title"),
    ],
)
def test_invalid_plan_form_shows_errors_and_keeps_values(
    client, coalition, member, invalid_fields, field_name, expected_sentence
):
    client.force_login(member)
    page = client.post(
        build_outreach_url("outreach_new", coalition), build_plan_form(summary="Because of the forum") | invalid_fields
    )

    assert page.status_code == 422
    assert any(expected_sentence in error for error in page.context["form"].errors[field_name])
    assert "Because of the forum" in page.text
    assert not Outreach.objects.exists()


def test_members_create_plans_and_authors_or_staff_edit_them(client, coalition, plan, outsider):
    other, keeper = (
        create_seated_person(coalition, "Another"),
        create_seated_person(coalition, "A keeper", "rapporteur"),
    )
    with pytest.raises(PermissionDenied):
        add_outreach_plan(outsider, coalition)
    client.force_login(other)
    assert client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).status_code == 200
    assert client.get(build_outreach_url("outreach_edit", coalition, plan.pk)).status_code == 403
    client.force_login(outsider)
    assert client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).status_code == 404
    actions.add_outreach_question(actor=keeper, plan=plan, words="Who takes reports?")
    assert plan.questions.count() == 1


def test_edit_checks_version_for_conflicts(client, coalition, plan, member):
    client.force_login(member)
    edit = build_outreach_url("outreach_edit", coalition, plan.pk)
    more = {"version": 1, "forget_on": plan.forget_on.isoformat()}
    assert client.post(edit, build_plan_form(title="One", **more)).status_code == 302
    page = client.post(edit, build_plan_form(title="Two", **more))
    assert page.status_code == 409
    assert "One" in page.text
    plan.refresh_from_db()
    assert (plan.title, plan.version, plan.countries) == ("One", 2, ["KE"])
    assert "One" in client.get(reverse("records:history", args=[coalition.slug, plan.pk])).text


def test_past_date_is_accepted_on_edit_if_unchanged(coalition, plan, member):
    Outreach.objects.filter(pk=plan.pk).update(on=get_day_in(-10), forget_on=get_day_in(80), country="SU")
    plan.refresh_from_db()
    changed = actions.change_outreach(actor=member, plan=plan, changed_fields={"title": "It was good"}, from_version=1)

    assert changed.title == "It was good"
    assert changed.place == "SU"


def test_question_is_answered_by_readable_record(client, coalition, plan, member):
    client.force_login(member)
    client.post(build_outreach_url("question_new", coalition, plan.pk), {"words": "Who takes reports?"})
    question = Question.objects.get()
    item = ItemFactory(coalition=coalition, title="Hotlines of the region", published=True)
    closed = ItemFactory(coalition=coalition, title="A draft of others")
    answer = build_outreach_url("question_answer", coalition, plan.pk, question.pk)
    assert client.post(answer, {"record": closed.pk}).status_code == 422
    assert client.post(answer, {"record": f"/ours/library/{item.pk}/"}).status_code == 302
    page = client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).text
    assert "Hotlines of the region" in page
    Record.objects.filter(pk=item.pk).update(state="draft", published_at=None)
    assert "Hotlines of the region" not in client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).text


def test_plan_is_created_from_minutes_entry(client, coalition, member):
    asks = EntryFactory(coalition=coalition, title="Start focusing on Kenya", label="TLP:GREEN", published=True)
    client.force_login(member)
    new = f"{build_outreach_url('outreach_new', coalition)}?from={asks.pk}"
    assert "Start focusing on Kenya" in client.get(new).text
    assert client.post(new, build_plan_form(label="TLP:CLEAR")).status_code == 422
    page = client.post(new, build_plan_form(), follow=True).text

    assert "Created from:" in page
    assert "Start focusing on Kenya" in page


def test_any_kind_of_record_can_be_an_issue(client, coalition, plan, member):
    entry = EntryFactory(coalition=coalition, title="Reports get lost between two towns", published=True)
    client.force_login(member)
    client.post(build_outreach_url("issue_new", coalition, plan.pk), {"record": entry.pk})
    client.post(build_outreach_url("issue_new", coalition, plan.pk), {"record": entry.pk})
    assert client.post(build_outreach_url("issue_new", coalition, plan.pk), {"record": plan.pk}).status_code == 422

    assert client.get(build_outreach_url("outreach_detail", coalition, plan.pk)).text.count("Reports get lost") == 1


def test_milestone_is_assigned_moved_completed_and_removed(client, coalition, plan, member):
    OrganisationFactory(coalition=coalition, name="A university")
    client.force_login(member)
    row = plan.milestones.first()
    edit = build_outreach_url("milestone_edit", coalition, plan.pk, row.pk)
    assert client.post(edit, {"title": "x", "due_on": "", "organisation": "Nobody"}).status_code == 422
    client.post(edit, {"title": "Known", "due_on": get_day_in(9).isoformat(), "organisation": "university, a"})
    for _press in range(2):
        client.post(build_outreach_url("milestone_done", coalition, plan.pk, row.pk))
    row.refresh_from_db()
    assert (row.title, str(row.organisation), row.done_on, row.moves) == ("Known", "A university", get_day_in(0), 1)
    client.post(build_outreach_url("milestone_remove", coalition, plan.pk, row.pk))
    assert client.post(build_outreach_url("milestone_remove", coalition, plan.pk, row.pk)).status_code == 404


def test_host_representative_confirms_hosting(client, coalition, plan, member, organisation, delegate):
    client.force_login(member)
    client.post(
        build_outreach_url("hosting_new", coalition, plan.pk), {"what": "A room", "organisation": organisation.name}
    )
    hosting = Hosting.objects.get()
    confirm = build_outreach_url("hosting_confirm", coalition, plan.pk, hosting.pk)
    assert client.post(confirm).status_code == 403
    client.force_login(delegate)
    client.post(confirm)
    client.post(
        build_outreach_url("hosting_new", coalition, plan.pk), {"what": "An evening", "organisation": organisation.name}
    )

    assert list(Hosting.objects.values_list("what", "confirmed_on")) == [
        ("A room", get_day_in(0)),
        ("An evening", get_day_in(0)),
    ]
    other = AffiliationFactory(organisation=OrganisationFactory(coalition=coalition), may_speak=True).person
    with pytest.raises(PermissionDenied):
        actions.add_hosting_offer(actor=other, plan=plan, what="x", organisation=organisation)


def test_plan_dates_are_in_calendar_for_readers(coalition, plan, member):
    def list_calendar_days(viewer):
        window = CalendarWindow(coalition, viewer, get_day_in(0), get_day_in(800))
        return [(each.kind, each.title) for each in list_calendar_items(window) if each.kind.startswith("outreach")]

    assert ("outreach-plan", "Nairobi in two years") in list_calendar_days(member)
    assert len(list_calendar_days(member)) == 8
    assert list_calendar_days(AnonymousUser()) == []
    actions.finish_outreach_milestone(
        actor=member, milestone=plan.milestones.select_related("outreach__coalition").first()
    )
    assert len(list_calendar_days(member)) == 7
    plan.milestones.all().delete()
    assert list_calendar_days(member) == [("outreach-plan", "Nairobi in two years")]


def test_withdrawn_plan_allows_no_letters(coalition, plan, member):
    prospect = add_prospect(member, coalition, what_for=InvitationPurpose(outreach=plan))
    withdraw_record(actor=member, record=plan, reason="Another place")
    with pytest.raises(ActionRefused, match="This plan has been withdrawn"):
        mark_letter_sent(actor=member, prospect=prospect)
    plan.refresh_from_db()
    with pytest.raises(ActionRefused, match="This plan has been withdrawn"):
        add_prospect(member, coalition, "Another", what_for=InvitationPurpose(outreach=plan))
    with pytest.raises(ActionRefused):
        actions.add_outreach_question(actor=member, plan=plan, words="x")


def test_permanent_deletion_removes_plan_rows(coalition, plan, member, safeguarding_lead):
    add_prospect(member, coalition, what_for=InvitationPurpose(outreach=plan))
    hold_record_in_quarantine(actor=safeguarding_lead, record=plan)
    plan.refresh_from_db()
    purge_record(actor=safeguarding_lead, record=plan)

    assert [model.objects.count() for model in (Prospect, Milestone, Question, Hosting, Capacity)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("row_count", [1, 3])
def test_plan_pages_query_count_is_constant(
    client, coalition, member, plan, organisation, django_assert_num_queries, row_count
):
    for at in range(row_count):
        prospect = add_prospect(member, coalition, f"Helpline {'abc'[at]}", what_for=InvitationPurpose(outreach=plan))
        add_prospect_acquaintance(actor=member, prospect=prospect)
        question = actions.add_outreach_question(actor=member, plan=plan, words=f"Question {at}")
        item = ItemFactory(coalition=coalition, published=True)
        actions.link_question_answer(actor=member, linked_question=question, record=item)
        actions.link_issue_to_plan(actor=member, plan=plan, record=item)
        actions.add_hosting_offer(actor=member, plan=plan, what=f"Room {at}", organisation=organisation)
    for extra in range(row_count - 1):
        add_outreach_plan(member, coalition, title=f"Another {extra}")
    client.force_login(member)
    client.get(build_outreach_url("outreach_detail", coalition, plan.pk))
    with django_assert_num_queries(11):
        client.get(build_outreach_url("outreach_detail", coalition, plan.pk))
    with django_assert_num_queries(4):
        client.get(build_outreach_url("outreach_list", coalition))
    with django_assert_num_queries(4):
        client.get(build_outreach_url("prospect_list", coalition))
    with django_assert_num_queries(6):
        client.get(build_outreach_url("prospect_detail", coalition, prospect.pk))


def test_minor_cannot_write_letters(coalition, member):
    young = MembershipFactory(
        coalition=coalition, organisation=None, person=PersonFactory(is_minor=True, adult_contact=member)
    ).person

    assert policies.can_invite_prospects(ViewerContext(member), coalition)
    assert not policies.can_invite_prospects(ViewerContext(young), coalition)
