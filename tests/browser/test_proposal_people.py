"""The people of a proposal on a phone, with and without JavaScript: invited, answered by the link, and withdrawn."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from jukwaa.mail.models import Message
from jukwaa.proposals.models import Participant
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_message, follow, press
from tests.proposals.people import ADDRESS, start
from tests.updates.mails import find_link_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def open_phones(browser: Browser, live_server, scripts):
    """Make a phone of the coordinator, and one of whoever holds a link."""
    contexts = []

    def make(person=None) -> Page:
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, base_url=live_server.url)
        if person is not None:
            context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def invite_by_form(team: Page, proposal) -> None:
    team.goto(proposal.get_absolute_url())
    follow(team, "People in this proposal")
    check_width(team, "people-empty")
    follow(team, "Add or invite a person")
    check_width(team, "people-new")
    team.get_by_label("Name", exact=True).fill("Asha Speaker")
    team.get_by_label("Email address").fill("not an address")
    team.get_by_label("Speaker", exact=True).check()
    team.get_by_label("This person is 18 or older").check()
    press(team, "Add person")
    expect(team.locator("main")).to_contain_text("Enter a full email address")
    team.get_by_label("Email address").fill(ADDRESS)
    press(team, "Add person")
    check_message(team, "Invitation sent.")
    check_width(team, "people-invited")


def answer_by_link(speaker: Page) -> None:
    speaker.goto(find_link_path(Message.objects.get(to=ADDRESS), "?answer=provisional"))
    expect(speaker.get_by_label("I intend to take part, but my funding is not confirmed yet")).to_be_checked()
    check_width(speaker, "people-answer")
    speaker.get_by_label("I am 18 or older").check()
    speaker.get_by_label("Gender").select_option("Woman")
    speaker.get_by_label("Stakeholder group").select_option("Civil society")
    press(speaker, "Send answer")
    check_message(speaker, "Your answer has been recorded.")
    check_width(speaker, "people-answered")


def withdraw(speaker: Page) -> None:
    speaker.get_by_label("No, I will not take part").check()
    speaker.get_by_label("Reason, if you will not take part").fill("No funds")
    press(speaker, "Send answer")
    expect(speaker.locator("main")).to_contain_text("Your answer: Withdrawn")


def test_speaker_accepts_invitation_and_withdraws(open_phones, released, coordinator):
    proposal = start(coordinator, released)
    team, speaker = open_phones(coordinator), open_phones()
    invite_by_form(team, proposal)
    answer_by_link(speaker)
    team.reload()
    expect(team.locator("main")).to_contain_text("Provisionally confirmed")
    press(team, "Copy names to the form")
    check_message(team, "Names copied to the form.")
    check_width(team, "people-confirmed")
    withdraw(speaker)
    team.reload()
    check_width(team, "people-withdrawn")
    follow(team, "Asha Speaker")
    expect(team.locator("main")).to_contain_text("No funds")
    check_width(team, "people-detail")
    press(team, "Mark as resolved")
    check_message(team, "Problem marked as resolved.")
    follow(team, "Remove from the proposal")
    check_width(team, "people-remove")
    press(team, "Remove person")
    check_message(team, "Person removed from the proposal.")
    assert not Participant.objects.exists()
    speaker.goto(speaker.url)
    expect(speaker.locator("main")).to_contain_text("This link no longer works")
