"""A proposal on a phone, with and without JavaScript: started, written, checked, submitted, and its outcome."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.proposals.actions import save_call_file
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def phone_page(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE_VIEWPORT, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{screenshot_name}.png", full_page=True)


def write_answer(page: Page, field_label: str, answer_text: str) -> None:
    follow_link(page, f"Edit : {field_label}")
    page.get_by_label(field_label).fill(answer_text)
    check_page_width(page, f"field-{field_label}")
    press_button(page, "Save")
    check_flash_message(page, "Text saved.")


def test_coordinator_takes_proposal_from_call_to_outcome(phone_page: Page, coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML.replace("2027", "2099"))
    phone_page.goto(reverse("proposals:call_detail", args=["ours", CALL_NAME.replace("2027", "2099")]))
    follow_link(phone_page, "Start a proposal")
    phone_page.get_by_label("Working title").fill("Session")
    check_page_width(phone_page, "new")
    press_button(phone_page, "Start proposal")
    check_flash_message(phone_page, "Proposal started.")
    check_page_width(phone_page, "empty")
    write_answer(phone_page, "Description", "one two three four five")
    expect(phone_page.locator("#field-description")).to_contain_text("5 words. Shorten to at most 4.")
    write_answer(phone_page, "Description", "four words are enough")
    follow_link(phone_page, "Edit : Theme")
    phone_page.get_by_label("Theme").select_option("Skills")
    press_button(phone_page, "Save")
    follow_link(phone_page, "Check the rules")
    expect(phone_page.locator("main")).to_contain_text("Cannot be determined")
    check_page_width(phone_page, "checks")
    follow_link(phone_page, "Answer questions about the rules")
    phone_page.get_by_label("The session is new.").select_option("yes")
    press_button(phone_page, "Save answers")
    expect(phone_page.locator("main")).to_contain_text("Every known rule is met")
    follow_link(phone_page, "Session")
    follow_link(phone_page, "Record the submission")
    phone_page.get_by_label("Reference number").fill("WS-7")
    check_page_width(phone_page, "submit")
    press_button(phone_page, "Record the submission")
    check_flash_message(phone_page, "Submission recorded.")
    follow_link(phone_page, "Record the outcome")
    phone_page.get_by_label("Accepted with conditions").check()
    phone_page.get_by_label("Date of the outcome").fill("2099-06-01")
    phone_page.get_by_label("Comments or conditions").fill("Add a speaker")
    press_button(phone_page, "Record the outcome")
    check_page_title(phone_page, "Session")
    expect(phone_page.locator("main")).to_contain_text("Accepted with conditions")
    check_page_width(phone_page, "outcome")
