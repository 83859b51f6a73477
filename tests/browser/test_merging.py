"""Merging two accounts of one person: walked on a phone, with and without JavaScript."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from jukwaa.accounts.models import Person
from jukwaa.mail.actions import send_waiting_emails
from jukwaa.records.actions import add_comment
from tests.conftest import create_seated_person
from tests.factories import DocumentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def phone_page(browser: Browser, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE_VIEWPORT, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. For whoever looks at the page: with MERGING_PICTURES a folder to keep it in."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("MERGING_PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{screenshot_name}-{scheme}.png", full_page=True)


def test_person_merges_second_account(phone_page, live_server, sign_in, coalition):
    kept, other = create_seated_person(coalition, "Ada Canary"), create_seated_person(coalition, "A. Canary", "editor")
    document = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=other, record=document, body="We would like to be asked.")
    sign_in(phone_page, kept)
    phone_page.goto(f"{live_server.url}/account/settings/")
    check_page_width(phone_page, "settings")
    phone_page.get_by_role("link", name="Merge another account").click()
    phone_page.get_by_role("button", name="Send the link").click()
    expect(phone_page.locator("main")).to_contain_text("Enter the email address of your other account.")
    phone_page.get_by_label("Email address of your other account").fill(other.email)
    check_page_width(phone_page, "ask")
    phone_page.get_by_role("button", name="Send the link").click()
    expect(phone_page.locator("body")).to_contain_text("We have sent an email to this address.")
    check_page_width(phone_page, "asked")

    send_waiting_emails()
    link = re.search(r"https?://[^/\s]+(/account/merge/\S+)", mail.outbox[-1].body)[1]
    phone_page.goto(f"{live_server.url}{link}")
    expect(phone_page.locator("main")).to_contain_text("Your roles: 1")
    expect(phone_page.locator("main")).to_contain_text(other.email)
    check_page_width(phone_page, "preview")
    phone_page.get_by_role("button", name="Merge the accounts").click()
    expect(phone_page.locator("body")).to_contain_text("Your accounts have been merged.")
    check_page_width(phone_page, "merged")

    phone_page.goto(f"{live_server.url}{document.get_absolute_url()}")
    expect(phone_page.locator("main")).to_contain_text("Ada Canary")
    expect(phone_page.locator("main")).not_to_contain_text("A. Canary")
    assert Person.objects.get(pk=other.pk).merged_into == kept
    phone_page.goto(f"{live_server.url}{link}")
    expect(phone_page.locator("main")).to_contain_text("This link no longer works")
    check_page_width(phone_page, "over")
