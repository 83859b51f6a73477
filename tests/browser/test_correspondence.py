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
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.proposals.correspondence import AUTHORITY, FORWARDED, SECRETARIAT, add_secretariat_address, receive
from tests.proposals.kinds import ProposalFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def open_phone(browser: Browser, live_server, request: pytest.FixtureRequest):
    """Opens a phone for a person."""
    opened = []

    def open_one(person) -> Page:
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url, reduced_motion="reduce"
        )
        opened.append(context)
        context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With CORRESPONDENCE_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    folder = os.environ.get("CORRESPONDENCE_PICTURES")
    if not folder:
        return
    for scheme, size in (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dictionary of two numbers
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above


@pytest.fixture
def proposal(released, coordinator, member, settings):
    settings.MAIL_AUTHORITY = AUTHORITY
    add_secretariat_address(released)
    proposal = ProposalFactory(
        coalition=released, author=coordinator, published=True, label="TLP:GREEN", title="Learning together"
    )
    join_proposal_team(actor=member, proposal=proposal)
    return proposal


def confirm_deadline(page: Page, subject: str) -> None:
    page.goto(reverse("home:desk", args=["ours"]))
    follow(page, f"Confirm the deadline in “{subject}”")
    check_width(page, "message")
    follow(page, "Confirm deadline")
    check_width(page, "deadline")
    expect(page.get_by_label("Deadline")).to_have_value("2099-05-15")
    page.get_by_label("What is due").fill("Confirm the speakers")
    press(page, "Confirm deadline")
    check_message(page, "Deadline confirmed.")


def write_reply(page: Page, reviewer) -> None:
    follow(page, "Write a reply")
    page.get_by_label("Message").fill("Both speakers are confirmed.")
    check_width(page, "write")
    press(page, "Save draft")
    check_message(page, "Draft saved.")
    check_width(page, "draft")
    follow(page, "Ask for a review")
    page.get_by_label("Reviewer").select_option(str(reviewer.pk))
    check_width(page, "ask")
    press(page, "Ask for a review")
    check_message(page, "Review requested.")


def review_and_send(page: Page, subject: str) -> None:
    page.goto(reverse("home:desk", args=["ours"]))
    check_width(page, "tasks")
    follow(page, f"Review the message “{subject}”")
    page.get_by_label("Approve: the message can be sent").check()
    check_width(page, "review")
    press(page, "Save review")
    check_message(page, "Review saved.")
    check_width(page, "approved")
    press(page, "Send message")
    check_message(page, "Message sent and filed.")
    check_width(page, "sent")


def test_deadline_is_confirmed_and_reviewed_reply_is_sent(open_phone, proposal, coordinator, member):
    subject = f"Your session [ours-{proposal.pk}]"
    text = "Dear coordinators,\n\nplease confirm the speakers no later than 15 May 2099.\n\nThe office"
    receive(text, Subject=subject, files=[("agenda.txt", b"Welcome, and three questions.")])
    check_file.func(CorrespondenceFile.objects.get().pk)
    writer, second = open_phone(member), open_phone(coordinator)
    confirm_deadline(writer, subject)
    write_reply(writer, coordinator)
    review_and_send(second, f"Re: {subject}")

    assert Message.objects.filter(to=SECRETARIAT).count() == 1
    second.goto(reverse("home:desk", args=["ours"]))
    expect(second.locator("main")).not_to_contain_text("Confirm the speakers")


def test_held_message_is_approved_and_forwarded_one_shared(open_phone, proposal, coordinator):
    subject = f"Fwd: Your session [ours-{proposal.pk}]"
    receive("Is it open to teachers?", sender="visitor@elsewhere.example", Subject="Hello")
    receive(FORWARDED, sender=coordinator.email, message_id="<2@x.example>", Subject=subject)
    page = open_phone(coordinator)
    page.goto(reverse("proposals:proposal_correspondence", args=["ours", proposal.pk]))
    check_title(page, "Correspondence")
    check_width(page, "proposal")
    follow(page, subject)
    expect(page.locator("main")).to_contain_text("according to the forwarded text")
    check_width(page, "forwarded")
    press(page, "Share with members")
    check_message(page, "Message shared.")
    press(page, "Stop sharing with members")
    check_message(page, "no longer shared")
    page.goto(reverse("proposals:correspondence", args=["ours"]))
    check_width(page, "list")
    follow(page, "Hello")
    check_width(page, "held")
    page.get_by_label("Add the sender to the email addresses of the secretariat").check()
    press(page, "Approve message")
    check_message(page, "Message approved and filed.")
    follow(page, "File with a proposal")
    page.get_by_label("Proposal").select_option("Learning together")
    check_width(page, "place")
    press(page, "File this message")
    check_message(page, "Message filed.")
    expect(page.locator("main")).to_contain_text("Hello")
    page.goto(reverse("proposals:secretariat_edit", args=["ours"]))
    addresses = page.get_by_label("Email addresses of the secretariat")
    expect(addresses).to_have_value(f"{SECRETARIAT}\nvisitor@elsewhere.example")
    check_width(page, "addresses")
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
        check_width(page, f"ar-{name}")
