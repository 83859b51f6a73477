"""What is seen is written on a phone, read by a second person, seen differently by another, and stands side by side."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.library.models import Item
from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import build_issue_slug
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.factories import AffiliationFactory, MembershipFactory

pytestmark = pytest.mark.browser

HOME_URL = "/child-online-safety/"
AUTHOR, OTHER = "delegate of Mauritius", "member of a made-up helpline"
ISSUE_NAME = "Reporting pages in a language that families do not read"
OBSERVATION_TITLE = "Families ask a shop to report for them"
PHONE_VIEWPORT = {"width": 360, "height": 740}


def save_screenshot(page: Page, screenshot_name: str) -> None:
    """Pictures for whoever looks: SHOTS names a folder."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if not (folder := os.environ.get("SHOTS")):
        return
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(folder) / f"{screenshot_name}-{width}-{scheme}.png"), full_page=True)
    page.set_viewport_size(PHONE_VIEWPORT)


def take_arabic_screenshots(page: Page, screenshot_name: str) -> None:
    """The same pages as whoever reads Arabic sees them, for pictures alone."""
    if os.environ.get("SHOTS"):
        page.context.add_cookies([{"name": "language", "value": "ar", "url": page.url}])
        page.reload()
        save_screenshot(page, f"{screenshot_name}-ar")
        page.context.add_cookies([{"name": "language", "value": "en", "url": page.url}])
        page.reload()


def write_observation(author: Page) -> None:
    """The name of the issue is forgotten first: it is asked for before anybody else reads it."""
    author.goto(f"{HOME_URL}coverage/")
    follow_link(author, "Observations from the regions")
    check_page_title(author, "Observations from the regions")
    save_screenshot(author, "1-issues")
    follow_link(author, "Add an observation")
    author.get_by_label("Title").fill(OBSERVATION_TITLE)
    author.get_by_label("What is seen?").fill("Those who keep a shop with a computer fill the page in for others.")
    author.get_by_label("How do you know?").fill("Told by three owners of shops, this year.")
    expect(author.locator("select[name=country]")).to_have_value("MU")
    save_screenshot(author, "2-short")
    press_button(author, "Save draft")
    expect(author.locator("main")).to_contain_text("Complete these details before you publish:")
    save_screenshot(author, "3-draft")
    expect(author.get_by_role("link", name="Send for review")).to_have_count(0)


def complete_observation(author: Page) -> None:
    follow_link(author, "Add details")
    author.get_by_label("The issue, in a few words").fill(ISSUE_NAME.upper())
    author.get_by_label("Seen since").fill("this year")
    author.get_by_label("How sure it is").select_option("first-sign")
    save_screenshot(author, "4-long")
    press_button(author, "Save")
    follow_link(author, "Send for review")
    author.get_by_label("No child can be recognised").check()
    author.get_by_label("We are allowed to share this").check()
    author.get_by_label("Who agreed to sharing this").fill("It tells of shops and pages only.")
    press_button(author, "Send for review")
    check_flash_message(author, "Sent for review.")


def review_observation(lead: Page, reader: Page) -> None:
    lead.goto(f"{HOME_URL}tasks/")
    follow_link(lead, "Choose a reviewer for")
    lead.get_by_label("Who should review this?").fill("rapporteur@demo.example")
    press_button(lead, "Ask this person to review")
    reader.goto(f"{HOME_URL}tasks/")
    follow_link(reader, f"Review “{OBSERVATION_TITLE}”")
    press_button(reader, "Accept the review")
    reader.get_by_label("No. I tried to").check()
    reader.get_by_label("Publish", exact=True).check()
    reader.get_by_label("Reason").fill("It speaks of shops and pages.")
    press_button(reader, "Submit decision")


def test_observation_is_reviewed_published_and_compared(open_demo_window: Open, demo_coalition: Coalition):
    MembershipFactory(coalition=demo_coalition, organisation=Organisation.objects.get(name="Government of Mauritius"))
    author, other = open_demo_window(AUTHOR), open_demo_window(OTHER)
    author.set_viewport_size(PHONE_VIEWPORT)
    other.set_viewport_size(PHONE_VIEWPORT)
    write_observation(author)
    complete_observation(author)
    review_observation(open_demo_window("safeguarding lead"), open_demo_window("rapporteur"))

    other.goto(f"{HOME_URL}coverage/regions/african/")
    expect(other.get_by_role("heading", name="Observations from this region")).to_be_visible()
    save_screenshot(other, "5-region")
    follow_link(other, OBSERVATION_TITLE)
    save_screenshot(other, "6-observation")
    take_arabic_screenshots(other, "6-observation")
    follow_link(other, "We see it differently")
    press_button(other, "Post response")
    expect(other.locator("main")).to_contain_text("Describe what you add, or what you see differently.")
    save_screenshot(other, "7-voice")
    other.get_by_label("Comment").fill("Here neighbours do it, not shops.")
    press_button(other, "Post response")
    expect(other.locator("#voices ~ ol")).to_contain_text("Here neighbours do it, not shops.")
    save_screenshot(other, "8-said")

    visitor = open_demo_window()
    visitor.set_viewport_size(PHONE_VIEWPORT)
    visitor.goto(f"{HOME_URL}coverage/observations/")
    follow_link(visitor, ISSUE_NAME)
    check_page_title(visitor, ISSUE_NAME)
    here = visitor.locator("tbody").filter(has_text="African Group")
    expect(here).to_contain_text(OBSERVATION_TITLE)
    expect(here).to_contain_text("sees it differently: Here neighbours do it, not shops.")
    expect(visitor.locator("tbody").filter(has_text="Asia-Pacific Group")).to_be_visible()
    save_screenshot(visitor, "9-issue")
    take_arabic_screenshots(visitor, "9-issue")


def test_observation_pages_are_accessible(open_window: Open, demo_coalition: Coalition):
    """Also those that neither a visitor nor the coordinator sees, since neither speaks there."""
    seat = MembershipFactory(coalition=demo_coalition, organisation__regional_group="asia-pacific")
    AffiliationFactory(organisation=seat.organisation, person=get_demo_person(OTHER))
    seen = Item.objects.get(title__startswith="Reports come from the cities alone")
    said = Voice.objects.select_related("item").earliest("pk").item
    page = open_window(OTHER)
    wrong = {}
    for url in (
        f"{HOME_URL}coverage/observations/",
        f"{HOME_URL}coverage/observations/issues/{build_issue_slug(ISSUE_NAME)}/",
        f"{HOME_URL}coverage/observations/{seen.pk}/respond/?says=adds",
        f"{HOME_URL}library/share/?kind=regional-observation",
        seen.get_absolute_url(),
        said.get_absolute_url(),
    ):
        assert page.goto(url).ok, url
        if found := find_accessibility_violations(page):
            wrong[url] = found

    assert wrong == {}
