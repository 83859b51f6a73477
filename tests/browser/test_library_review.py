"""A case study walks the whole safeguarding path with two people, in Chromium, with scripts and without."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.mail.models import Message
from jukwaa.records.actions import publish_record
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, send_notification
from tests.browser.conftest import SCRIPTS_BY_MODE, build_session_cookie
from tests.conftest import create_seated_person
from tests.factories import ItemFactory

pytestmark = pytest.mark.browser


@pytest.fixture(params=SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def open_member_page(request, browser, live_server, browser_errors):
    """A window for a person of the coalition."""
    opened = []

    def open_person_page(person, **more) -> Page:
        context = browser.new_context(java_script_enabled=request.param, base_url=live_server.url, **more)
        opened.append(context)
        context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("response", lambda got: browser_errors.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        return page

    yield open_person_page
    for context in opened:
        context.close()


@pytest.fixture
def browser_errors():
    found: list[str] = []
    yield found
    assert found == []


def press_button(page: Page, button_name: str) -> None:
    page.locator("main").get_by_role("button", name=button_name, exact=True).first.click()


def save_screenshot(page: Page, screenshot_name: str) -> None:
    """Pictures for whoever looks: SHOTS names a folder."""
    if not (folder := os.environ.get("SHOTS")):
        return
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(folder) / f"{screenshot_name}-{width}-{scheme}.png"), full_page=True)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


CONSENT_TEXT = "It tells of our own work only."


def share_item(author: Page) -> None:
    author.goto("/ours/library/share/?kind=case-study")
    author.get_by_label("Title").fill("How a village school answered")
    box = author.locator("textarea[name=what_worked]")
    box.fill("A teacher told us of a pupil of Green Valley Primary School, and we listened first.")
    press_button(author, "Save draft")
    expect(author.locator("mark")).to_have_text("Green Valley Primary School")
    press_button(author, "Save draft")
    expect(author.locator("main")).to_contain_text(
        "This is a case study. Case studies are always reviewed before publication."
    )


def submit_for_review(author: Page) -> None:
    author.get_by_role("link", name="Send for review").click()
    author.get_by_label("No child can be recognised").check()
    author.get_by_label("We are allowed to share this").check()
    author.get_by_label("Who agreed to sharing this").fill(CONSENT_TEXT)
    save_screenshot(author, "2-send")
    press_button(author, "Send for review")
    expect(author.locator("main")).to_contain_text("Not chosen yet. The safeguarding lead will choose a reviewer.")


def ask_for_review(lead: Page, reviewer_name: str) -> None:
    lead.goto("/ours/tasks/")
    save_screenshot(lead, "3-desk")
    lead.get_by_role("link", name="Choose a reviewer for").click()
    lead.get_by_label("Who should review this?").fill(reviewer_name)
    save_screenshot(lead, "4-assign")
    press_button(lead, "Ask this person to review")


def record_review_outcome(reader: Page, is_combined: str, outcome: str, reason: str) -> None:
    reader.goto("/ours/tasks/")
    reader.get_by_role("link", name="Review “How a village school answered”").click()
    save_screenshot(reader, "5-asked")
    press_button(reader, "Accept the review")
    reader.get_by_label(is_combined).check()
    reader.get_by_label(outcome, exact=True).check()
    reader.get_by_label("Reason").fill(reason)
    save_screenshot(reader, "6-decide")
    press_button(reader, "Submit decision")


def test_case_study_is_reviewed_returned_and_published(open_member_page, coalition, member, safeguarding_lead):
    second = create_seated_person(coalition, "The second reader")
    author, lead, reader = open_member_page(member), open_member_page(safeguarding_lead), open_member_page(second)
    share_item(author)
    save_screenshot(author, "1-draft")
    submit_for_review(author)
    ask_for_review(lead, member.email)
    expect(lead.locator("main")).to_contain_text("Choose a member, or a person with a role")
    ask_for_review(lead, second.email)
    record_review_outcome(
        reader,
        "Yes, or perhaps",
        "Return the text to the author and ask for the changes described below",
        "The school is known to all. Say what kind it is.",
    )

    author.goto("/ours/tasks/")
    author.get_by_role("link", name="Change").click()
    expect(author.locator("main")).to_contain_text("The school is known to all.")
    save_screenshot(author, "7-history")
    author.locator("main").get_by_role("link", name="How a village school answered").first.click()
    save_screenshot(author, "8-sent-back")
    author.get_by_role("link", name="Add details").click()
    author.locator("textarea[name=what_worked]").fill("A teacher told us of a pupil, and we listened first.")
    press_button(author, "Save")
    submit_for_review(author)
    ask_for_review(lead, second.email)
    record_review_outcome(reader, "No. I tried to", "Publish", "Nobody can be found by it now.")

    author.goto("/ours/library/")
    author.get_by_role("link", name="How a village school answered").click()
    save_screenshot(author, "9-published")
    author.get_by_role("link", name="Who can read this").click()
    save_screenshot(author, "10-readers")
    expect(author.locator("main")).to_contain_text("The people who run the server can read everything.")


def test_withdrawn_item_page_lists_who_may_have_copies(open_member_page, coalition, member, coordinator):
    item = ItemFactory(coalition=coalition, author=member)
    publish_record(actor=member, record=item, is_trusted=True)
    text = EmailText("NotificationEmail", "Words.", item.get_absolute_url())
    send_notification(
        NotificationEmail(
            coalition=coalition, people=[member], topic=EmailTopic.CONCERNS, write=lambda: text, record=item
        ),
        key="told",
    )
    Message.objects.update(held=False, sent_at=timezone.now())
    page = open_member_page(coordinator)
    page.goto(item.get_absolute_url())
    page.get_by_role("link", name="Withdraw this record").click()
    page.get_by_label("Reason").first.fill("It was a mistake.")
    press_button(page, "Withdraw record")
    page.goto(item.get_absolute_url())
    page.get_by_role("link", name="Who may still have a copy").click()
    expect(page.locator("section[aria-labelledby=mails]")).to_contain_text("A member")
    expect(page.locator("section[aria-labelledby=open]")).to_contain_text(
        "The record was removed before it appeared in feeds."
    )
    save_screenshot(page, "11-copies")
