"""A proposal on a phone, with and without JavaScript: started, written, checked, submitted, and its outcome."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.proposals.actions import save_call_file
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.proposals.test_proposals import CALL, NAME

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def write(page: Page, label: str, answer: str) -> None:
    follow(page, f"Edit: {label}")
    page.get_by_label(label).fill(answer)
    check_width(page, f"field-{label}")
    press(page, "Save")
    check_message(page, "Text saved.")


def test_coordinator_takes_proposal_from_call_to_outcome(phone: Page, coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL.replace("2027", "2099"))
    phone.goto(reverse("proposals:call_detail", args=["ours", NAME.replace("2027", "2099")]))
    follow(phone, "Start a proposal")
    phone.get_by_label("Working title").fill("Session")
    check_width(phone, "new")
    press(phone, "Start proposal")
    check_message(phone, "Proposal started.")
    check_width(phone, "empty")
    write(phone, "Description", "one two three four five")
    expect(phone.locator("#field-description")).to_contain_text("5 words. Shorten to at most 4.")
    write(phone, "Description", "four words are enough")
    follow(phone, "Edit: Theme")
    phone.get_by_label("Theme").select_option("Skills")
    press(phone, "Save")
    follow(phone, "Check the rules")
    expect(phone.locator("main")).to_contain_text("Cannot be determined")
    check_width(phone, "checks")
    follow(phone, "Answer questions about the rules")
    phone.get_by_label("The session is new.").select_option("yes")
    press(phone, "Save answers")
    expect(phone.locator("main")).to_contain_text("Every known rule is met")
    follow(phone, "Session")
    follow(phone, "Record the submission")
    phone.get_by_label("Reference number").fill("WS-7")
    check_width(phone, "submit")
    press(phone, "Record the submission")
    check_message(phone, "Submission recorded.")
    follow(phone, "Record the outcome")
    phone.get_by_label("Accepted with conditions").check()
    phone.get_by_label("Date of the outcome").fill("2099-06-01")
    phone.get_by_label("Comments or conditions").fill("Add a speaker")
    press(phone, "Record the outcome")
    check_title(phone, "Session")
    expect(phone.locator("main")).to_contain_text("Accepted with conditions")
    check_width(phone, "outcome")
