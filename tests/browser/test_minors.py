"""Age, the mark and the answer of the adult contact: walked on a phone, with and without JavaScript."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from jukwaa.accounts.models import Person
from jukwaa.mail.actions import send_waiting_emails
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


def check_page_width(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.locator("main").bounding_box()["width"] <= PHONE_VIEWPORT["width"]


def get_link_of_last_email() -> str:
    send_waiting_emails()
    return re.search(r"https?://[^/\s]+(/account/guardian/\S+)", mail.outbox[-1].body)[1]


def test_minor_answers_and_adult_contact_decides(phone_page, live_server, sign_in, coalition):
    child = create_seated_person(coalition, "Zuri Canary")
    Person.objects.filter(pk=child.pk).update(adult_confirmed_at=None, name_is_public=True)
    document = f"{live_server.url}{DocumentFactory(coalition=coalition, published=True).get_absolute_url()}"
    sign_in(phone_page, child)
    phone_page.goto(document)
    phone_page.locator("textarea[name=body]").fill("We would like to be asked.")
    phone_page.locator("form:has(textarea[name=body]) button.button").click()
    expect(phone_page.get_by_role("heading", name="Are you 18 or older?")).to_be_visible()
    check_page_width(phone_page)
    phone_page.get_by_label("No, I am under 18").check()
    phone_page.get_by_role("button", name="Answer and continue").click()
    expect(phone_page.locator("main")).to_contain_text("Enter the name of a parent or guardian.")
    check_page_width(phone_page)
    phone_page.get_by_label("Name of the parent or guardian").fill("A guardian")
    phone_page.get_by_label("Email address of the parent or guardian").fill("guardian@example.org")
    phone_page.get_by_role("button", name="Answer and continue").click()
    expect(phone_page.locator("main")).to_contain_text("We would like to be asked.")
    check_page_width(phone_page)

    phone_page.context.clear_cookies()
    phone_page.goto(document)
    expect(phone_page.locator("main")).not_to_contain_text("We would like to be asked.")
    guardian = f"{live_server.url}{get_link_of_last_email()}"
    phone_page.goto(guardian)
    check_page_width(phone_page)
    phone_page.get_by_role("button", name="Yes, I agree").click()
    expect(phone_page.locator("main")).to_contain_text("You agreed on")
    check_page_width(phone_page)
    phone_page.goto(document)
    expect(phone_page.locator("main")).to_contain_text("We would like to be asked.")
    expect(phone_page.locator("main")).to_contain_text("a participant under 18")
    expect(phone_page.locator("main")).not_to_contain_text("Zuri")
    check_page_width(phone_page)
    phone_page.goto(guardian)
    phone_page.get_by_role("button", name="Withdraw consent").click()
    expect(phone_page.locator("main")).to_contain_text("you do not agree")
    phone_page.goto(document)
    expect(phone_page.locator("main")).not_to_contain_text("We would like to be asked.")


def test_safeguarding_lead_adds_and_removes_minor_mark(phone_page, live_server, sign_in, coalition, safeguarding_lead):
    child = create_seated_person(coalition, "Zuri Canary")
    sign_in(phone_page, safeguarding_lead)
    phone_page.goto(f"{live_server.url}/ours/people/{child.pk}/")
    phone_page.get_by_role("link", name="Mark as under 18").click()
    phone_page.get_by_label("How do you know that this person is under 18?").fill("Their school told us.")
    phone_page.get_by_label("Name of the parent or guardian").fill("A guardian")
    phone_page.get_by_label("Email address of the parent or guardian").fill("guardian@example.org")
    check_page_width(phone_page)
    phone_page.get_by_role("button", name="Mark as under 18").click()
    expect(phone_page.locator("main")).to_contain_text("Their school told us.")
    check_page_width(phone_page)
    phone_page.get_by_role("link", name="Remove the “under 18” mark").click()
    phone_page.get_by_label("How do you know that this person is 18 or older?").fill("Their birthday.")
    phone_page.get_by_role("button", name="Remove the “under 18” mark").click()
    expect(phone_page.get_by_role("link", name="Mark as under 18")).to_be_visible()
