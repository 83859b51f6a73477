"""Getting in, walked in Chromium: with and without JavaScript, and with a passkey that the browser makes up."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jukwaa.accounts import actions
from jukwaa.accounts.models import Person
from tests.browser.axe import find_accessibility_violations
from tests.factories import PersonFactory

pytestmark = pytest.mark.browser

VIRTUAL_PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def sign_in_page_url(live_server, read_sign_in_emails, settings):
    """The site address that is used in links."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def accessibility_complaints(page):
    """What the browser refused to load or to run, and what broke in a script."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_code_and_link_sign_in_without_javascript(browser, sign_in_page_url, read_sign_in_emails):
    desk = browser.new_context(java_script_enabled=False).new_page()
    phone = browser.new_context(java_script_enabled=False).new_page()

    desk.goto(f"{sign_in_page_url}/account/sign-in/?next=/account/settings/")
    desk.get_by_label("Your email address").fill("a@example.org")
    desk.get_by_role("button", name="Send me a code").click()
    desk.get_by_label("Code from the email").fill("000")
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("alert")).to_contain_text("You have 4 attempts left.")

    phone.goto(f"{sign_in_page_url}{read_sign_in_emails()[-1].path}")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your settings")

    desk.get_by_label("Code from the email").fill(read_sign_in_emails()[-1].code)
    desk.get_by_role("button", name="Sign in").click()
    desk.get_by_role("button", name="Send me a new code").click()
    desk.get_by_label("Code from the email").fill(read_sign_in_emails()[-1].code)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Your settings")

    desk.get_by_role("link", name="Where you are signed in").click()
    desk.get_by_role("button", name="End this session").click()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert list(Person.objects.values_list("email", flat=True)) == ["a@example.org"]


def test_passkey_is_added_named_used_and_removed(page, sign_in_page_url, accessibility_complaints):
    person = PersonFactory(email="a@example.org", name="A person")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_PASSKEY})
    page.goto(actions.build_sign_in_link(person, reverse("accounts:passkeys")))
    page.get_by_role("button", name="Sign in").click()

    assert page.get_by_role("alert").count() == 0
    page.get_by_label("Name of the passkey").fill("phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey has been added.").wait_for()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of the passkey").fill("work laptop")
    page.get_by_role("button", name="Save name").click()
    expect(page.locator(".items li")).to_contain_text(
        re.compile(r"work laptop\s+Added on .*, not used yet"), use_inner_text=True
    )

    page.goto(f"{sign_in_page_url}/account/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{sign_in_page_url}/account/passkeys/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("You have signed in.").wait_for()
    expect(page.locator(".items li")).to_contain_text(
        re.compile(r"work laptop\s+Added on .*, last used"), use_inner_text=True
    )

    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("You have no passkeys yet.")).to_be_visible()
    assert accessibility_complaints == []


def test_device_without_passkey_shows_message(page, sign_in_page_url):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_PASSKEY | {"isUserVerified": False}})
    page.goto(f"{sign_in_page_url}/account/sign-in/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The passkey did not work. Try again, or ask for a code by email.").wait_for()


def test_account_pages_are_accessible(page, sign_in_page_url, settings, read_sign_in_emails):
    settings.DEMO = True
    person = PersonFactory(email="a@example.org", name="A person")
    asked = actions.request_sign_in(email="a@example.org")
    found = {}

    def check_page_accessibility(url_path):
        page.goto(f"{sign_in_page_url}{url_path}")
        if wrong := find_accessibility_violations(page):
            found[url_path] = wrong

    for path in ("/account/sign-in/", f"/account/sign-in/{asked.key}/", "/account/language/", "/account/link/none/"):
        check_page_accessibility(path)
    check_page_accessibility(read_sign_in_emails()[-1].path)
    check_page_accessibility("/mail/")
    check_page_accessibility(page.locator(".items a").first.get_attribute("href"))
    page.goto(actions.build_sign_in_link(person, reverse("accounts:passkeys")))
    page.get_by_role("button", name="Sign in").click()
    for path in ("settings/", "passkeys/", "sessions/", "sign-out/", "confirm/"):
        check_page_accessibility(f"/account/{path}")

    assert found == {}
