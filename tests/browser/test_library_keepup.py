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
from tests.browser.conftest import Open, get_persona
from tests.browser.test_journeys import HOME, check_message, check_title, follow, press
from tests.factories import ItemFactory
from tests.updates.mails import find_link_path

pytestmark = pytest.mark.browser

MEMBER = "member of ECPAT International"


def publish(demo: Coalition, title: str) -> None:
    item = ItemFactory(coalition=demo, title=title, published=True, countries=["KE"])
    index.reindex_record(item)


def send_digest() -> Message:
    """A week later."""
    Message.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        send_due_digests(timezone.now())
    return Message.objects.get()


def test_member_follows_type_and_region_and_unsubscribes_by_digest(window: Open, demo: Coalition):
    page = window(MEMBER)
    page.goto(f"{HOME}library/?kind=good-practice")
    press(page, "Follow new items of this kind")
    check_message(page, "You are now following this item.")
    expect(page.get_by_role("button", name="Stop following")).to_be_visible()

    page.get_by_role("contentinfo").get_by_role("link", name="What you follow").click()
    check_title(page, "What you follow")
    page.get_by_label("Follow a type of record, an area of work or a region").select_option(label="African Group")
    press(page, "Follow")
    expect(page.locator("ul.items li")).to_have_count(2)
    page.get_by_label("Once a day").check()
    press(page, "Save")
    expect(page.get_by_label("Once a day")).to_be_checked()

    publish(demo, "A helpline that answers at night")
    message = send_digest()
    assert message.to == get_persona(MEMBER).email
    assert message.body.count("A helpline that answers at night") == 1
    page.goto(find_link_path(message, "/unsubscribe/"))
    press(page, "Stop these emails")
    page.goto(f"{HOME}following/")
    expect(page.get_by_label("No emails")).to_be_checked()
    page.locator("ul.items").get_by_role("button", name="Stop following").first.click()
    expect(page.locator("ul.items li")).to_have_count(1)
    assert Digest.objects.count() == 1


def test_member_follows_record_and_organisation(window: Open, demo: Coalition):
    publish(demo, "A practice to follow")
    page = window(MEMBER)
    page.goto(f"{HOME}library/")
    follow(page, "A practice to follow")
    press(page, "Follow")
    check_message(page, "You are now following this item.")
    check_title(page, "A practice to follow")
    page.goto(demo.organisations.get(name="International Telecommunication Union").get_absolute_url())
    press(page, "Follow")
    page.goto(f"{HOME}following/")
    expect(page.locator("ul.items li")).to_have_count(2)
    follow(page, "A practice to follow")
    press(page, "Stop following")
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def test_new_records_are_listed_until_marked_as_seen(window: Open, demo: Coalition):
    publish(demo, "A practice of today")
    page = window(MEMBER)
    page.goto(HOME)
    expect(page.locator("section[aria-labelledby=new]")).to_contain_text("from the last 7 days")
    follow(page, "What is new for you")
    check_title(page, "What is new for you")
    expect(page.locator("ol.items")).to_contain_text("A practice of today")
    press(page, "Mark all as seen")
    expect(page.get_by_text("You have seen everything.")).to_be_visible()
    publish(demo, "And another")
    page.reload()
    expect(page.locator("ol.items h3")).to_have_text(["And another"])


def test_visitor_finds_feeds_and_member_creates_private_feeds(window: Open, demo: Coalition):
    visitor = window()
    visitor.goto(f"{HOME}library/?kind=toolkit")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Feeds").click()
    check_title(visitor, "Feeds")
    address = visitor.locator("ul.agreed a").first.get_attribute("href")
    assert "<feed" in visitor.request.get(str(address)).text()
    expect(visitor.get_by_role("button")).to_have_count(1)  # the search

    page = window(MEMBER)
    page.goto(f"{HOME}feeds/")
    press(page, "Create personal addresses")
    check_message(page, "Personal addresses created.")
    secret = str(page.locator("section[aria-labelledby=own] ul a").first.get_attribute("href"))
    assert visitor.request.get(secret).status == 200
    press(page, "Delete these addresses")
    assert visitor.request.get(secret).status == 404
