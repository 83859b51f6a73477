"""Searching everything, walked on the demo in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.records import index
from jukwaa.records.models import Link
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def library_items(demo_coalition: Coalition) -> None:
    """A practice with its French translation, and a toolkit."""
    practice, french, toolkit = (
        ItemFactory(coalition=demo_coalition, published=True, **fields)
        for fields in (
            {"title": "Wombat helpline", "what_worked": "Answering at night.", "countries": ["KE"]},
            {
                "title": "La ligne des wombats",
                "language": "fr",
                "countries": ["FR"],
                "what_worked": "Répondre la nuit.",
            },
            {
                "title": "Wombat toolkit",
                "kind": "toolkit",
                "what_worked": "A helpline for schools.",
                "countries": ["KE"],
            },
        )
    )
    Link.objects.create(from_record=french, to_record=practice, relation=Link.Relation.TRANSLATES, version=1)
    for item in (practice, french, toolkit):
        index.reindex_record(item)


def search_library_for(page: Page, search_text: str) -> None:
    page.get_by_role("searchbox").first.fill(search_text)
    page.get_by_role("searchbox").first.press("Enter")


def check_found_titles(page: Page, *titles: str) -> None:
    expect(page.locator("ol.items h3")).to_have_text(list(titles))


def test_visitor_filters_search_and_shares_its_link(open_demo_window: Open):
    page = open_demo_window()
    page.goto(HOME_URL)
    search_library_for(page, "wombat helplin")
    expect(page.locator("ol.items h3").first).to_have_text("Wombat helpline")
    expect(page.locator("ol.items mark").first).to_have_text("Wombat")

    narrow = page.get_by_role("region", name="Filter the results")
    narrow.get_by_role("link", name=re.compile("^Toolkit")).click()
    check_found_titles(page, "Wombat toolkit")
    address = page.url
    page.locator("ol.items").get_by_role("link", name="Wombat toolkit").click()
    expect(page).to_have_url(re.compile(r"/library/\d+/#what_worked$"))

    other = open_demo_window()
    other.goto(address)
    check_found_titles(other, "Wombat toolkit")
    other.get_by_role("link", name="Newest first").click()
    check_found_titles(other, "Wombat toolkit")


def test_search_corrects_typo_and_links_translation(open_demo_window: Open):
    page = open_demo_window()
    page.goto(HOME_URL)
    search_library_for(page, "wommbat helpline night")
    expect(page.locator(".head")).to_contain_text("These are results for wombat helpline night")
    check_found_titles(page, "Wombat helpline")

    page.locator("ol.items").get_by_role("link", name="French").click()
    check_page_title(page, "La ligne des wombats")

    search_library_for(page, "xyzzyx")
    expect(page.locator(".empty")).to_contain_text("Try fewer words")


def test_member_saves_renames_and_deletes_search(open_demo_window: Open):
    page = open_demo_window("member from the ITU")
    page.goto(HOME_URL)
    search_library_for(page, "wombat")
    page.get_by_role("link", name=re.compile("^Kenya")).click()
    follow_link(page, "Save this search")
    expect(page.get_by_label("Name of this search")).to_have_value("wombat · Kenya")
    press_button(page, "Save search")
    check_flash_message(page, "Search saved.")
    expect(page.locator(".head")).to_contain_text("You saved this search as “wombat · Kenya”.")

    follow_link(page, "Saved searches")
    page.get_by_role("link", name="Rename “wombat · Kenya”").click()
    page.get_by_label("Name of this search").fill("Wombats in Kenya")
    press_button(page, "Save search")
    check_flash_message(page, "Search renamed.")
    follow_link(page, "Wombats in Kenya")
    expect(page.locator("ol.items h3")).to_have_count(2)

    page.get_by_role("link", name="Saved searches").click()
    press_button(page, "Remove “Wombats in Kenya”")
    check_flash_message(page, "“Wombats in Kenya” has been removed from your saved searches.")
    expect(page.locator(".empty")).to_contain_text("You have no saved searches yet.")
