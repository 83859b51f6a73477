"""A brief from its records to what came of it: chosen, built, written, published, handed over, asked about, used."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jukwaa.drafting.models import Text
from tests.browser.conftest import SCRIPT_CHOICES, Open
from tests.browser.test_journeys import check_title, follow

pytestmark = pytest.mark.browser

BRIEFS = "/child-online-safety/coverage/briefs/"
TITLE = "What a ministry can do first"


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize("script", SCRIPT_CHOICES.values(), ids=SCRIPT_CHOICES.keys())
def test_brief_from_selection_to_use(windows: Open, demo, script):
    page = windows("rapporteur", script=script)
    choose_audience(page)
    build_brief(page)
    text = Text.objects.get(title=TITLE)
    edit_brief(page)
    publish_brief(page, text)
    page.goto(f"{BRIEFS}{text.pk}/")
    download_brief(page)
    record_handover(page)
    record_use(page)


def choose_audience(page: Page) -> None:
    page.goto(BRIEFS)
    follow(page, "Create a brief")
    check_title(page, "Choose records for the brief")
    page.get_by_label("Type", exact=True).select_option(label="Good practice")
    press(page, "Search")
    page.get_by_role("checkbox", name="Reporting portals for countries without a hotline").check()
    page.get_by_label("Type", exact=True).select_option(label="Decision")
    press(page, "Search")
    expect(page.get_by_role("heading", name="1 record selected on another page")).to_be_visible()
    page.locator("main").get_by_role("checkbox").last.check()
    press(page, "Create a brief from the selected records")


def build_brief(page: Page) -> None:
    check_title(page, "Create a brief")
    expect(page.get_by_role("heading", name="Based on 2 records")).to_be_visible()
    press(page, "Create draft")
    expect(page.locator("main")).to_contain_text("Enter a title that helps others find it.")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_role("checkbox", name="Parliament, or a committee of it").check()
    press(page, "Create draft")
    expect(page.locator("main")).to_contain_text("Running a hotline costs money and needs trained people.")


def edit_brief(page: Page) -> None:
    page.get_by_role("link", name="Edit clause 2", exact=True).click()
    page.get_by_role("textbox").first.fill("Nobody knows where to report.")
    press(page, "Save and close")
    expect(page.locator("#c2")).to_contain_text("Nobody knows where to report.")


def publish_brief(page: Page, text: Text) -> None:
    follow(page, "Create a revision")
    press(page, "Create revision")
    page.goto(text.get_absolute_url())
    press(page, "Share with readers")
    page.goto(f"{text.get_absolute_url()}publish/")
    page.get_by_label("Reason for publishing without a consensus call").fill("It was asked for this week.")
    press(page, "Publish version")
    expect(page.locator("main")).to_contain_text("Version 1.0")


def download_brief(page: Page) -> None:
    for length in ("2 pages", "5 pages"):
        for name in ("Word", "PDF"):
            with page.expect_download() as started:
                page.get_by_role("link", name=f"{name}: {length}").first.click()
            assert Path(started.value.path()).stat().st_size > 5_000
    follow(page, "Check the length")
    check_title(page, "Length")
    expect(page.locator("main")).to_contain_text("Length: 2 pages.")
    page.go_back()


def record_handover(page: Page) -> None:
    follow(page, "Record a delivery")
    page.get_by_label("Name of the body").fill("clerk@example.org")
    press(page, "Record delivery")
    expect(page.locator("main")).to_contain_text(
        "Enter only the name of the body, without an address or a telephone number."
    )
    page.get_by_label("Name of the body").fill("The committee on digital affairs (a made-up one)")
    press(page, "Record delivery")
    page.get_by_role("link", name="Record a follow-up question").click()
    page.get_by_label("Follow-up question").fill("What does a portal cost in a year?")
    press(page, "Record question")
    page.goto("/child-online-safety/tasks/")
    follow(page, f"Answer 1 question about “{TITLE}”")
    follow(page, "Record the answer")
    page.get_by_label("Answer given").fill("Less than a hotline of one's own.")
    press(page, "Record answer")
    expect(page.locator("main")).to_contain_text("Less than a hotline of one's own.")


def record_use(page: Page) -> None:
    follow(page, "Record an outcome")
    page.get_by_label("Where was the brief used?").fill("In a question to the government.")
    press(page, "Record outcome")
    expect(page.locator("main")).to_contain_text("Enter evidence")
    page.get_by_label("Evidence on the web").fill("https://example.org/question")
    press(page, "Record outcome")
    expect(page.locator("main")).to_contain_text("In a question to the government.")
    expect(page.get_by_role("link", name="https://example.org/question")).to_be_visible()
