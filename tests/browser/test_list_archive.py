"""The archive of the mailing list on a phone: a coordinator imports and opens it, and a stranger reads it."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.intake.tasks import read_list_import
from jukwaa.updates.models import ListImport
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import build_session_cookie
from tests.intake.mboxes import MAILMAN_MBOX, build_mbox_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def open_phone(browser: Browser, live_server):
    """Opens a phone for a person, or for a stranger."""
    opened = []

    def open_one_phone(person=None, language="en") -> Page:
        context = browser.new_context(
            viewport=PHONE, base_url=live_server.url, reduced_motion="reduce", locale=language
        )
        opened.append(context)
        if person is not None:
            context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        return context.new_page()

    yield open_one_phone
    for context in opened:
        context.close()


def check_phone_page(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With ARCHIVE_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    folder = os.environ.get("ARCHIVE_PICTURES")
    if not folder:
        return
    for scheme, size in (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dictionary of two numbers
        page.screenshot(path=Path(folder) / f"{screenshot_name}-{size['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above


def import_archive_file(page: Page, archive_path: Path) -> ListImport:
    """Choose the file, let the worker read it, and open the page on which it is checked."""
    page.goto(reverse("intake:list_posts", args=["ours"]))
    check_phone_page(page, "empty")
    page.get_by_role("link", name="Import an archive").click()
    check_phone_page(page, "import")
    page.get_by_label("Archive of the mailing list (mbox file)").set_input_files(archive_path)
    page.get_by_role("button", name="Import archive").click()
    expect(page.get_by_text("We are reading the posts in the background.")).to_be_visible()
    check_phone_page(page, "waiting")
    brought = ListImport.objects.get()
    read_list_import.func(brought.pk)
    page.goto(brought.get_absolute_url())
    check_phone_page(page, "check")
    return brought


def test_archive_is_imported_opened_and_read_by_a_stranger(open_phone, coalition, coordinator, tmp_path):
    file = tmp_path / "cos.mbox"
    undated = build_mbox_post("A very_long_word_" * 20, Date="", Subject="Undated", Message_ID="<u@x>")
    file.write_bytes(MAILMAN_MBOX + build_mbox_post("مرحبا بالجميع", Message_ID="<ar@x>", Subject="اجتماع") + undated)
    page = open_phone(coordinator)
    brought = import_archive_file(page, file)
    page.get_by_role("link", name="Undated").click()
    page.get_by_role("link", name="Hide this post").click()
    check_phone_page(page, "hide")
    page.get_by_label("Reason").fill("It names a child.")
    page.get_by_role("button", name="Hide post").click()
    expect(page.get_by_text("Reason: It names a child.")).to_be_visible()
    check_phone_page(page, "hidden")
    page.goto(brought.get_absolute_url())
    page.get_by_role("button", name="Publish import").click()
    expect(page.get_by_text("Import published. The posts are in the archive.")).to_be_visible()
    page.get_by_role("link", name="Manage the archive").click()
    page.get_by_label("Everyone, without an account").check()
    check_phone_page(page, "settings")
    page.get_by_role("button", name="Save setting").click()
    expect(page.get_by_text("The setting has been saved.")).to_be_visible()

    stranger = open_phone()
    stranger.goto(reverse("intake:list_posts", args=["ours"]))
    expect(stranger.get_by_role("heading", name="March 2009")).to_be_visible()
    expect(stranger.get_by_text("Undated")).to_have_count(0)
    check_phone_page(stranger, "list")
    assert find_accessibility_violations(stranger) == {}
    stranger.set_viewport_size(PHONE)
    stranger.reload()
    stranger.get_by_role("link", name="[cos] Next call").click()
    expect(stranger.get_by_text("I can come, [name removed].")).to_be_visible()
    expect(stranger.get_by_text("> The next call is on Monday.")).to_be_hidden()
    stranger.get_by_text("Quoted text").click()
    expect(stranger.get_by_text("> The next call is on Monday.")).to_be_visible()
    assert "example.org" not in stranger.locator("main").inner_text()
    check_phone_page(stranger, "thread")
    assert find_accessibility_violations(stranger) == {}
    stranger.set_viewport_size(PHONE)
    stranger.reload()
    arabic = open_phone(language="ar")
    arabic.goto(reverse("intake:list_posts", args=["ours"]))
    check_phone_page(arabic, "list-ar")
    arabic.get_by_role("link", name="[cos] Next call").click()
    check_phone_page(arabic, "thread-ar")
