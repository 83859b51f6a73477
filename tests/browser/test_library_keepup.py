"""Keeping up, walked on the demo in Chromium: follow, hear of it in one mail, end it; feeds; what is new."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from jukwaa.coalitions.models import Coalition
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.updates.digests import send_due_digests
from jukwaa.updates.models import Digest
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button
from tests.factories import ItemFactory
from tests.updates.emails import find_link_path

pytestmark = pytest.mark.browser

MEMBER_PERSONA = "member of ECPAT International"


def publish_indexed_item(demo_coalition: Coalition, item_title: str) -> None:
    item = ItemFactory(coalition=demo_coalition, title=item_title, published=True, countries=["KE"])
    index.reindex_record(item)


def send_weekly_digest() -> Message:
    """A week later."""
    Message.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        send_due_digests(timezone.now())
    return Message.objects.get()


def test_member_follows_type_and_region_and_unsubscribes_by_digest(open_demo_window: Open, demo_coalition: Coalition):
    page = open_demo_window(MEMBER_PERSONA)
    page.goto(f"{HOME_URL}library/?kind=good-practice")
    press_button(page, "Follow new items of this type")
    check_flash_message(page, "You are now following this item.")
    expect(page.get_by_role("button", name="Stop following")).to_be_visible()

    page.get_by_role("contentinfo").get_by_role("link", name="What you follow").click()
    check_page_title(page, "What you follow")
    page.get_by_label("Follow a type of record, an area of work or a region").select_option(label="African Group")
    press_button(page, "Follow")
    expect(page.locator("ul.items li")).to_have_count(2)
    page.get_by_label("Once a day").check()
    press_button(page, "Save")
    expect(page.get_by_label("Once a day")).to_be_checked()

    publish_indexed_item(demo_coalition, "A helpline that answers at night")
    message = send_weekly_digest()
    assert message.to == get_demo_person(MEMBER_PERSONA).email
    assert message.body.count("A helpline that answers at night") == 1
    page.goto(find_link_path(message, "/unsubscribe/"))
    press_button(page, "Stop these emails")
    page.goto(f"{HOME_URL}following/")
    expect(page.get_by_label("No emails")).to_be_checked()
    page.locator("ul.items").get_by_role("button", name="Stop following").first.click()
    expect(page.locator("ul.items li")).to_have_count(1)
    assert Digest.objects.count() == 1


def test_member_follows_record_and_organisation(open_demo_window: Open, demo_coalition: Coalition):
    publish_indexed_item(demo_coalition, "A practice to follow")
    page = open_demo_window(MEMBER_PERSONA)
    page.goto(f"{HOME_URL}library/")
    follow_link(page, "A practice to follow")
    press_button(page, "Follow")
    check_flash_message(page, "You are now following this item.")
    check_page_title(page, "A practice to follow")
    page.goto(demo_coalition.organisations.get(name="International Telecommunication Union").get_absolute_url())
    press_button(page, "Follow")
    page.goto(f"{HOME_URL}following/")
    expect(page.locator("ul.items li")).to_have_count(2)
    follow_link(page, "A practice to follow")
    press_button(page, "Stop following")
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def test_new_records_are_listed_until_marked_as_seen(open_demo_window: Open, demo_coalition: Coalition):
    publish_indexed_item(demo_coalition, "A practice of today")
    page = open_demo_window(MEMBER_PERSONA)
    page.goto(HOME_URL)
    expect(page.locator("section[aria-labelledby=new]")).to_contain_text("from the last 7 days")
    follow_link(page, "What is new for you")
    check_page_title(page, "What is new for you")
    expect(page.locator("ol.items")).to_contain_text("A practice of today")
    press_button(page, "Mark all as seen")
    expect(page.get_by_text("You have seen everything.")).to_be_visible()
    publish_indexed_item(demo_coalition, "And another")
    page.reload()
    expect(page.locator("ol.items h3")).to_have_text(["And another"])


def test_visitor_finds_feeds_and_member_creates_private_feeds(open_demo_window: Open, demo_coalition: Coalition):
    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}library/?kind=toolkit")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Feeds").click()
    check_page_title(visitor, "Feeds")
    address = visitor.locator("ul.agreed a").first.get_attribute("href")
    assert "<feed" in visitor.request.get(str(address)).text()
    expect(visitor.get_by_role("button")).to_have_count(1)  # the search

    page = open_demo_window(MEMBER_PERSONA)
    page.goto(f"{HOME_URL}feeds/")
    press_button(page, "Create personal addresses")
    check_flash_message(page, "Personal addresses created.")
    secret = str(page.locator("section[aria-labelledby=own] ul a").first.get_attribute("href"))
    assert visitor.request.get(secret).status == 200
    press_button(page, "Delete these addresses")
    assert visitor.request.get(secret).status == 404
