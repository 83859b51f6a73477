"""A brief from its records to what came of it: chosen, built, written, published, handed over, asked about, used."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jukwaa.drafting.models import Text
from tests.browser.conftest import SCRIPTS_BY_MODE, Open
from tests.browser.test_journeys import check_page_title, follow_link

pytestmark = pytest.mark.browser

BRIEFS_URL = "/child-online-safety/coverage/briefs/"
BRIEF_TITLE = "What a ministry can do first"


def press_button(page: Page, button_name: str) -> None:
    page.locator("main").get_by_role("button", name=button_name, exact=True).first.click()


@pytest.mark.parametrize("has_scripts", SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def test_brief_is_built_published_delivered_and_used(open_window: Open, demo_coalition, has_scripts):
    page = open_window("rapporteur", script=has_scripts)
    choose_brief_audience(page)
    build_brief(page)
    text = Text.objects.get(title=BRIEF_TITLE)
    edit_brief(page)
    publish_brief(page, text)
    page.goto(f"{BRIEFS_URL}{text.pk}/")
    download_brief(page)
    record_delivery(page)
    record_brief_outcome(page)


def choose_brief_audience(page: Page) -> None:
    page.goto(BRIEFS_URL)
    follow_link(page, "Create a brief")
    check_page_title(page, "Choose records for the brief")
    page.get_by_label("Type", exact=True).select_option(label="Good practice")
    press_button(page, "Search")
    page.get_by_role("checkbox", name="Reporting portals for countries without a hotline").check()
    page.get_by_label("Type", exact=True).select_option(label="Decision")
    press_button(page, "Search")
    expect(page.get_by_role("heading", name="1 record selected on another page")).to_be_visible()
    page.locator("main").get_by_role("checkbox").last.check()
    press_button(page, "Create a brief from the selected records")


def build_brief(page: Page) -> None:
    check_page_title(page, "Create a brief")
    expect(page.get_by_role("heading", name="Based on 2 records")).to_be_visible()
    press_button(page, "Create draft")
    expect(page.locator("main")).to_contain_text("Enter a title that helps others find it.")
    page.get_by_label("Title", exact=True).fill(BRIEF_TITLE)
    page.get_by_role("checkbox", name="Parliament, or a committee of it").check()
    press_button(page, "Create draft")
    expect(page.locator("main")).to_contain_text("Running a hotline costs money and needs trained people.")


def edit_brief(page: Page) -> None:
    page.get_by_role("link", name="Edit clause 2", exact=True).click()
    page.get_by_role("textbox").first.fill("Nobody knows where to report.")
    press_button(page, "Save and close")
    expect(page.locator("#c2")).to_contain_text("Nobody knows where to report.")


def publish_brief(page: Page, text: Text) -> None:
    follow_link(page, "Create a revision")
    press_button(page, "Create revision")
    page.goto(text.get_absolute_url())
    press_button(page, "Share with readers")
    page.goto(f"{text.get_absolute_url()}publish/")
    page.get_by_label("Reason for publishing without a consensus call").fill("It was asked for this week.")
    press_button(page, "Publish version")
    expect(page.locator("main")).to_contain_text("Version 1.0")


def download_brief(page: Page) -> None:
    for length in ("2 pages", "5 pages"):
        for name in ("Word", "PDF"):
            with page.expect_download() as started:
                page.get_by_role("link", name=f"{name}: {length}").first.click()
            assert Path(started.value.path()).stat().st_size > 5_000
    follow_link(page, "Check the length")
    check_page_title(page, "Length")
    expect(page.locator("main")).to_contain_text("Length: 2 pages.")
    page.go_back()


def record_delivery(page: Page) -> None:
    follow_link(page, "Record a delivery")
    page.get_by_label("Name of the body").fill("clerk@example.org")
    press_button(page, "Record delivery")
    expect(page.locator("main")).to_contain_text(
        "Enter only the name of the body, without an address or a telephone number."
    )
    page.get_by_label("Name of the body").fill("The committee on digital affairs (a made-up one)")
    press_button(page, "Record delivery")
    page.get_by_role("link", name="Record a follow-up question").click()
    page.get_by_label("Follow-up question").fill("What does a portal cost in a year?")
    press_button(page, "Record question")
    page.goto("/child-online-safety/tasks/")
    follow_link(page, f"Answer 1 question about “{BRIEF_TITLE}”")
    follow_link(page, "Record the answer")
    page.get_by_label("Answer given").fill("Less than a hotline of one's own.")
    press_button(page, "Record answer")
    expect(page.locator("main")).to_contain_text("Less than a hotline of one's own.")


def record_brief_outcome(page: Page) -> None:
    follow_link(page, "Record an outcome")
    page.get_by_label("Where was the brief used?").fill("In a question to the government.")
    press_button(page, "Record outcome")
    expect(page.locator("main")).to_contain_text("Enter evidence")
    page.get_by_label("Evidence on the web").fill("https://example.org/question")
    press_button(page, "Record outcome")
    expect(page.locator("main")).to_contain_text("In a question to the government.")
    expect(page.get_by_role("link", name="https://example.org/question")).to_be_visible()
