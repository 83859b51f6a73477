"""The year at the forum on a phone, with and without JavaScript, and a coordination meeting from start to log."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from jukwaa.accounts.models import Person
from jukwaa.eligibility.link_checker import check_coalition_links
from jukwaa.eligibility.models import CoordinationMeeting
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.conftest import create_seated_person
from tests.eligibility.test_cycle import add_call_with_deadline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def open_phone(browser: Browser, live_server, request: pytest.FixtureRequest):
    opened = []

    def open_one_phone(person: Person) -> Page:
        context = browser.new_context(
            viewport=PHONE_VIEWPORT, java_script_enabled=request.param, base_url=live_server.url
        )
        context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield open_one_phone
    for context in opened:
        context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With CYCLE_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("CYCLE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{screenshot_name}.png", full_page=True)


def test_coordinator_appoints_representative_who_logs_meeting(open_phone, coalition, coordinator):
    coalition.forum = "Example Forum"
    coalition.save(update_fields=["forum"])
    add_call_with_deadline(
        coalition, timezone.localdate().replace(year=timezone.localdate().year + 1), zone="not stated"
    )
    newcomer = create_seated_person(coalition, "Amara Example")
    page = open_phone(coordinator)
    page.goto(reverse("home:desk", args=["ours"]))
    follow_link(page, "The coalition's progress this year at the forum")
    check_page_title(page, "The year at the forum")
    expect(page.locator("main")).to_contain_text("time zone not stated")
    expect(page.locator("[aria-current=step]")).to_contain_text("Next step")
    check_page_width(page, "cycle")
    follow_link(page, "Coordination meetings")
    check_page_width(page, "empty")
    follow_link(page, "Appoint representatives")
    follow_link(page, "Assign a role")
    page.get_by_label("Person").fill(newcomer.name)
    page.get_by_label("Role").select_option("representative")
    press_button(page, "Assign role")

    phone = open_phone(newcomer)
    phone.goto(reverse("home:desk", args=["ours"]))
    follow_link(phone, "Coordination meetings")
    follow_link(phone, "Add a coordination meeting")
    check_page_width(phone, "form")
    press_button(phone, "Save")
    expect(phone.locator(".error").first).to_contain_text("Enter")
    phone.get_by_label("Title").fill("Coordination meeting 98")
    phone.get_by_label("Date").fill("2026-01-12")
    phone.get_by_label("Start time").fill("12:00")
    phone.get_by_label("Time zone").select_option("Africa/Nairobi")
    press_button(phone, "Save")
    check_flash_message(phone, "Coordination meeting added.")
    expect(phone.locator("main")).to_contain_text("Attendance not recorded")
    follow_link(phone, "Record attendance and add the report")
    phone.get_by_label("Yes", exact=True).check()
    check_page_width(phone, "log")
    press_button(phone, "Save")
    expect(phone.locator(".error").first).to_contain_text("Choose who attended.")
    phone.get_by_label("Amara Example").check()
    phone.get_by_label("Short report").fill("Each coalition sends a governance statement.")
    phone.get_by_label("Link to the report or the recording").fill("https://example.org/98")
    press_button(phone, "Save")
    check_flash_message(phone, "Attendance and report saved.")
    check_page_width(phone, "list")
    meeting = CoordinationMeeting.objects.get()
    assert (meeting.attended, f"{meeting.starts_at:%H:%M}") == ("yes", "09:00")


def test_coordinator_sees_that_mailing_list_page_does_not_respond(open_phone, coalition, coordinator):
    page = open_phone(coordinator)
    page.goto(reverse("coalitions:settings", args=["ours"]))
    page.get_by_text("More settings").click()
    page.get_by_label("Subscription page of the mailing list").fill("https://127.0.0.1/ours")
    press_button(page, "Save")
    follow_link(page, "Self-check")
    press_button(page, "Check the links now")
    check_flash_message(page, "The links will be checked within a few minutes.")
    coalition.refresh_from_db()
    check_coalition_links(coalition)
    page.reload()
    expect(page.locator("main")).to_contain_text("This address leads to a private network.")
    expect(page.locator("main")).to_contain_text("We could not open the page when we last checked it.")
    check_page_width(page, "self-check")
