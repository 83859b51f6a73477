"""Scheduling a meeting in Chromium: its time in other zones, who can join, a new time, and cancelling it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jukwaa.core.dates import format_long_date
from tests.browser.conftest import Open
from tests.browser.test_journeys import (
    HOME_URL,
    check_flash_message,
    check_page_title,
    download_linked_file,
    follow_link,
    press_button,
)

pytestmark = pytest.mark.browser
JOINING_LINK = "https://meet.example.org/call"


@pytest.mark.scripted
def test_rapporteur_schedules_moves_and_cancels_meeting(open_demo_window: Open):
    day = timezone.localdate() + timedelta(days=21)
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/")
    expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()
    follow_link(page, "Schedule a meeting")
    for label, value in (("Title", "A call"), ("Start time", "10:30"), ("Duration in minutes", "60")):
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_label(re.compile("^Date")).fill(day.isoformat())
    page.get_by_label("Time zone", exact=True).select_option("Africa/Nairobi")
    page.get_by_label(re.compile("^Joining link")).fill("room four")
    if open_demo_window.has_scripts:  # type: ignore[attr-defined]  # set by the fixture
        expect(page.get_by_role("row").filter(has_text="UTC+9")).to_contain_text("16:30 to 17:30")
    page.locator("main form button.button").first.click()
    expect(page.locator(".error").first).to_contain_text("Enter a link that starts with https://")
    page.get_by_label(re.compile("^Joining link")).fill(JOINING_LINK)
    page.locator("main form button.button").first.click()
    check_page_title(page, "A call")
    page.get_by_role("main").get_by_role("link", name="Publish this meeting").click()
    press_button(page, "Publish meeting")
    expect(page.locator("dl.facts").first).to_contain_text("10:30 to 11:30, Nairobi (UTC+3)")
    expect(page.get_by_role("heading", name="Attendance")).to_have_count(0)
    assert b"DTSTART:" in download_linked_file(page, "Add to calendar")

    visitor = open_demo_window()
    visitor.goto(page.url)
    expect(visitor.locator("main")).to_contain_text("Only members can see the joining link.")
    assert JOINING_LINK not in visitor.content()

    follow_link(page, "Cancel meeting")
    page.get_by_label("Reason").fill("The office is closed.")
    press_button(page, "Cancel the meeting")
    check_flash_message(page, "The meeting has been cancelled. We will email everyone who is invited.")
    expect(page.locator(".notice").first).to_contain_text("The office is closed.")


def test_meeting_is_announced_from_pasted_agenda(open_demo_window: Open):
    day = timezone.localdate() + timedelta(days=47)
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Start from an agenda")
    page.get_by_label("Agenda items").fill(
        f"Subject: Agenda Budget Panel\n\nWe meet on {format_long_date(day)}, 13:00-14:30 UTC, Teams.\n\n"
        "1. Welcome\n2. Fees, FOR DECISION (20 min)\n3. AOB"
    )
    press_button(page, "Show the meeting")
    expect(page.get_by_label(re.compile("^Title"))).to_have_value("Budget Panel")
    expect(page.get_by_label(re.compile("^Date"))).to_have_value(day.isoformat())
    expect(page.locator("ol.items")).to_contain_text("20 minutes")
    press_button(page, "Announce the meeting without emails")
    check_flash_message(page, "Meeting published. Nobody has been invited yet.")
    expect(page.locator("main")).to_contain_text("13:00 to 14:30")
    expect(page.locator("main")).to_contain_text("Fees")


def test_home_shows_current_and_next_meeting(open_demo_window: Open):
    page = open_demo_window("member from the ITU")
    page.goto(HOME_URL)
    expect(page.get_by_role("heading", name="Meeting in progress")).to_be_visible()
    expect(page.get_by_role("heading", name="Next meeting")).to_be_visible()
    expect(page.get_by_role("link", name="Join the meeting online").first).to_have_attribute(
        "href", re.compile("https://")
    )
