"""Correspondence with the secretariat on a phone, with and without JavaScript, from the first email to the answer."""

import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.mail.models import Message
from jukwaa.proposals.actions import join_proposal
from jukwaa.proposals.correspondence_models import CorrespondenceFile, CorrespondenceMessage
from jukwaa.proposals.tasks import check_file
from tests.browser.conftest import cookie_of
from tests.browser.test_journeys import follow, press, titled, told
from tests.proposals.correspondence import AUTHORITY, FORWARDED, SECRETARIAT, listed, receive
from tests.proposals.kinds import ProposalFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def windows(browser: Browser, live_server, request: pytest.FixtureRequest):
    """Opens a phone for a person."""
    opened = []

    def open_one(person) -> Page:
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url, reduced_motion="reduce"
        )
        opened.append(context)
        context.add_cookies([{**cookie_of(person), "url": live_server.url}])
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def look(page: Page, name: str) -> None:
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


def test_message_is_filed_its_deadline_confirmed_and_a_reviewed_answer_sent(
    windows, released, coordinator, member, settings
):
    settings.MAIL_AUTHORITY = AUTHORITY
    listed(released)
    proposal = ProposalFactory(
        coalition=released, author=coordinator, published=True, label="TLP:GREEN", title="Learning together"
    )
    join_proposal(actor=member, proposal=proposal)
    tag = f"[ours-{proposal.pk}]"
    receive(
        "Dear coordinators,\n\nplease confirm the speakers no later than 15 May 2099.\n\nThe office",
        Subject=f"Your session {tag}",
        files=[("agenda.txt", b"Welcome, and three questions.")],
    )
    check_file.func(CorrespondenceFile.objects.get().pk)
    receive("Is it open to teachers?", sender="visitor@elsewhere.example", message_id="<2@x.example>", Subject="Hello")

    writer = windows(member)
    writer.goto(reverse("home:desk", args=["ours"]))
    follow(writer, f"Confirm the deadline in “Your session {tag}”")
    look(writer, "message")
    follow(writer, "Confirm deadline")
    look(writer, "deadline")
    expect(writer.get_by_label("Deadline")).to_have_value("2099-05-15")
    writer.get_by_label("What is due").fill("Confirm the speakers")
    press(writer, "Confirm deadline")
    told(writer, "Deadline confirmed.")
    follow(writer, "Write a reply")
    writer.get_by_label("Text").fill("Both speakers are confirmed.")
    look(writer, "write")
    press(writer, "Save draft")
    told(writer, "Draft saved.")
    look(writer, "draft")
    follow(writer, "Ask for a review")
    writer.get_by_label("Reviewer").select_option(str(coordinator.pk))
    look(writer, "ask")
    press(writer, "Ask for a review")
    told(writer, "We will notify the reviewer.")

    second = windows(coordinator)
    second.goto(reverse("home:desk", args=["ours"]))
    look(second, "tasks")
    follow(second, f"Review the message “Re: Your session {tag}”")
    second.get_by_label("Approve: the message can be sent").check()
    look(second, "review")
    press(second, "Save review")
    told(second, "Review saved.")
    look(second, "approved")
    press(second, "Send message")
    told(second, "Message sent and filed.")
    look(second, "sent")
    assert Message.objects.filter(to=SECRETARIAT).count() == 1
    second.goto(reverse("home:desk", args=["ours"]))
    expect(second.locator("main")).not_to_contain_text("Confirm the speakers")

    receive(FORWARDED, sender=coordinator.email, message_id="<3@x.example>", Subject=f"Fwd: Your session {tag}")
    second.goto(reverse("proposals:proposal_correspondence", args=["ours", proposal.pk]))
    titled(second, "Correspondence")
    look(second, "proposal")
    follow(second, f"Fwd: Your session {tag}")
    expect(second.locator("main")).to_contain_text("as the forwarded text says")
    look(second, "forwarded")
    press(second, "Share with members")
    told(second, "Message shared.")
    press(second, "Stop sharing")
    told(second, "no longer shared")

    second.goto(reverse("proposals:correspondence", args=["ours"]))
    look(second, "list")
    follow(second, "Hello")
    look(second, "held")
    second.get_by_label("This is an address of the secretariat").check()
    press(second, "Approve message")
    told(second, "Message approved and filed.")
    follow(second, "File with a proposal")
    second.get_by_label("Proposal").select_option("Learning together")
    look(second, "place")
    press(second, "File message")
    told(second, "Message filed.")
    expect(second.locator("main")).to_contain_text("Hello")
    second.goto(reverse("proposals:secretariat_edit", args=["ours"]))
    expect(second.get_by_label("Addresses of the secretariat")).to_have_value(
        f"{SECRETARIAT}\nvisitor@elsewhere.example"
    )
    look(second, "addresses")
    in_arabic(second, coordinator)


def in_arabic(page: Page, person) -> None:
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
        look(page, f"ar-{name}")
