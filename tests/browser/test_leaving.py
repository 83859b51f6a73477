"""Leaving a coalition on a telephone of 360 pixels, with scripts and without: the page before, and the pages after."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Affiliation
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Document, Label, State
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, get_demo_person

pytestmark = pytest.mark.browser

PHONE_VIEWPORT = {"width": 360, "height": 740}
HOME_URL = "/child-online-safety/"
MEMBER_PERSONA = "member of ECPAT International"


def open_on_phone(open_window: Open, persona_title: str = "", *, has_scripts: bool) -> Page:
    page = open_window(persona_title, script=has_scripts)
    page.set_viewport_size(PHONE_VIEWPORT)
    return page


def save_screenshot(page: Page, screenshot_name: str) -> None:
    """For whoever looks at the page: with LEAVING_PICTURES a folder to keep it in, light and dark."""
    if folder := os.environ.get("LEAVING_PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{screenshot_name}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("has_scripts", SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def test_name_of_member_who_left_is_no_longer_shown(demo_coalition, open_window, has_scripts):
    member = get_demo_person(MEMBER_PERSONA)
    member.name, member.name_is_public = "Zephyrina Quillfeather", True
    member.save()
    record = Document.objects.filter(coalition=demo_coalition, state=State.PUBLISHED, label=Label.CLEAR).first()
    organisation = Affiliation.objects.filter(person=member).first().organisation
    add_comment(actor=member, record=record, body="I have read it.", organisation=organisation)
    page, visitor = (
        open_on_phone(open_window, MEMBER_PERSONA, has_scripts=has_scripts),
        open_on_phone(open_window, has_scripts=has_scripts),
    )
    addresses = [f"{HOME_URL}people/", organisation.get_absolute_url(), record.get_absolute_url()]
    for address in addresses:
        visitor.goto(address)
        expect(visitor.locator("main")).to_contain_text(member.name)
    page.goto(f"{HOME_URL}people/{member.pk}/")
    page.get_by_role("link", name="Leave this coalition").click()

    expect(page.locator("main")).to_contain_text("What will stay, and why")
    expect(page.locator("main")).to_contain_text("1 comment")
    expect(page.get_by_label("Keep my name in my contributions")).not_to_be_checked()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    save_screenshot(page, "leave")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You have been removed from the directory.")).to_be_visible()
    save_screenshot(page, "left")
    for address in addresses:
        visitor.goto(address)
        expect(visitor.locator("body")).not_to_contain_text(member.name)
    expect(visitor.locator("main")).to_contain_text("a former")
    save_screenshot(visitor, "after")
