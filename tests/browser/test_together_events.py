"""Announcing an event, calling, pledging, telling how it was, and the calendar."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.events.models import Event, Pledge
from jukwaa.events.recurrence import SAFER_INTERNET_DAY_RULE
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser
HELPLINE_PERSONA = "member of a made-up helpline"


def open_page_as(open_demo_window: Open, persona_title: str, page_url: str) -> Page:
    page = open_demo_window(persona_title)
    page.goto(page_url)
    return page


def check_page_accessible(open_demo_window: Open, page: Page) -> None:
    """Usable by everybody, in light and dark, both directions and both widths; looking takes scripts."""
    if open_demo_window.has_scripts:
        assert find_accessibility_violations(page) == {}
        page.set_viewport_size({"width": 1280, "height": 800})


def test_event_is_announced_and_gets_pledge(open_demo_window: Open):
    page = open_page_as(open_demo_window, "coordinator", f"{HOME_URL}events/")
    follow_link(page, "Announce an event")
    page.get_by_label("Name of the event").fill("A day for helplines (made up)")
    page.get_by_label("Frequency").select_option("safer-internet-day")
    page.get_by_label("in many places").check()
    press_button(page, "Announce event")
    expect(page.get_by_role("status")).to_contain_text("These dates are at the same time or on the same days as yours.")
    press_button(page, "Announce event")
    check_flash_message(page, "Event announced.")
    assert Event.objects.get(title__contains="helplines").rule == SAFER_INTERNET_DAY_RULE

    page.get_by_role("link", name=re.compile(r"^20\d\d$")).first.click()
    follow_link(page, "Publish a call for pledges")
    page.get_by_label("What are you asking organisations to do?").fill("Open your helpline for a day.")
    press_button(page, "Publish call for pledges")
    check_flash_message(page, "Call for pledges published.")
    address = page.url
    check_page_accessible(open_demo_window, page)

    page = open_page_as(open_demo_window, HELPLINE_PERSONA, address)
    follow_link(page, "Make a pledge")
    press_button(page, "Submit pledge")
    expect(page.locator("main")).to_contain_text("Describe in a sentence what your organisation will do.")
    page.get_by_label("What will your organisation do?").fill("We open it to teachers.")
    page.get_by_label("Country").select_option("GH")
    press_button(page, "Submit pledge")
    check_flash_message(page, "Thank you.")
    follow_link(page, "All pledges, on a map and by country")
    expect(page.locator("main")).to_contain_text("We open it to teachers.")
    check_page_accessible(open_demo_window, page)
    assert Pledge.objects.filter(activity="We open it to teachers.").count() == 1


def test_event_shows_feedback_of_last_year_and_year_page(open_demo_window: Open):
    page = open_page_as(open_demo_window, "", f"{HOME_URL}events/")
    page.get_by_role("link", name="Safer Internet Day").first.click()
    expect(page.get_by_role("heading", name=re.compile("Feedback from"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Outcomes of .* on one page")).click()
    expect(page.locator("main")).to_contain_text("Would you take part again?")
    check_page_accessible(open_demo_window, page)
    page.get_by_role("link", name="Ghana").click()
    expect(page.locator("main")).to_contain_text("We held a workshop for 40 teachers")


def test_member_updates_outcome_of_pledge(open_demo_window: Open):
    page = open_page_as(open_demo_window, HELPLINE_PERSONA, f"{HOME_URL}events/")
    page.get_by_role("link", name="Safer Internet Day").first.click()
    page.get_by_role("link", name=re.compile("Outcomes of .* on one page")).click()
    follow_link(page, "Edit your report")
    page.get_by_label("What worked well?").fill("To begin with one question.")
    press_button(page, "Send feedback")
    check_flash_message(page, "Your report is now on the outcomes page.")
    expect(page.locator("main")).to_contain_text("To begin with one question.")


def test_calendar_links_to_day_and_file(open_demo_window: Open):
    event = Event.objects.get(title="Safer Internet Day")
    Event.objects.filter(pk=event.pk).update(published_at=timezone.now() - timedelta(hours=1))  # so it stands in feeds
    day = event.occurrences.first().starts_on
    page = open_page_as(open_demo_window, "", f"{HOME_URL}events/calendar/?month={day:%Y-%m}")
    check_page_title(page, "Calendar")
    check_page_accessible(open_demo_window, page)
    page.get_by_text("Filter the calendar").click()
    page.get_by_label("Type").select_option("event")
    page.locator("main").get_by_role("button", name="Apply filters").click()
    expect(page.locator(".month")).to_contain_text("Safer Internet Day")
    follow_link(page, "View as a list")
    expect(page.locator(".due")).to_contain_text("Safer Internet Day")
    address = page.get_by_role("link", name="Download these dates (calendar file)").get_attribute("href")
    answer = page.request.get(page.url.partition("/child")[0] + address)
    assert "BEGIN:VEVENT" in answer.text()
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
