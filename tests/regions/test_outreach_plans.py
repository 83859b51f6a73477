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
from jukwaa.records.actions.quarantine import hold_record, purge_record
from jukwaa.records.models import Record
from jukwaa.regions import policies
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.actions.prospects import InvitationPurpose, mark_letter_sent, record_acquaintance
from jukwaa.regions.milestone_templates import load_milestone_templates, months_before, schedule_milestones
from jukwaa.regions.models import Hosting, Milestone, Outreach, Prospect, Question
from tests.conftest import seated
from tests.factories import (
    AffiliationFactory,
    EntryFactory,
    ItemFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.regions.reaching import area_of, in_days, noted, planned


def url(name, coalition, *rest):
    return reverse(f"regions:{name}", args=[coalition.slug, *rest])


@pytest.fixture
def plan(coalition, member) -> Outreach:
    return planned(member, coalition)


def said(**more):
    plain = {"title": "Nairobi in two years", "country": "KE", "on": in_days(730).isoformat(), "language": "en"}
    return plain | {"label": "TLP:GREEN"} | more


def test_a_plan_begins_with_milestones_counted_back_from_its_day(client, coalition, member):
    client.force_login(member)
    page = client.post(url("outreach_new", coalition), said(on="2030-08-31"), follow=True)
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


def test_what_would_lie_in_the_past_is_left_out():
    left = list(schedule_milestones(date(2030, 8, 31), date(2030, 6, 1), "fr"))

    assert left == [("Nous regardons ce que nous voulions avoir appris d’ici là", date(2030, 7, 31))]
    assert months_before(date(2031, 3, 31), 1) == date(2031, 2, 28)
    assert months_before(date(2032, 2, 29), 12) == date(2031, 2, 28)
    assert {language for step in load_milestone_templates() for language in step.said} == {"en", "fr", "es", "ar"}


def test_a_plan_stands_with_the_region_it_is_for_and_begins_from_there(client, coalition, member, plan):
    client.force_login(member)
    listed = url("outreach_list", coalition)
    there = url("region_detail", coalition, "african")

    assert f"{listed}?region=african" in client.get(there).text
    assert there in client.get(url("outreach_detail", coalition, plan.pk)).text
    assert plan.title in client.get(listed, {"region": "african"}).text
    assert plan.title not in client.get(listed, {"region": "grulac"}).text
    assert plan.title in client.get(listed, {"region": "the moon"}).text
    page = client.get(url("outreach_new", coalition), {"region": "grulac"}).text
    assert '<option value="grulac" selected>' in page


@pytest.mark.parametrize(
    ("country", "place"), [("", ("", "african")), ("KE", ("KE", "")), ("XK", ("", "african")), ("FR", ("", "african"))]
)
def test_whatever_a_gap_fills_in_is_a_plan_as_it_stands(client, coalition, member, country, place):
    """Also where the gap was narrowed to a country; one from elsewhere is not carried along."""
    area = area_of(coalition)
    client.force_login(member)
    gap = client.get(url("gap_detail", coalition, area.pk, "african"), {"country": country}).text
    to = re.search(r'href="([^"]*outreach/new/[^"]*)"', gap)[1].replace("&amp;", "&")
    initial = client.get(to).context["form"]
    begins = {bound.name: bound.value() for bound in initial if bound.value()}
    client.post(to, begins | {"title": "Nairobi", "on": in_days(730).isoformat()})

    plan = Outreach.objects.get()
    assert ((plan.country, plan.region), list(plan.areas.all())) == (place, [area])


def test_a_country_of_the_region_takes_its_place(coalition, member):
    plan = planned(member, coalition, country="KE", region="african")
    assert (plan.country, plan.region, plan.countries) == ("KE", "", ["KE"])
    told = {"country": "UG", "region": "african"}
    changed = actions.change_outreach(actor=member, plan=plan, changes=told, from_version=plan.version)

    assert (changed.country, changed.region, changed.countries) == ("UG", "", ["UG"])


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"country": ""}, "country", "Choose a country or a regional group."),
        ({"region": "grulac"}, "country", "This country is in another regional group."),
        ({"country": "", "region": "igo"}, "region", "Choose one of the regional groups."),
        ({"country": "SU"}, "country", "This one is not a country today"),
        ({"on": "2020-01-01"}, "on", "This date has passed."),
        ({"on": ""}, "on", "Enter the target date."),
        ({"on": "soon"}, "on", "Enter the date as"),
        ({"forget_on": in_days(700).isoformat()}, "forget_on", "Choose a date that is not before the target date"),
        ({"forget_on": in_days(1200).isoformat()}, "forget_on", "Choose a date within 1 year"),
        ({"title": ""}, "title", "Enter a title"),
    ],
)
def test_a_plan_that_can_not_be_says_why_and_keeps_what_was_typed(client, coalition, member, wrong, field, sentence):
    client.force_login(member)
    page = client.post(url("outreach_new", coalition), said(summary="Because of the forum") | wrong)

    assert page.status_code == 422
    assert any(sentence in error for error in page.context["form"].errors[field])
    assert "Because of the forum" in page.text
    assert not Outreach.objects.exists()


def test_only_those_who_take_part_plan_and_only_its_writers_and_keepers_change_it(client, coalition, plan, outsider):
    other, keeper = seated(coalition, "Another"), seated(coalition, "A keeper", "rapporteur")
    with pytest.raises(PermissionDenied):
        planned(outsider, coalition)
    client.force_login(other)
    assert client.get(url("outreach_detail", coalition, plan.pk)).status_code == 200
    assert client.get(url("outreach_edit", coalition, plan.pk)).status_code == 403
    client.force_login(outsider)
    assert client.get(url("outreach_detail", coalition, plan.pk)).status_code == 404
    actions.add_question(actor=keeper, plan=plan, words="Who takes reports?")
    assert plan.questions.count() == 1


def test_it_is_changed_on_top_of_the_version_one_read(client, coalition, plan, member):
    client.force_login(member)
    edit = url("outreach_edit", coalition, plan.pk)
    more = {"version": 1, "forget_on": plan.forget_on.isoformat()}
    assert client.post(edit, said(title="One", **more)).status_code == 302
    page = client.post(edit, said(title="Two", **more))
    assert page.status_code == 409
    assert "One" in page.text
    plan.refresh_from_db()
    assert (plan.title, plan.version, plan.countries) == ("One", 2, ["KE"])
    assert "One" in client.get(reverse("records:history", args=[coalition.slug, plan.pk])).text


def test_a_day_that_has_passed_meanwhile_does_not_keep_the_plan_from_being_changed(coalition, plan, member):
    Outreach.objects.filter(pk=plan.pk).update(on=in_days(-10), forget_on=in_days(80), country="SU")
    plan.refresh_from_db()
    changed = actions.change_outreach(actor=member, plan=plan, changes={"title": "It was good"}, from_version=1)

    assert changed.title == "It was good"
    assert changed.place == "SU"


def test_a_question_is_answered_by_a_record_that_its_reader_may_read(client, coalition, plan, member):
    client.force_login(member)
    client.post(url("question_new", coalition, plan.pk), {"words": "Who takes reports?"})
    question = Question.objects.get()
    item = ItemFactory(coalition=coalition, title="Hotlines of the region", published=True)
    closed = ItemFactory(coalition=coalition, title="A draft of others")
    answer = url("question_answer", coalition, plan.pk, question.pk)
    assert client.post(answer, {"record": closed.pk}).status_code == 422
    assert client.post(answer, {"record": f"/ours/library/{item.pk}/"}).status_code == 302
    page = client.get(url("outreach_detail", coalition, plan.pk)).text
    assert "Hotlines of the region" in page
    Record.objects.filter(pk=item.pk).update(state="draft", published_at=None)
    assert "Hotlines of the region" not in client.get(url("outreach_detail", coalition, plan.pk)).text


def test_a_plan_begins_as_an_entry_of_minutes_that_asks_for_it(client, coalition, member):
    asks = EntryFactory(coalition=coalition, title="Start focusing on Kenya", label="TLP:GREEN", published=True)
    client.force_login(member)
    new = f"{url('outreach_new', coalition)}?from={asks.pk}"
    assert "Start focusing on Kenya" in client.get(new).text
    assert client.post(new, said(label="TLP:CLEAR")).status_code == 422
    page = client.post(new, said(), follow=True).text

    assert "Created from:" in page
    assert "Start focusing on Kenya" in page


def test_issues_are_records_of_any_kind(client, coalition, plan, member):
    entry = EntryFactory(coalition=coalition, title="Reports get lost between two towns", published=True)
    client.force_login(member)
    client.post(url("issue_new", coalition, plan.pk), {"record": entry.pk})
    client.post(url("issue_new", coalition, plan.pk), {"record": entry.pk})
    assert client.post(url("issue_new", coalition, plan.pk), {"record": plan.pk}).status_code == 422

    assert client.get(url("outreach_detail", coalition, plan.pk)).text.count("Reports get lost") == 1


def test_a_milestone_is_given_to_an_organisation_moved_done_and_taken_off(client, coalition, plan, member):
    OrganisationFactory(coalition=coalition, name="A university")
    client.force_login(member)
    row = plan.milestones.first()
    edit = url("milestone_edit", coalition, plan.pk, row.pk)
    assert client.post(edit, {"title": "x", "due_on": "", "organisation": "Nobody"}).status_code == 422
    client.post(edit, {"title": "Known", "due_on": in_days(9).isoformat(), "organisation": "university, a"})
    for _press in range(2):
        client.post(url("milestone_done", coalition, plan.pk, row.pk))
    row.refresh_from_db()
    assert (row.title, str(row.organisation), row.done_on, row.moves) == ("Known", "A university", in_days(0), 1)
    client.post(url("milestone_remove", coalition, plan.pk, row.pk))
    assert client.post(url("milestone_remove", coalition, plan.pk, row.pk)).status_code == 404


def test_whoever_speaks_for_a_host_confirms_it(client, coalition, plan, member, organisation, delegate):
    client.force_login(member)
    client.post(url("hosting_new", coalition, plan.pk), {"what": "A room", "organisation": organisation.name})
    hosting = Hosting.objects.get()
    confirm = url("hosting_confirm", coalition, plan.pk, hosting.pk)
    assert client.post(confirm).status_code == 403
    client.force_login(delegate)
    client.post(confirm)
    client.post(url("hosting_new", coalition, plan.pk), {"what": "An evening", "organisation": organisation.name})

    assert list(Hosting.objects.values_list("what", "confirmed_on")) == [
        ("A room", in_days(0)),
        ("An evening", in_days(0)),
    ]
    other = AffiliationFactory(organisation=OrganisationFactory(coalition=coalition), may_speak=True).person
    with pytest.raises(PermissionDenied):
        actions.add_hosting(actor=other, plan=plan, what="x", organisation=organisation)


def test_its_days_stand_in_the_calendar_for_its_readers(coalition, plan, member):
    def days(viewer):
        window = CalendarWindow(coalition, viewer, in_days(0), in_days(800))
        return [(each.kind, each.title) for each in list_calendar_items(window) if each.kind.startswith("outreach")]

    assert ("outreach-plan", "Nairobi in two years") in days(member)
    assert len(days(member)) == 8
    assert days(AnonymousUser()) == []
    actions.finish_milestone(actor=member, milestone=plan.milestones.select_related("outreach__coalition").first())
    assert len(days(member)) == 7
    plan.milestones.all().delete()
    assert days(member) == [("outreach-plan", "Nairobi in two years")]


def test_for_a_plan_that_was_withdrawn_nobody_writes_any_more(coalition, plan, member):
    prospect = noted(member, coalition, what_for=InvitationPurpose(outreach=plan))
    withdraw_record(actor=member, record=plan, reason="Another place")
    with pytest.raises(ActionRefused, match="This plan has been withdrawn"):
        mark_letter_sent(actor=member, prospect=prospect)
    plan.refresh_from_db()
    with pytest.raises(ActionRefused, match="This plan has been withdrawn"):
        noted(member, coalition, "Another", what_for=InvitationPurpose(outreach=plan))
    with pytest.raises(ActionRefused):
        actions.add_question(actor=member, plan=plan, words="x")


def test_purged_it_takes_all_that_hangs_on_it_along(coalition, plan, member, safeguarding_lead):
    noted(member, coalition, what_for=InvitationPurpose(outreach=plan))
    hold_record(actor=safeguarding_lead, record=plan)
    plan.refresh_from_db()
    purge_record(actor=safeguarding_lead, record=plan)

    assert [model.objects.count() for model in (Prospect, Milestone, Question, Hosting, Capacity)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    client, coalition, member, plan, organisation, django_assert_num_queries, number
):
    for at in range(number):
        prospect = noted(member, coalition, f"Helpline {'abc'[at]}", what_for=InvitationPurpose(outreach=plan))
        record_acquaintance(actor=member, prospect=prospect)
        question = actions.add_question(actor=member, plan=plan, words=f"Question {at}")
        item = ItemFactory(coalition=coalition, published=True)
        actions.link_answer(actor=member, question=question, record=item)
        actions.link_issue(actor=member, plan=plan, record=item)
        actions.add_hosting(actor=member, plan=plan, what=f"Room {at}", organisation=organisation)
    for extra in range(number - 1):
        planned(member, coalition, title=f"Another {extra}")
    client.force_login(member)
    client.get(url("outreach_detail", coalition, plan.pk))
    with django_assert_num_queries(12):
        client.get(url("outreach_detail", coalition, plan.pk))
    with django_assert_num_queries(4):
        client.get(url("outreach_list", coalition))
    with django_assert_num_queries(4):
        client.get(url("prospect_list", coalition))
    with django_assert_num_queries(6):
        client.get(url("prospect_detail", coalition, prospect.pk))


def test_persons_under_18_write_to_nobody_outside(coalition, member):
    young = MembershipFactory(
        coalition=coalition, organisation=None, person=PersonFactory(is_minor=True, adult_contact=member)
    ).person

    assert policies.can_invite(ViewerContext(member), coalition)
    assert not policies.can_invite(ViewerContext(young), coalition)
