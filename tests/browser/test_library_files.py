"""Files and links on an item, walked on the demo in Chromium."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from jukwaa.records.models import Attachment
from jukwaa.records.tasks import read_attachment
from tests.browser.conftest import Open, get_persona
from tests.browser.test_journeys import check_message, download_file, follow, press
from tests.core import documents as make
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser

PDF = make.build_pdf("#for n in range(9) [The baobab of part #(n + 500) grew. #pagebreak(weak: true)]")
SCAN = make.build_minimal_pdf(make.zlib.compress(b"q Q"))
MACROS = make.replace_zip_parts(make.build_word_file(), **{"word/vbaProject.bin": b"x"})


@pytest.fixture
def item(demo: Coalition) -> Item:
    author = get_persona("member from the ITU")
    return ItemFactory(
        coalition=demo, author=author, title="A table for providers", what_worked="Each was asked in writing."
    )


def attach(page: Page, item: Item, name: str, data: bytes) -> None:
    page.goto(item.get_absolute_url())
    follow(page, "Attach a file")
    expect(page.locator("main")).to_contain_text("Do not report abuse here")
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    press(page, "Attach file")


def get_file_row(page: Page, name: str) -> Locator:
    return page.locator("#files li").filter(has_text=name)


def test_member_attaches_files_and_web_link_and_sees_outcome(window: Open, item: Item):
    page = window("member from the ITU")
    attach(page, item, "parts.pdf", PDF)
    check_message(page, "“parts.pdf” has been attached.")
    expect(get_file_row(page, "parts.pdf")).to_contain_text("We are reading this file.")
    attach(page, item, "scan.pdf", SCAN)
    for attachment in Attachment.objects.filter(record=item):
        read_attachment.call(attachment.pk)

    page.goto(item.get_absolute_url())
    expect(get_file_row(page, "scan.pdf")).to_contain_text("because its pages are images")
    follow(page, "parts.pdf")
    expect(page.locator("main")).to_contain_text("You can download the file itself once the record is published.")
    page.goto(f"{page.url}?at=7#page=7")
    expect(page.get_by_role("heading", name="Page 7")).to_be_visible()

    attach(page, item, "plan.docx", MACROS)
    expect(page.locator("main")).to_contain_text("This document contains macros. Save it as .docx")

    page.goto(item.get_absolute_url())
    follow(page, "Add a web link")
    page.get_by_label("Web address").fill("javascript:alert(1)")
    page.get_by_label("Name of the page").fill("Guidelines for industry")
    press(page, "Add link")
    expect(page.locator("main")).to_contain_text("Enter the address of a web page")
    page.get_by_label("Web address").fill("www.itu.int/en/cop")
    press(page, "Add link")
    expect(page.locator("#links li")).to_contain_text("www.itu.int")
    press(page, "Publish")
    check_message(page, "Record published. Readers can now see it.")
    assert download_file(page, "parts.pdf") == PDF


def test_duplicate_file_is_recognised(window: Open, item: Item, demo: Coalition):
    author = get_persona("member from the ITU")
    other = ItemFactory(coalition=demo, author=author, title="A table in the north", published=True)
    page = window("member from the ITU")
    for where in (other, item):
        attach(page, where, "parts.pdf", PDF)

    expect(page.get_by_role("note").filter(has_text="is already attached to:")).to_contain_text("A table in the north")
    follow(page, "A table in the north")
    expect(page).to_have_url(re.compile(f"{other.get_absolute_url()}#files$"))
