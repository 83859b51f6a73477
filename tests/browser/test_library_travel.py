"""A practice is translated, used, adapted and changed: walked on the demo in Chromium."""

import pytest
from playwright.sync_api import expect

from jukwaa.coalitions.models import Coalition
from jukwaa.library.actions import change_item
from jukwaa.library.models import Item
from jukwaa.records.versions import save_record_version
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser

SHARER, READER = "member of ECPAT International", "member from the ITU"
LIBRARY_URL = "/child-online-safety/library/"
WHAT_WORKED = "Each provider was sent the text two weeks before the meeting, so that nobody had to decide in the room."


@pytest.fixture
def item(demo_coalition: Coalition) -> Item:
    item = ItemFactory(
        coalition=demo_coalition,
        author=get_demo_person(SHARER),
        title="A table for providers",
        what_worked=WHAT_WORKED,
        what_changed="All signed.",
        countries=["BR"],
        published=True,
    )
    item.areas.set(demo_coalition.areas.all()[:1])
    save_record_version(item, author=get_demo_person(SHARER))
    return item


def test_practice_is_translated_and_translation_is_updated(open_demo_window: Open, item: Item):
    page = open_demo_window(READER)
    page.goto(item.get_absolute_url())
    follow_link(page, "Translate this item")
    expect(page.locator("main")).to_contain_text(WHAT_WORKED)
    page.get_by_label("Language of your translation").select_option("fr")
    page.get_by_label("Title").fill("Une table pour les fournisseurs")
    page.get_by_label("What worked, and why?").fill("Chacun reçut le texte deux semaines avant.")
    press_button(page, "Save draft")
    check_page_title(page, "Une table pour les fournisseurs")
    press_button(page, "Publish")
    check_flash_message(page, "Record published. Readers can now see it.")
    french = page.url

    reader = open_demo_window()
    reader.set_extra_http_headers({"Accept-Language": "fr"})
    reader.goto(item.get_absolute_url())
    check_page_title(reader, "A table for providers")
    reader.locator("main .notice a[hreflang=fr]").click()
    check_page_title(reader, "Une table pour les fournisseurs")
    reader.goto(LIBRARY_URL)
    expect(reader.locator("main")).to_contain_text("Une table pour les fournisseurs")
    expect(reader.locator("main")).not_to_contain_text("A table for providers")

    _change_original_item(item, what_changed="All nine signed.")
    page.goto(french)
    follow_link(page, "View what has changed")
    expect(page.locator("main ins")).to_have_text("nine ")
    follow_link(page, "Update the translation")
    page.get_by_label("What changed because of it?").fill("Tous les neuf ont signé.")
    press_button(page, "Save")
    check_flash_message(page, "Translation saved. It matches the current original.")
    expect(page.locator("main")).not_to_contain_text("The original has changed")
    _change_original_item(item, what_changed="All nine signed at once.")
    page.reload()
    follow_link(page, "View what has changed")
    press_button(page, "Confirm that the translation is still correct")
    check_flash_message(page, "Translation confirmed as still correct.")


def _change_original_item(library_item: Item, **changes: str) -> None:
    library_item.refresh_from_db()
    change_item(actor=get_demo_person(SHARER), item=library_item, changes=changes, from_version=library_item.version)


def test_member_reports_use_and_it_is_shown_in_tree(open_demo_window: Open, item: Item):
    own = ItemFactory(
        coalition=item.coalition,
        author=get_demo_person(READER),
        title="Six providers at ours",
        countries=["MU"],
        published=True,
    )
    page = open_demo_window(READER)
    page.goto(item.get_absolute_url())
    follow_link(page, "Report your use of this item")
    page.get_by_label("How did you use this item, and what did you change?").fill("We met by video.")
    page.get_by_label("Year").fill("3000")
    press_button(page, "Post report")
    expect(page.locator("main")).to_contain_text("Enter a year with 4 digits")
    page.get_by_label("Year").fill("2024")
    page.get_by_label("What were the outcomes?").fill("Six of nine signed.")
    page.get_by_label("Country").select_option("MU")
    page.get_by_label("Your adaptation").select_option(label="Six providers at ours")
    press_button(page, "Post report")
    check_flash_message(page, "Report posted. Readers of the item can now see how you used it.")

    reader = open_demo_window()
    reader.goto(item.get_absolute_url())
    expect(reader.locator("section[aria-labelledby=used]")).to_contain_text("We met by video.")
    follow_link(reader, "Where this has been used")
    tree = reader.locator("section[aria-labelledby=tree]")
    expect(tree.locator("ul ul li")).to_contain_text("Six providers at ours")
    reader.goto(own.get_absolute_url())
    follow_link(reader, "Where this has been used")
    expect(tree.locator("li").first).to_contain_text("A table for providers")

    page.goto(item.get_absolute_url())
    follow_link(page, "Withdraw report")
    press_button(page, "Withdraw report")
    check_flash_message(page, "Report withdrawn.")


def test_similar_practices_are_listed_with_item_and_on_own_page(open_demo_window: Open, item: Item):
    area = item.areas.get()
    for title, country in (("Lessons in Kenyan schools", "KE"), ("A hotline for France", "FR")):
        other = ItemFactory(coalition=item.coalition, title=title, countries=[country], published=True)
        other.areas.add(area)
    page = open_demo_window(READER)
    page.goto(item.get_absolute_url())
    beside = page.locator("section[aria-labelledby=elsewhere]")
    expect(beside).to_contain_text("Lessons in Kenyan schools")
    expect(beside).to_contain_text("A hotline for France")
    page.goto("/child-online-safety/tasks/")
    follow_link(
        page,
        "Library items from other organisations on your organisation's areas of work, starting with other regions.",
    )
    check_page_title(page, "What other organisations share")
