"""The self-check in Chromium: a coordinator answers a condition and downloads the governance statement."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME, check_message, check_title, follow, press

pytestmark = pytest.mark.browser


def test_coordinator_answers_condition_and_downloads_statement(window: Open):
    page = window("coordinator")
    page.goto(f"{HOME}settings/")
    follow(page, "Self-check")
    expect(page.get_by_role("heading", name=re.compile("^Self-check"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("At risk: 1")
    follow(page, "Edit answer or next step The yearly report of the previous year has been submitted.")
    page.get_by_label(re.compile("^Is this condition met")).select_option("yes")
    page.get_by_label(re.compile("^Due date")).fill("")
    press(page, "Save")
    expect(page.locator(".error").first).to_contain_text("Enter the date")
    page.get_by_label(re.compile("^Due date")).fill("2999-01-01")
    page.get_by_label("The step is done").check()
    press(page, "Save")
    check_message(page, "Changes saved.")
    expect(page.locator("main")).to_contain_text("Done: Send the yearly report")
    follow(page, "Governance statement")
    check_title(page, "Governance statement")
    with page.expect_download() as download:
        follow(page, "Download as Word")
    assert download.value.suggested_filename.endswith(".docx")
