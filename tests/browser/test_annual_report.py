"""The annual report on a phone, with and without JavaScript: edited, kept when the record grows, published, saved."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.coalitions.models import Coalition
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.factories import EntryFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def phone_page(browser: Browser, live_server, rapporteur, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE_VIEWPORT, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(rapporteur), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With ANNUAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("ANNUAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{screenshot_name}.png", full_page=True)


def create_past_meeting(coalition, meeting_title: str):
    Coalition.objects.increment_revision([coalition.pk])  # as every action does
    return MeetingFactory(coalition=coalition, title=meeting_title, published=True, starts_on=date(2025, 5, 1))


def test_rapporteur_publishes_and_downloads_annual_report(
    phone_page: Page, browser: Browser, live_server, coalition, rapporteur
):
    meeting = create_past_meeting(coalition, "Call of May")
    EntryFactory(coalition=coalition, meeting=meeting, title="To share findings", published=True)
    phone_page.goto(reverse("meetings:meeting_list", args=["ours"]))
    follow_link(phone_page, "Annual reports")
    check_page_width(phone_page, "list")
    follow_link(phone_page, "Annual report 2025")
    expect(phone_page.locator("main")).to_contain_text("The coalition held 1 meeting.")
    check_page_width(phone_page, "draft")
    phone_page.locator("article").get_by_role("link", name="1", exact=True).first.click()
    check_page_width(phone_page, "records")
    follow_link(phone_page, "Call of May")
    phone_page.goto(reverse("eligibility:annual_detail", args=["ours", 2025]))
    follow_link(phone_page, "Edit")
    check_page_width(phone_page, "edit")
    follow_link(phone_page, "Edit: Meetings")
    phone_page.get_by_label("Text").fill("We met [meeting: 1] times.")
    press_button(phone_page, "Save text")
    expect(phone_page.locator(".error").first).to_contain_text("The report has no number with this name.")
    phone_page.get_by_label("Text").fill("Members met [meetings: 1] times, with one purpose.")
    check_page_width(phone_page, "section")
    press_button(phone_page, "Save text")
    check_flash_message(phone_page, "Text saved.")
    create_past_meeting(coalition, "Call of June")
    phone_page.reload()
    expect(phone_page.locator("main")).to_contain_text("Members met 2 times, with one purpose.")
    expect(phone_page.locator("main")).to_contain_text("the record has changed")
    follow_link(phone_page, "Edit: Meetings")
    expect(phone_page.get_by_label("Text")).to_have_value("Members met [meetings: 2] times, with one purpose.")
    expect(phone_page.locator("main")).to_contain_text("The coalition held [meetings: 2] meetings.")
    check_page_width(phone_page, "moved-on")
    follow_link(phone_page, "Cancel")
    follow_link(phone_page, "See the whole report")
    press_button(phone_page, "Publish the report")
    check_flash_message(phone_page, "Report published.")
    download_report_files(phone_page)
    follow_link(phone_page, "Record the submission")
    phone_page.get_by_label("Date of submission").fill("2026-02-01")
    phone_page.get_by_label("Link to the report").fill("https://example.org/report")
    check_page_width(phone_page, "submission")
    press_button(phone_page, "Save")
    check_flash_message(phone_page, "Submission saved.")
    visitor = browser.new_page(viewport=PHONE_VIEWPORT, base_url=live_server.url)
    visitor.goto(reverse("eligibility:annual_detail", args=["ours", 2025]))
    check_page_title(visitor, "Annual report 2025")
    expect(visitor.locator("main")).to_contain_text("Members met 2 times, with one purpose.")
    check_page_width(visitor, "published")
    visitor.close()


def download_report_files(page: Page) -> None:
    for name, start in {"Word": b"PK", "PDF": b"%PDF-", "EPUB": b"PK"}.items():
        with page.expect_download() as download:
            follow_link(page, f"Download as {name}")
        assert Path(download.value.path()).read_bytes().startswith(start)
        assert download.value.suggested_filename.startswith("Our Coalition, annual report 2025.")
