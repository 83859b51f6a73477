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
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.plans.models import Assessment, Baseline, Plan
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import Open, build_session_cookie
from tests.browser.test_every_page import FIND_WIDEST_SCRIPT, LONG_WORD
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.plans.plan_steps import count_published_months, create_five_plans

pytestmark = pytest.mark.browser

PLANNER_PERSONA = "planner of an example island state"
TASKS_URL = "/child-online-safety/tasks/"


def test_plan_is_created_assessed_and_downloaded(open_demo_window: Open):
    page = open_demo_window(PLANNER_PERSONA)
    page.goto(TASKS_URL)
    follow_link(page, "View your country's plan. Only the people named by its government can open it.")
    follow_link(page, "Create a workspace for a national plan")
    press_button(page, "Create workspace")
    expect(page.locator("main")).to_contain_text("Choose a framework.")
    page.get_by_label("Name of the plan").fill("Safe online (example)")
    page.get_by_label("ITU national checklist for child online protection (2020)").check()
    press_button(page, "Create workspace")
    check_flash_message(page, "Workspace created.")
    person = Affiliation.objects.get(organisation__country=EXAMPLE_COUNTRY_CODE, may_speak=False).person
    page.get_by_label("Person", exact=True).select_option(str(person.pk))
    press_button(page, "Add to the team")
    check_flash_message(page, "Team member added.")
    follow_link(page, "Safe online (example)")
    _add_assessment(page, "Legal framework", "needed", "Example: the law is of 1998.")
    follow_link(page, "Ask the coalition for help")
    page.get_by_label("What do you need?").fill("Who drafts a law with us? (example)")
    press_button(page, "Publish need")
    expect(page.locator("main")).to_contain_text("Tick the box once you have read what others will see.")
    page.get_by_label("We agree that people outside our plan team can see this need").check()
    press_button(page, "Publish need")
    check_flash_message(page, "Need published.")
    follow_link(page, "Safe online (example)")
    _add_assessment(page, "Research", "in place", "Example: a survey each year.")
    follow_link(page, "Share this practice in the library")
    expect(page.locator("main [name=what_worked]")).to_have_value("Example: a survey each year.")
    page.get_by_label("We agree that people outside our plan team can see this text").check()
    press_button(page, "Save draft")
    check_flash_message(page, "Draft saved. Only you can see it.")
    plan = Plan.objects.get(title="Safe online (example)")
    page.goto(reverse("plans:plan_print", args=["child-online-safety", plan.pk]))
    for words in ("TLP:AMBER", "This is an example.", "What is needed", "Example: the law is of 1998."):
        expect(page.locator("article")).to_contain_text(words)

    need = Need.objects.get(title="Who drafts a law with us? (example)")
    assert (need.label, need.summary) == ("TLP:GREEN", "")
    assert Item.objects.get(title="Research").state == "draft"


def _add_assessment(page, capability_name: str, capability_state: str, status_text: str) -> None:
    follow_link(page, capability_name)
    follow_link(page, "Update status")
    page.get_by_label(capability_state, exact=True).check()
    page.get_by_label("Description (optional)", exact=True).fill(status_text)
    press_button(page, "Save")
    check_flash_message(page, "Status saved.")


def test_consent_is_given_and_withdrawn_and_members_see_only_figures(
    open_demo_window: Open, demo_coalition, live_server
):
    plan, lead = create_five_plans(demo_coalition)[-1]
    count_published_months()
    member = open_demo_window("coordinator")
    member.goto("/child-online-safety/plans/figures/")
    row = member.get_by_role("row", name=re.compile("Child Helpline"))
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))
    expect(member.locator("main")).not_to_contain_text("Kenya")
    page = open_demo_window()
    _open_page_as(page, lead, live_server.url)
    page.goto(reverse("plans:plan_detail", args=[demo_coalition.slug, plan.pk]))
    press_button(page, "Withdraw consent")
    check_flash_message(page, "Consent withdrawn.")
    member.reload()
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))
    follow_link(page, "See which answers would be counted")
    check_page_title(page, "Agree to be counted")
    press_button(page, "We agree")
    check_flash_message(page, "Agreed.")
    count_published_months(2)
    member.reload()
    expect(row).to_contain_text(re.compile(r"2\s*0\s*3"))


def _open_page_as(page, person, url: str) -> None:
    page.context.add_cookies([{**build_session_cookie(person), "url": url}])


def test_evidence_is_found_or_added_by_url_and_plan_is_deleted(open_demo_window: Open, demo_coalition):
    page = open_demo_window(PLANNER_PERSONA)
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY_CODE)
    practice = Item.objects.visible_to(AnonymousUser()).filter(coalition=demo_coalition, state="published").first()
    page.goto(reverse("plans:capability_detail", args=[demo_coalition.slug, plan.pk, "11"]))
    follow_link(page, "Link supporting records")
    page.get_by_label("Keywords").fill("helpline")
    page.locator("main").get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name=re.compile("^Add this record: ")).first.click()
    check_flash_message(page, "Record linked to the capability. The record itself does not show the link.")
    page.get_by_label("Address of the record").fill("nowhere")
    press_button(page, "Add this record")
    expect(page.locator("main")).to_contain_text("Enter the address of a page in this coalition that you can read.")
    page.get_by_label("Address of the record").fill(practice.get_absolute_url())
    press_button(page, "Add this record")
    expect(page.locator("main")).to_contain_text(practice.title)
    page.get_by_role("button", name=re.compile("^Remove this record: ")).first.click()
    check_flash_message(page, "Record removed from this capability.")
    follow_link(page, "Back to the capability")
    expect(page.locator("main")).to_contain_text("Supporting records")
    page.goto(plan.get_absolute_url())
    follow_link(page, "Close the plan")
    press_button(page, "Close the plan")
    check_flash_message(page, "Plan closed.")
    Plan.objects.filter(pk=plan.pk).update(closed_at=timezone.now() - timedelta(days=30))
    page.reload()
    follow_link(page, "Delete the plan")
    press_button(page, "Delete permanently")
    expect(page.locator("main")).to_contain_text("Tick the box once you have read what will be deleted.")
    page.get_by_label("We have read what will be deleted and what will stay").check()
    press_button(page, "Delete permanently")
    check_flash_message(page, "Plan deleted. Its needs, practices and events stay in the coalition.")

    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_plan_pages_are_accessible(open_window: Open, demo_coalition):
    page = open_window(PLANNER_PERSONA)
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY_CODE)
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
        page.goto(reverse(f"plans:{name}", args=[demo_coalition.slug, plan.pk, *rest]))
        if wrong := find_accessibility_violations(page):
            found[name] = wrong

    assert found == {}


def test_long_words_fit_phone(open_window: Open, demo_coalition):
    plan = Plan.objects.get(country=EXAMPLE_COUNTRY_CODE)
    Plan.objects.update(title=LONG_WORD)
    Assessment.objects.update(words=LONG_WORD, evidence=LONG_WORD, body=LONG_WORD, next_step=LONG_WORD, cost=LONG_WORD)
    Baseline.objects.update(name=LONG_WORD)
    Person.objects.filter(name__startswith="A").update(name=LONG_WORD)
    page = open_window(PLANNER_PERSONA)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = []
    for name, rest in (
        ("plan_detail", ()),
        ("capability_detail", ("11",)),
        ("evidence_edit", ("11",)),
        ("team_list", ()),
    ):
        page.goto(reverse(f"plans:{name}", args=[demo_coalition.slug, plan.pk, *rest]))
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append((name, page.evaluate(FIND_WIDEST_SCRIPT)))

    assert wide == []
