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

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(browser: Browser, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. For whoever looks at the page: with MERGING_PICTURES a folder to keep it in."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("MERGING_PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)


def test_person_merges_second_account(phone, live_server, sign_in, coalition):
    kept, other = create_seated_person(coalition, "Ada Canary"), create_seated_person(coalition, "A. Canary", "editor")
    document = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=other, record=document, body="We would like to be asked.")
    sign_in(phone, kept)
    phone.goto(f"{live_server.url}/account/settings/")
    check_width(phone, "settings")
    phone.get_by_role("link", name="Merge another account").click()
    phone.get_by_role("button", name="Send the link").click()
    expect(phone.locator("main")).to_contain_text("Enter the email address of your other account.")
    phone.get_by_label("Email address of your other account").fill(other.email)
    check_width(phone, "ask")
    phone.get_by_role("button", name="Send the link").click()
    expect(phone.locator("body")).to_contain_text("We have sent an email to this address.")
    check_width(phone, "asked")

    send_waiting_emails()
    link = re.search(r"https?://[^/\s]+(/account/merge/\S+)", mail.outbox[-1].body)[1]
    phone.goto(f"{live_server.url}{link}")
    expect(phone.locator("main")).to_contain_text("Your roles: 1")
    expect(phone.locator("main")).to_contain_text(other.email)
    check_width(phone, "preview")
    phone.get_by_role("button", name="Merge the accounts").click()
    expect(phone.locator("body")).to_contain_text("Your accounts have been merged.")
    check_width(phone, "merged")

    phone.goto(f"{live_server.url}{document.get_absolute_url()}")
    expect(phone.locator("main")).to_contain_text("Ada Canary")
    expect(phone.locator("main")).not_to_contain_text("A. Canary")
    assert Person.objects.get(pk=other.pk).merged_into == kept
    phone.goto(f"{live_server.url}{link}")
    expect(phone.locator("main")).to_contain_text("This link no longer works")
    check_width(phone, "over")
