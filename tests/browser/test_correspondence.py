"""Correspondence with the secretariat on a phone, with and without JavaScript, from the first email to the answer."""

import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.mail.models import Message
from jukwaa.proposals.actions import join_proposal_team
from jukwaa.proposals.correspondence_models import CorrespondenceFile, CorrespondenceMessage
from jukwaa.proposals.tasks import check_file
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.proposals.correspondence import (
    FORWARDED_EMAIL_TEXT,
    MAIL_AUTHORITY,
    SECRETARIAT_ADDRESS,
    add_secretariat_address,
    receive_email,
)
from tests.proposals.kinds import ProposalFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def open_phone(browser: Browser, live_server, request: pytest.FixtureRequest):
    """Opens a phone for a person."""
    opened = []

    def open_one_phone(person) -> Page:
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url, reduced_motion="reduce"
        )
        opened.append(context)
        context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        return context.new_page()

    yield open_one_phone
    for context in opened:
        context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With CORRESPONDENCE_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    folder = os.environ.get("CORRESPONDENCE_PICTURES")
    if not folder:
        return
    for scheme, size in (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dictionary of two numbers
        page.screenshot(path=Path(folder) / f"{screenshot_name}-{size['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above


@pytest.fixture
def proposal(mailing_coalition, coordinator, member, settings):
    settings.MAIL_AUTHORITY = MAIL_AUTHORITY
    add_secretariat_address(mailing_coalition)
    proposal = ProposalFactory(
        coalition=mailing_coalition, author=coordinator, published=True, label="TLP:GREEN", title="Learning together"
    )
    join_proposal_team(actor=member, proposal=proposal)
    return proposal


def confirm_deadline(page: Page, email_subject: str) -> None:
    page.goto(reverse("home:desk", args=["ours"]))
    follow_link(page, f"Confirm the deadline in “{email_subject}”")
    check_page_width(page, "message")
    follow_link(page, "Confirm deadline")
    check_page_width(page, "deadline")
    expect(page.get_by_label("Deadline")).to_have_value("2099-05-15")
    page.get_by_label("What is due").fill("Confirm the speakers")
    press_button(page, "Confirm deadline")
    check_flash_message(page, "Deadline confirmed.")


def write_reply(page: Page, reviewer) -> None:
    follow_link(page, "Write a reply")
    page.get_by_label("Message").fill("Both speakers are confirmed.")
    check_page_width(page, "write")
    press_button(page, "Save draft")
    check_flash_message(page, "Draft saved.")
    check_page_width(page, "draft")
    follow_link(page, "Ask for a review")
    page.get_by_label("Reviewer").select_option(str(reviewer.pk))
    check_page_width(page, "ask")
    press_button(page, "Ask for a review")
    check_flash_message(page, "Review requested.")


def review_and_send(page: Page, email_subject: str) -> None:
    page.goto(reverse("home:desk", args=["ours"]))
    check_page_width(page, "tasks")
    follow_link(page, f"Review the message “{email_subject}”")
    page.get_by_label("Approve: the message can be sent").check()
    check_page_width(page, "review")
    press_button(page, "Save review")
    check_flash_message(page, "Review saved.")
    check_page_width(page, "approved")
    press_button(page, "Send message")
    check_flash_message(page, "Message sent and filed.")
    check_page_width(page, "sent")


def test_deadline_is_confirmed_and_reviewed_reply_is_sent(open_phone, proposal, coordinator, member):
    subject = f"Your session [ours-{proposal.pk}]"
    text = "Dear coordinators,\n\nplease confirm the speakers no later than 15 May 2099.\n\nThe office"
    receive_email(text, Subject=subject, files=[("agenda.txt", b"Welcome, and three questions.")])
    check_file.func(CorrespondenceFile.objects.get().pk)
    writer, second = open_phone(member), open_phone(coordinator)
    confirm_deadline(writer, subject)
    write_reply(writer, coordinator)
    review_and_send(second, f"Re: {subject}")

    assert Message.objects.filter(to=SECRETARIAT_ADDRESS).count() == 1
    second.goto(reverse("home:desk", args=["ours"]))
    expect(second.locator("main")).not_to_contain_text("Confirm the speakers")


def test_unknown_sender_is_approved_and_forwarded_email_is_shared(open_phone, proposal, coordinator):
    subject = f"Fwd: Your session [ours-{proposal.pk}]"
    receive_email("Is it open to teachers?", sender="visitor@elsewhere.example", Subject="Hello")
    receive_email(FORWARDED_EMAIL_TEXT, sender=coordinator.email, message_id="<2@x.example>", Subject=subject)
    page = open_phone(coordinator)
    page.goto(reverse("proposals:proposal_correspondence", args=["ours", proposal.pk]))
    check_page_title(page, "Correspondence")
    check_page_width(page, "proposal")
    follow_link(page, subject)
    expect(page.locator("main")).to_contain_text("according to the forwarded text")
    check_page_width(page, "forwarded")
    press_button(page, "Share with members")
    check_flash_message(page, "Message shared.")
    press_button(page, "Stop sharing with members")
    check_flash_message(page, "no longer shared")
    page.goto(reverse("proposals:correspondence", args=["ours"]))
    check_page_width(page, "list")
    follow_link(page, "Hello")
    check_page_width(page, "held")
    page.get_by_label("Add the sender to the email addresses of the secretariat").check()
    press_button(page, "Approve message")
    check_flash_message(page, "Message approved and filed.")
    follow_link(page, "File with a proposal")
    page.get_by_label("Proposal").select_option("Learning together")
    check_page_width(page, "place")
    press_button(page, "File this message")
    check_flash_message(page, "Message filed.")
    expect(page.locator("main")).to_contain_text("Hello")
    page.goto(reverse("proposals:secretariat_edit", args=["ours"]))
    addresses = page.get_by_label("Email addresses of the secretariat")
    expect(addresses).to_have_value(f"{SECRETARIAT_ADDRESS}\nvisitor@elsewhere.example")
    check_page_width(page, "addresses")
    take_arabic_screenshots(page, coordinator)


def take_arabic_screenshots(page: Page, person) -> None:
    """The pages from right to left, to look at."""
    if "CORRESPONDENCE_PICTURES" not in os.environ:
        return
    person.language = "ar"
    person.save()
    page.context.add_cookies([{"name": site.LANGUAGE_COOKIE_NAME, "value": "ar", "url": page.url}])
    message = CorrespondenceMessage.objects.filter(kind="forwarded").get()
    pages = {"message": message.get_absolute_url(), "list": reverse("proposals:correspondence", args=["ours"])}
    pages["proposal"] = reverse("proposals:proposal_correspondence", args=["ours", message.proposal_id])
    for name, address in pages.items():
        page.goto(address)
        check_page_width(page, f"ar-{name}")
