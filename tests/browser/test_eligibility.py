"""The self-check in Chromium: a coordinator answers a condition and downloads the governance statement."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser


def test_coordinator_answers_condition_and_downloads_statement(open_demo_window: Open):
    page = open_demo_window("coordinator")
    page.goto(f"{HOME_URL}settings/")
    follow_link(page, "Self-check")
    expect(page.get_by_role("heading", name=re.compile("^Self-check"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("At risk: 1")
    follow_link(page, "Edit answer or next step The yearly report of the previous year has been submitted.")
    page.get_by_label(re.compile("^Is this condition met")).select_option("yes")
    page.get_by_label(re.compile("^Due date")).fill("")
    press_button(page, "Save")
    expect(page.locator(".error").first).to_contain_text("Enter the date")
    page.get_by_label(re.compile("^Due date")).fill("2999-01-01")
    page.get_by_label("The step is done").check()
    press_button(page, "Save")
    check_flash_message(page, "Changes saved.")
    expect(page.locator("main")).to_contain_text("Done: Send the yearly report")
    follow_link(page, "Governance statement")
    check_page_title(page, "Governance statement")
    with page.expect_download() as download:
        follow_link(page, "Download as Word")
    assert download.value.suggested_filename.endswith(".docx")
