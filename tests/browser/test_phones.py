"""The top of each page on a telephone of 360 pixels, without scripts: whoever holds it can sign in, and out again."""

import pytest
from playwright.sync_api import Page, expect

from jukwaa.accounts.models import Person
from tests.browser.conftest import Open, get_demo_person

pytestmark = pytest.mark.browser

PHONE_VIEWPORT = {"width": 360, "height": 740}
MIN_TAP_SIZE = 44  # CSS pixels on either side (WCAG 2.2, success criterion 2.5.5)
HOME_URL = "/child-online-safety/"


def open_on_phone(open_window: Open, persona_title: str = "") -> Page:
    page = open_window(persona_title, script=False)
    page.set_viewport_size(PHONE_VIEWPORT)
    return page


def check_link_tappable(page: Page, link_name: str) -> None:
    """It is shown whole within the window, large enough for a thumb, and nothing lies over it."""
    link = page.get_by_role("banner").get_by_role("link", name=link_name, exact=True)
    expect(link).to_be_visible()
    box = link.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= MIN_TAP_SIZE, (link_name, box)
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE_VIEWPORT["width"]
    link.click(trial=True)


@pytest.mark.parametrize("url_path", [HOME_URL, f"{HOME_URL}library/", "/account/sign-in/"])
def test_visitor_can_sign_in_on_phone(demo_coalition, open_window, url_path):
    page = open_on_phone(open_window)
    page.goto(url_path)
    check_link_tappable(page, "Sign in")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("url_path", [HOME_URL, f"{HOME_URL}library/", "/account/sessions/"])
def test_member_finds_settings_and_sign_out_on_phone(demo_coalition, open_window, url_path):
    page = open_on_phone(open_window, "coordinator")
    page.goto(url_path)
    for name in ("Your settings", "Sign out"):
        check_link_tappable(page, name)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    page.get_by_role("banner").get_by_role("link", name="Sign out").click()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()

    check_link_tappable(page, "Sign in")


@pytest.mark.parametrize("language", ["ar", "fr", "es"])
def test_page_header_fits_phone_in_each_language(demo_coalition, open_window, language):
    for title, links in (("", 2), ("coordinator", 4)):
        page = open_on_phone(open_window, title)
        Person.objects.filter(pk=get_demo_person("coordinator").pk).update(language=language)
        page.set_extra_http_headers({"Accept-Language": language})
        page.goto(HOME_URL)
        tools = page.get_by_role("banner").locator(".tools a")
        boxes = [tools.nth(at).bounding_box() for at in range(tools.count())]

        assert len(boxes) == links
        assert all(box and min(box["width"], box["height"]) >= MIN_TAP_SIZE for box in boxes), boxes
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]


def test_back_button_after_sign_out_shows_nothing(demo_coalition, open_window):
    page = open_window("coordinator")
    page.goto(f"{HOME_URL}tasks/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    seen = page.get_by_role("main").inner_text()
    page.goto("/account/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.go_back()
    page.go_back()

    assert page.get_by_role("main").inner_text() != seen
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
