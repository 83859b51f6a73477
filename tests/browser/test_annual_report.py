"""The annual report on a phone, with and without JavaScript: edited, kept when the record grows, published, saved."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.coalitions.models import Coalition
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.factories import EntryFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(browser: Browser, live_server, rapporteur, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(rapporteur), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With ANNUAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("ANNUAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def hold_meeting(coalition, title: str):
    Coalition.objects.increment_revision([coalition.pk])  # as every action does
    return MeetingFactory(coalition=coalition, title=title, published=True, starts_on=date(2025, 5, 1))


def test_rapporteur_publishes_and_downloads_annual_report(
    phone: Page, browser: Browser, live_server, coalition, rapporteur
):
    meeting = hold_meeting(coalition, "Call of May")
    EntryFactory(coalition=coalition, meeting=meeting, title="To share findings", published=True)
    phone.goto(reverse("meetings:meeting_list", args=["ours"]))
    follow(phone, "Annual reports")
    check_width(phone, "list")
    follow(phone, "Annual report 2025")
    expect(phone.locator("main")).to_contain_text("The coalition held 1 meeting.")
    check_width(phone, "draft")
    phone.locator("article").get_by_role("link", name="1", exact=True).first.click()
    check_width(phone, "records")
    follow(phone, "Call of May")
    phone.goto(reverse("eligibility:annual_detail", args=["ours", 2025]))
    follow(phone, "Edit")
    check_width(phone, "edit")
    follow(phone, "Edit: Meetings")
    phone.get_by_label("Text").fill("We met [meeting: 1] times.")
    press(phone, "Save text")
    expect(phone.locator(".error").first).to_contain_text("The report has no number with this name.")
    phone.get_by_label("Text").fill("Members met [meetings: 1] times, with one purpose.")
    check_width(phone, "section")
    press(phone, "Save text")
    check_message(phone, "Text saved.")
    hold_meeting(coalition, "Call of June")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Members met 2 times, with one purpose.")
    expect(phone.locator("main")).to_contain_text("the record has changed")
    follow(phone, "Edit: Meetings")
    expect(phone.get_by_label("Text")).to_have_value("Members met [meetings: 2] times, with one purpose.")
    expect(phone.locator("main")).to_contain_text("The coalition held [meetings: 2] meetings.")
    check_width(phone, "moved-on")
    follow(phone, "Cancel")
    follow(phone, "See the whole report")
    press(phone, "Publish the report")
    check_message(phone, "Report published.")
    download(phone)
    follow(phone, "Record the submission")
    phone.get_by_label("Date of submission").fill("2026-02-01")
    phone.get_by_label("Link to the report").fill("https://example.org/report")
    check_width(phone, "submission")
    press(phone, "Save")
    check_message(phone, "Submission saved.")
    visitor = browser.new_page(viewport=PHONE, base_url=live_server.url)
    visitor.goto(reverse("eligibility:annual_detail", args=["ours", 2025]))
    check_title(visitor, "Annual report 2025")
    expect(visitor.locator("main")).to_contain_text("Members met 2 times, with one purpose.")
    check_width(visitor, "published")
    visitor.close()


def download(page: Page) -> None:
    for name, start in {"Word": b"PK", "PDF": b"%PDF-", "EPUB": b"PK"}.items():
        with page.expect_download() as download:
            follow(page, f"Download as {name}")
        assert Path(download.value.path()).read_bytes().startswith(start)
        assert download.value.suggested_filename.startswith("Our Coalition, annual report 2025.")
