"""A national plan is opened, filled and handed on: walked on the demo in Chromium."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation
from jukwaa.cooperation.models import Need
from jukwaa.library.models import Item
from jukwaa.plans.models import EXAMPLE_COUNTRY, Assessment, Baseline, Plan
from tests.browser.axe import find_violations
from tests.browser.conftest import Open, build_session_cookie
from tests.browser.test_every_page import LONG, WIDEST
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.plans.planning import create_five_plans, publish_months

pytestmark = pytest.mark.browser

PLANNER = "planner of an example island state"
TASKS = "/child-online-safety/tasks/"


def test_plan_is_created_assessed_and_downloaded(window: Open):
    page = window(PLANNER)
    page.goto(TASKS)
    follow(page, "View your country's plan. Only the people named by its government can open it.")
    follow(page, "Create a workspace for a national plan")
    press(page, "Create workspace")
    expect(page.locator("main")).to_contain_text("Choose a framework.")
    page.get_by_label("Name of the plan").fill("Safe online (example)")
    page.get_by_label("ITU national checklist for child online protection (2020)").check()
    press(page, "Create workspace")
    check_message(page, "Workspace created.")
    person = Affiliation.objects.get(organisation__country=EXAMPLE_COUNTRY, may_speak=False).person
    page.get_by_label("Person", exact=True).select_option(str(person.pk))
    press(page, "Add to the team")
    check_message(page, "Team member added.")
    follow(page, "Safe online (example)")
    _add_assessment(page, "Legal framework", "needed", "Example: the law is of 1998.")
    follow(page, "Ask the coalition for help")
    page.get_by_label("What do you need?").fill("Who drafts a law with us? (example)")
    press(page, "Publish need")
    expect(page.locator("main")).to_contain_text("Tick the box once you have read what others will see.")
    page.get_by_label("We agree that people outside our plan team can see this need").check()
    press(page, "Publish need")
    check_message(page, "Need published.")
    follow(page, "Safe online (example)")
    _add_assessment(page, "Research", "in place", "Example: a survey each year.")
    follow(page, "Share this practice in the library")
    expect(page.locator("main [name=what_worked]")).to_have_value("Example: a survey each year.")
    page.get_by_label("We agree that people outside our plan team can see this text").check()
    press(page, "Save draft")
    check_message(page, "Draft saved. Only you can see it.")
    plan = Plan.objects.get(title="Safe online (example)")
    page.goto(reverse("plans:plan_print", args=["child-online-safety", plan.pk]))
    for words in ("TLP:AMBER", "This is an example.", "What is needed", "Example: the law is of 1998."):
        expect(page.locator("article")).to_contain_text(words)

    need = Need.objects.get(title="Who drafts a law with us? (example)")
    assert (need.label, need.summary) == ("TLP:GREEN", "")
    assert Item.objects.get(title="Research").state == "draft"


def _add_assessment(page, capability: str, state: str, words: str) -> None:
    follow(page, capability)
    follow(page, "Update status")
    page.get_by_label(state, exact=True).check()
    page.get_by_label("Description (optional)", exact=True).fill(words)
    press(page, "Save")
    check_message(page, "Status saved.")


def test_consent_is_given_and_withdrawn_and_members_see_only_figures(window: Open, demo, live_server):
    plan, lead = create_five_plans(demo)[-1]
    publish_months()
    member = window("coordinator")
    member.goto("/child-online-safety/plans/figures/")
    row = member.get_by_role("row", name=re.compile("Child Helpline"))
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))
    expect(member.locator("main")).not_to_contain_text("Kenya")
    page = window()
    _open_as(page, lead, live_server.url)
    page.goto(reverse("plans:plan_detail", args=[demo.slug, plan.pk]))
    press(page, "Withdraw consent")
    check_message(page, "Consent withdrawn.")
    member.reload()
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))
    follow(page, "See which answers would be counted")
    check_title(page, "Agree to be counted")
    press(page, "We agree")
    check_message(page, "Agreed.")
    publish_months(2)
    member.reload()
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))


def _open_as(page, person, url: str) -> None:
    page.context.add_cookies([{**build_session_cookie(person), "url": url}])


def test_evidence_is_found_or_added_by_url_and_plan_is_deleted(window: Open, demo):
    page = window(PLANNER)
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY)
    practice = Item.objects.visible_to(AnonymousUser()).filter(coalition=demo, state="published").first()
    page.goto(reverse("plans:capability_detail", args=[demo.slug, plan.pk, "11"]))
    follow(page, "Link supporting records")
    page.get_by_label("Keywords").fill("helpline")
    page.locator("main").get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name=re.compile("^Add this record: ")).first.click()
    check_message(page, "Record linked to the capability. The page of the record does not show the link.")
    page.get_by_label("Page of the record").fill("nowhere")
    press(page, "Add this record")
    expect(page.locator("main")).to_contain_text("Enter the address of a page of this coalition that you can read.")
    page.get_by_label("Page of the record").fill(practice.get_absolute_url())
    press(page, "Add this record")
    expect(page.locator("main")).to_contain_text(practice.title)
    page.get_by_role("button", name=re.compile("^Remove this record: ")).first.click()
    check_message(page, "Record removed from this capability.")
    follow(page, "Back to the capability")
    expect(page.locator("main")).to_contain_text("Supporting records")
    page.goto(plan.get_absolute_url())
    follow(page, "Close the plan")
    press(page, "Close the plan")
    check_message(page, "Plan closed.")
    Plan.objects.filter(pk=plan.pk).update(closed_at=timezone.now() - timedelta(days=30))
    page.reload()
    follow(page, "Delete the plan")
    press(page, "Delete permanently")
    expect(page.locator("main")).to_contain_text("Tick the box once you have read what will be deleted.")
    page.get_by_label("We have read what will be deleted and what will stay").check()
    press(page, "Delete permanently")
    check_message(page, "Plan deleted. Its needs, practices and events stay in the coalition.")

    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_plan_pages_are_accessible(windows: Open, demo):
    page = windows(PLANNER)
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY)
    found = {}
    for name, rest in (
        ("plan_detail", ()),
        ("capability_detail", ("11",)),
        ("capability_edit", ("11",)),
        ("evidence_edit", ("11",)),
        ("team_list", ()),
        ("carry_over", ()),
        ("need_new", ("12",)),
        ("practice_new", ("13",)),
        ("plan_print", ()),
    ):
        page.goto(reverse(f"plans:{name}", args=[demo.slug, plan.pk, *rest]))
        if wrong := find_violations(page):
            found[name] = wrong

    assert found == {}


def test_long_words_fit_phone(windows: Open, demo):
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY)
    Plan.objects.update(title=LONG)
    Assessment.objects.update(words=LONG, evidence=LONG, body=LONG, next_step=LONG, cost=LONG)
    Baseline.objects.update(name=LONG)
    Person.objects.filter(name__startswith="A").update(name=LONG)
    page = windows(PLANNER)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = []
    for name, rest in (
        ("plan_detail", ()),
        ("capability_detail", ("11",)),
        ("evidence_edit", ("11",)),
        ("team_list", ()),
    ):
        page.goto(reverse(f"plans:{name}", args=[demo.slug, plan.pk, *rest]))
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append((name, page.evaluate(WIDEST)))

    assert wide == []
