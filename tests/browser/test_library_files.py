"""Files and links on an item, walked on the demo in Chromium."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from jukwaa.records.models import Attachment
from jukwaa.records.tasks import read_attachment
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import check_flash_message, download_linked_file, follow_link, press_button
from tests.core import documents as make
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser

LONG_PDF = make.build_pdf_file("#for n in range(9) [The baobab of part #(n + 500) grew. #pagebreak(weak: true)]")
SCANNED_PDF = make.build_minimal_pdf(make.zlib.compress(b"q Q"))
WORD_FILE_WITH_MACROS = make.replace_zip_parts(make.build_word_file(), **{"word/vbaProject.bin": b"x"})


@pytest.fixture
def item(demo_coalition: Coalition) -> Item:
    author = get_demo_person("member from the ITU")
    return ItemFactory(
        coalition=demo_coalition, author=author, title="A table for providers", what_worked="Each was asked in writing."
    )


def attach_file_on_page(page: Page, library_item: Item, file_name: str, file_content: bytes) -> None:
    page.goto(library_item.get_absolute_url())
    follow_link(page, "Attach a file")
    expect(page.locator("main")).to_contain_text("Do not report abuse here")
    page.get_by_label("File").set_input_files(
        {"name": file_name, "mimeType": "application/octet-stream", "buffer": file_content}
    )
    press_button(page, "Attach file")


def get_file_row(page: Page, file_name: str) -> Locator:
    return page.locator("#files li").filter(has_text=file_name)


def test_member_attaches_files_and_web_link_and_sees_outcome(open_demo_window: Open, item: Item):
    page = open_demo_window("member from the ITU")
    attach_file_on_page(page, item, "parts.pdf", LONG_PDF)
    check_flash_message(page, "“parts.pdf” has been attached.")
    expect(get_file_row(page, "parts.pdf")).to_contain_text("We are reading this file.")
    attach_file_on_page(page, item, "scan.pdf", SCANNED_PDF)
    for attachment in Attachment.objects.filter(record=item):
        read_attachment.call(attachment.pk)

    page.goto(item.get_absolute_url())
    expect(get_file_row(page, "scan.pdf")).to_contain_text("because its pages are images")
    follow_link(page, "parts.pdf")
    expect(page.locator("main")).to_contain_text("You can download the file itself once the record is published.")
    page.goto(f"{page.url}?at=7#page=7")
    expect(page.get_by_role("heading", name="Page 7")).to_be_visible()

    attach_file_on_page(page, item, "plan.docx", WORD_FILE_WITH_MACROS)
    expect(page.locator("main")).to_contain_text("This document contains macros. Save it as .docx")

    page.goto(item.get_absolute_url())
    follow_link(page, "Add a web link")
    page.get_by_label("Web address").fill("javascript:alert(1)")
    page.get_by_label("Name of the page").fill("Guidelines for industry")
    press_button(page, "Add link")
    expect(page.locator("main")).to_contain_text("Enter the address of a web page")
    page.get_by_label("Web address").fill("www.itu.int/en/cop")
    press_button(page, "Add link")
    expect(page.locator("#links li")).to_contain_text("www.itu.int")
    press_button(page, "Publish")
    check_flash_message(page, "Record published. Readers can now see it.")
    assert download_linked_file(page, "parts.pdf") == LONG_PDF


def test_duplicate_file_is_recognised(open_demo_window: Open, item: Item, demo_coalition: Coalition):
    author = get_demo_person("member from the ITU")
    other = ItemFactory(coalition=demo_coalition, author=author, title="A table in the north", published=True)
    page = open_demo_window("member from the ITU")
    for where in (other, item):
        attach_file_on_page(page, where, "parts.pdf", LONG_PDF)

    expect(page.get_by_role("note").filter(has_text="is already attached to:")).to_contain_text("A table in the north")
    follow_link(page, "A table in the north")
    expect(page).to_have_url(re.compile(f"{other.get_absolute_url()}#files$"))
