"""Taking the library along, walked on the demo in Chromium."""

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from tests.browser.conftest import Open
from tests.browser.test_journeys import (
    check_flash_message,
    check_page_title,
    download_linked_file,
    follow_link,
    press_button,
)
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser

LIBRARY_URL = "/child-online-safety/library/"
PRACTICE_TITLES = ("A table for providers", "A week of lessons", "A line that answers at night")


@pytest.fixture
def practices(demo_coalition: Coalition) -> list[Item]:
    texts = "Each was asked **in writing**, two weeks before.\n\n- by post\n- by mail"
    return [
        ItemFactory(
            coalition=demo_coalition,
            title=title,
            summary="What it was, in a sentence.",
            what_worked=texts,
            published=True,
        )
        for title in PRACTICE_TITLES
    ]


def add_to_collection(page: Page, collection_title: str) -> None:
    page.goto(LIBRARY_URL)
    follow_link(page, collection_title)
    follow_link(page, "Add to a collection")


def test_member_creates_orders_and_downloads_collection(open_demo_window: Open, practices: list[Item]):
    page = open_demo_window("member of ECPAT International")
    add_to_collection(page, PRACTICE_TITLES[0])
    follow_link(page, "Create a collection")
    page.get_by_label("Title").fill("First steps with providers")
    page.get_by_label("Introduction").fill("For a ministry that begins.")
    press_button(page, "Save draft")
    check_flash_message(page, "Draft saved. Only you can see it.")
    check_page_title(page, "First steps with providers")
    for title in PRACTICE_TITLES[1:]:
        add_to_collection(page, title)
        page.get_by_label("First steps with providers").check()
        press_button(page, "Add to this collection")
        check_flash_message(page, "has been added to the collection")

    records = page.locator("section[aria-labelledby=records] h3")
    expect(records).to_have_text(list(PRACTICE_TITLES))
    page.get_by_role("button", name=f"Move up: {PRACTICE_TITLES[2]}").click()
    expect(records).to_have_text([PRACTICE_TITLES[0], PRACTICE_TITLES[2], PRACTICE_TITLES[1]])
    page.get_by_role("button", name=f"Remove: {PRACTICE_TITLES[0]}").click()
    expect(records).to_have_text([PRACTICE_TITLES[2], PRACTICE_TITLES[1]])
    press_button(page, "Publish")
    check_flash_message(page, "Record published. Readers can now see it.")

    assert download_linked_file(page, "Word")[:2] == b"PK"
    assert download_linked_file(page, "PDF")[:5] == b"%PDF-"
    with zipfile.ZipFile(io.BytesIO(download_linked_file(page, "ZIP file, with the attached files"))) as archive:
        assert {"index.html", "index.csv"} < set(archive.namelist())
    follow_link(page, "Full text, to read or print")
    expect(page.locator("article.document")).to_contain_text("Sources and licences")


def test_visitor_downloads_selected_records_and_cites_one(open_demo_window: Open, practices: list[Item]):
    page = open_demo_window()
    page.goto(LIBRARY_URL)
    for item in practices[:2]:
        page.get_by_role("checkbox", name=f"Select for download: {item.title}").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download selected items").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        index = archive.read("index.html").decode()
    assert [title in index for title in PRACTICE_TITLES] == [True, True, False]
    assert PRACTICE_TITLES[2] in download_linked_file(page, "CSV").decode()
    assert download_linked_file(page, "Excel")[:2] == b"PK"

    follow_link(page, PRACTICE_TITLES[0])
    assert PRACTICE_TITLES[0] in str(page.locator('script[type="application/ld+json"]').text_content())
    follow_link(page, "Cite this record")
    check_page_title(page, "How to cite this record")
    expect(page.locator("pre")).to_contain_text("@misc{child-online-safety-")
    assert PRACTICE_TITLES[0] in download_linked_file(page, "Download the citation as a BibTeX file").decode()
