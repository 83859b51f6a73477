"""Announcing an event, calling, pledging, telling how it was, and the calendar."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.events.models import Event, Pledge
from jukwaa.events.recurrence import SAFER_INTERNET_DAY
from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME, follow, press, titled, told

pytestmark = pytest.mark.browser
HELPLINE = "member of a made-up helpline"


def opened(window: Open, title: str, address: str) -> Page:
    page = window(title)
    page.goto(address)
    return page


def sound(window: Open, page: Page) -> None:
    """Usable by everybody, in light and dark, both directions and both widths; looking takes scripts."""
    if window.has_scripts:
        assert violations(page) == {}
        page.set_viewport_size({"width": 1280, "height": 800})


def test_an_event_goes_from_its_announcement_to_a_pledge(window: Open):
    page = opened(window, "coordinator", f"{HOME}events/")
    follow(page, "Announce an event")
    page.get_by_label("Name of the event").fill("A day for helplines (made up)")
    page.get_by_label("Frequency").select_option("safer-internet-day")
    page.get_by_label("in many places").check()
    press(page, "Announce event")
    expect(page.get_by_role("status")).to_contain_text("These take place at the same time or on the same days.")
    press(page, "Announce event")
    told(page, "Event announced.")
    assert Event.objects.get(title__contains="helplines").rule == SAFER_INTERNET_DAY

    page.get_by_role("link", name=re.compile(r"^20\d\d$")).first.click()
    follow(page, "Publish a call for pledges")
    page.get_by_label("What do you ask others to do?").fill("Open your helpline for a day.")
    press(page, "Publish call for pledges")
    told(page, "Call for pledges published.")
    address = page.url
    sound(window, page)

    page = opened(window, HELPLINE, address)
    follow(page, "Make a pledge")
    press(page, "Submit pledge")
    expect(page.locator("main")).to_contain_text("Describe in a sentence what your organisation will do.")
    page.get_by_label("What will your organisation do?").fill("We open it to teachers.")
    page.get_by_label("Country").select_option("GH")
    press(page, "Submit pledge")
    told(page, "Thank you.")
    follow(page, "All pledges, on a map and by country")
    expect(page.locator("main")).to_contain_text("We open it to teachers.")
    sound(window, page)
    assert Pledge.objects.filter(activity="We open it to teachers.").count() == 1


def test_last_years_voices_stand_beside_the_call_and_the_year_in_one_page(window: Open):
    page = opened(window, "", f"{HOME}events/")
    page.get_by_role("link", name="Safer Internet Day").first.click()
    expect(page.get_by_role("heading", name=re.compile("Feedback from"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Outcomes of .* on one page")).click()
    expect(page.locator("main")).to_contain_text("Would you take part again?")
    sound(window, page)
    page.get_by_role("link", name="Ghana").click()
    expect(page.locator("main")).to_contain_text("We held a workshop for 40 teachers")


def test_a_member_tells_anew_what_came_of_it(window: Open):
    page = opened(window, HELPLINE, f"{HOME}events/")
    page.get_by_role("link", name="Safer Internet Day").first.click()
    page.get_by_role("link", name=re.compile("Outcomes of .* on one page")).click()
    follow(page, "Edit your report")
    page.get_by_label("What worked well?").fill("To begin with one question.")
    press(page, "Send feedback")
    told(page, "Your report is now on the outcomes page.")
    expect(page.locator("main")).to_contain_text("To begin with one question.")


def test_the_calendar_leads_from_its_month_to_the_day_and_to_a_file(window: Open):
    event = Event.objects.get(title="Safer Internet Day")
    Event.objects.filter(pk=event.pk).update(published_at=timezone.now() - timedelta(hours=1))  # so it stands in feeds
    day = event.occurrences.first().starts_on
    page = opened(window, "", f"{HOME}events/calendar/?month={day:%Y-%m}")
    titled(page, "Calendar")
    sound(window, page)
    page.get_by_text("Filter the calendar").click()
    page.get_by_label("Type").select_option("event")
    page.locator("main").get_by_role("button", name="Apply filters").click()
    expect(page.locator(".month")).to_contain_text("Safer Internet Day")
    follow(page, "View as a list")
    expect(page.locator(".due")).to_contain_text("Safer Internet Day")
    address = page.get_by_role("link", name="Download these dates (calendar file)").get_attribute("href")
    answer = page.request.get(page.url.partition("/child")[0] + address)
    assert "BEGIN:VEVENT" in answer.text()
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
