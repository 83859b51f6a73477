"""Calls for proposals in Chromium: a coordinator adds next year's from an earlier one, without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser


def test_coordinator_adds_call_from_earlier_one(open_demo_window: Open):
    page = open_demo_window("coordinator")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Calls for proposals")
    expect(page.get_by_role("heading", name="Open", exact=True)).to_be_visible()
    follow_link(page, "Add a call for proposals")
    page.get_by_label("Earlier call for proposals", exact=True).select_option("igf-2025-workshop")
    page.get_by_role("button", name="Continue").click()
    for label, value in (("Title of the call", "IGF 2027: workshops"), ("Edition", "2027"), ("Year", "2027")):
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_label(re.compile("^Web address of the call")).fill("https://example.org/call")
    page.get_by_label(re.compile("^Deadline date")).fill("2027-03-15")
    page.get_by_label(re.compile("^Deadline time zone")).fill("Nowhere/Land")
    press_button(page, "Preview call for proposals")
    expect(page.locator(".error").first).to_contain_text("There is no time zone")
    page.get_by_label(re.compile("^Deadline time zone")).fill("UTC-11")
    page.get_by_label(re.compile("^Deadline time")).first.fill("23:59")
    page.locator("summary").filter(has_text=re.compile("^Title$")).click()
    page.locator("#id_field_0_max").fill("60")
    press_button(page, "Preview call for proposals")
    expect(page.locator("main")).to_contain_text("This call for proposals has not been saved yet.")
    expect(page.locator("#field-title")).to_contain_text("at most 60 characters")
    press_button(page, "Save call for proposals")
    check_page_title(page, "IGF 2027: workshops")
    check_flash_message(page, "Call for proposals saved.")
    page.get_by_text(re.compile(r"^\d+ changes?$")).click()
    expect(page.locator("main")).to_contain_text("Limit changed: Title")
    member = open_demo_window("member from the ITU")
    member.goto(page.url)
    expect(member.locator("main")).to_contain_text("23:59 (UTC\N{MINUS SIGN}11)")
    expect(member.get_by_role("link", name="Edit call for proposals")).to_have_count(0)
