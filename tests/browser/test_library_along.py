"""Taking the library along, walked on the demo in Chromium."""

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from tests.browser.conftest import Open
from tests.browser.test_journeys import check_message, check_title, download_file, follow, press
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser

LIBRARY = "/child-online-safety/library/"
TITLES = ("A table for providers", "A week of lessons", "A line that answers at night")


@pytest.fixture
def practices(demo: Coalition) -> list[Item]:
    texts = "Each was asked **in writing**, two weeks before.\n\n- by post\n- by mail"
    return [
        ItemFactory(
            coalition=demo, title=title, summary="What it was, in a sentence.", what_worked=texts, published=True
        )
        for title in TITLES
    ]


def add_to_collection(page: Page, title: str) -> None:
    page.goto(LIBRARY)
    follow(page, title)
    follow(page, "Add to a collection")


def test_member_creates_orders_and_downloads_collection(window: Open, practices: list[Item]):
    page = window("member of ECPAT International")
    add_to_collection(page, TITLES[0])
    follow(page, "Create a collection")
    page.get_by_label("Title").fill("First steps with providers")
    page.get_by_label("Introduction").fill("For a ministry that begins.")
    press(page, "Save draft")
    check_message(page, "Draft saved. Only you can see it.")
    check_title(page, "First steps with providers")
    for title in TITLES[1:]:
        add_to_collection(page, title)
        page.get_by_label("First steps with providers").check()
        press(page, "Add to this collection")
        check_message(page, "has been added to the collection")

    records = page.locator("section[aria-labelledby=records] h3")
    expect(records).to_have_text(list(TITLES))
    page.get_by_role("button", name=f"Move up: {TITLES[2]}").click()
    expect(records).to_have_text([TITLES[0], TITLES[2], TITLES[1]])
    page.get_by_role("button", name=f"Remove: {TITLES[0]}").click()
    expect(records).to_have_text([TITLES[2], TITLES[1]])
    press(page, "Publish")
    check_message(page, "Record published. Readers can now see it.")

    assert download_file(page, "Word")[:2] == b"PK"
    assert download_file(page, "PDF")[:5] == b"%PDF-"
    with zipfile.ZipFile(io.BytesIO(download_file(page, "ZIP file, with the attached files"))) as archive:
        assert {"index.html", "index.csv"} < set(archive.namelist())
    follow(page, "Full text, to read or print")
    expect(page.locator("article.document")).to_contain_text("Sources and licences")


def test_visitor_downloads_selected_records_and_cites_one(window: Open, practices: list[Item]):
    page = window()
    page.goto(LIBRARY)
    for item in practices[:2]:
        page.get_by_role("checkbox", name=f"Select for download: {item.title}").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download selected items").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        index = archive.read("index.html").decode()
    assert [title in index for title in TITLES] == [True, True, False]
    assert TITLES[2] in download_file(page, "CSV").decode()
    assert download_file(page, "Excel")[:2] == b"PK"

    follow(page, TITLES[0])
    assert TITLES[0] in str(page.locator('script[type="application/ld+json"]').text_content())
    follow(page, "Cite this record")
    check_title(page, "How to cite this record")
    expect(page.locator("pre")).to_contain_text("@misc{child-online-safety-")
    assert TITLES[0] in download_file(page, "Download the citation as a BibTeX file").decode()
