"""Taking the library along, walked on the demo in Chromium."""

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from tests.browser.conftest import Open
from tests.browser.test_journeys import follow, press, saved, titled, told
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


def collect(page: Page, title: str) -> None:
    page.goto(LIBRARY)
    follow(page, title)
    follow(page, "Add to a collection")


def test_a_member_puts_a_toolkit_together_orders_it_and_takes_it_along(window: Open, practices: list[Item]):
    page = window("member of ECPAT International")
    collect(page, TITLES[0])
    follow(page, "Create a collection")
    page.get_by_label("Title").fill("First steps with providers")
    page.get_by_label("Introduction").fill("For a ministry that begins.")
    press(page, "Save draft")
    told(page, "Draft saved. Only you can see it.")
    titled(page, "First steps with providers")
    for title in TITLES[1:]:
        collect(page, title)
        page.get_by_label("First steps with providers").check()
        press(page, "Add to this collection")
        told(page, "has been added to the collection")

    records = page.locator("section[aria-labelledby=records] h3")
    expect(records).to_have_text(list(TITLES))
    page.get_by_role("button", name=f"Move up: {TITLES[2]}").click()
    expect(records).to_have_text([TITLES[0], TITLES[2], TITLES[1]])
    page.get_by_role("button", name=f"Remove: {TITLES[0]}").click()
    expect(records).to_have_text([TITLES[2], TITLES[1]])
    press(page, "Publish")
    told(page, "Published. Readers can now see it.")

    assert saved(page, "Word")[:2] == b"PK"
    assert saved(page, "PDF")[:5] == b"%PDF-"
    with zipfile.ZipFile(io.BytesIO(saved(page, "ZIP file, with the attached files"))) as archive:
        assert {"index.html", "index.csv"} < set(archive.namelist())
    follow(page, "Full text, to read or print")
    expect(page.locator("article.document")).to_contain_text("Sources and licences")


def test_a_visitor_ticks_records_takes_the_list_along_and_cites_one(window: Open, practices: list[Item]):
    page = window()
    page.goto(LIBRARY)
    for item in practices[:2]:
        page.get_by_role("checkbox", name=f"Select for download: {item.title}").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download selected items").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        index = archive.read("index.html").decode()
    assert [title in index for title in TITLES] == [True, True, False]
    assert TITLES[2] in saved(page, "CSV").decode()
    assert saved(page, "Excel")[:2] == b"PK"

    follow(page, TITLES[0])
    assert TITLES[0] in str(page.locator('script[type="application/ld+json"]').text_content())
    follow(page, "Cite this record")
    titled(page, "How to cite this record")
    expect(page.locator("pre")).to_contain_text("@misc{child-online-safety-")
    assert TITLES[0] in saved(page, "Download the citation as a BibTeX file").decode()
