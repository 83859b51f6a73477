"""The people of a proposal on a phone, with and without JavaScript: invited, answered by the link, and withdrawn."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from jukwaa.mail.models import Message
from jukwaa.proposals.models import Participant
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, follow_link, press_button
from tests.proposals.speakers import SPEAKER_EMAIL, start_session
from tests.updates.emails import find_link_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def has_scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def open_phones(browser: Browser, live_server, has_scripts):
    """Make a phone of the coordinator, and one of whoever holds a link."""
    contexts = []

    def open_one_phone(person=None) -> Page:
        context = browser.new_context(
            viewport=PHONE_VIEWPORT, java_script_enabled=has_scripts, base_url=live_server.url
        )
        if person is not None:
            context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield open_one_phone
    for context in contexts:
        context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{screenshot_name}.png", full_page=True)


def invite_by_form(team_page: Page, proposal) -> None:
    team_page.goto(proposal.get_absolute_url())
    follow_link(team_page, "People in this proposal")
    check_page_width(team_page, "people-empty")
    follow_link(team_page, "Add or invite a person")
    check_page_width(team_page, "people-new")
    team_page.get_by_label("Name", exact=True).fill("Asha Speaker")
    team_page.get_by_label("Email address").fill("not an address")
    team_page.get_by_label("Speaker", exact=True).check()
    team_page.get_by_label("This person is 18 or older").check()
    press_button(team_page, "Add person")
    expect(team_page.locator("main")).to_contain_text("Enter a full email address")
    team_page.get_by_label("Email address").fill(SPEAKER_EMAIL)
    press_button(team_page, "Add person")
    check_flash_message(team_page, "Invitation sent.")
    check_page_width(team_page, "people-invited")


def answer_by_link(speaker_page: Page) -> None:
    speaker_page.goto(find_link_path(Message.objects.get(to=SPEAKER_EMAIL), "?answer=provisional"))
    expect(speaker_page.get_by_label("I intend to take part, but my funding is not confirmed yet")).to_be_checked()
    check_page_width(speaker_page, "people-answer")
    speaker_page.get_by_label("I am 18 or older").check()
    speaker_page.get_by_label("Gender").select_option("Woman")
    speaker_page.get_by_label("Stakeholder group").select_option("Civil society")
    press_button(speaker_page, "Send answer")
    check_flash_message(speaker_page, "Your answer has been recorded.")
    check_page_width(speaker_page, "people-answered")


def withdraw_speaker(speaker_page: Page) -> None:
    speaker_page.get_by_label("No, I will not take part").check()
    speaker_page.get_by_label("Reason, if you will not take part").fill("No funds")
    press_button(speaker_page, "Send answer")
    expect(speaker_page.locator("main")).to_contain_text("Your answer: Withdrawn")


def test_speaker_accepts_invitation_and_withdraws(open_phones, mailing_coalition, coordinator):
    proposal = start_session(coordinator, mailing_coalition)
    team, speaker = open_phones(coordinator), open_phones()
    invite_by_form(team, proposal)
    answer_by_link(speaker)
    team.reload()
    expect(team.locator("main")).to_contain_text("Provisionally confirmed")
    press_button(team, "Copy names to the form")
    check_flash_message(team, "Names copied to the form.")
    check_page_width(team, "people-confirmed")
    withdraw_speaker(speaker)
    team.reload()
    check_page_width(team, "people-withdrawn")
    follow_link(team, "Asha Speaker")
    expect(team.locator("main")).to_contain_text("No funds")
    check_page_width(team, "people-detail")
    press_button(team, "Mark as resolved")
    check_flash_message(team, "Problem marked as resolved.")
    follow_link(team, "Remove from the proposal")
    check_page_width(team, "people-remove")
    press_button(team, "Remove person")
    check_flash_message(team, "Person removed from the proposal.")
    assert not Participant.objects.exists()
    speaker.goto(speaker.url)
    expect(speaker.locator("main")).to_contain_text("This link no longer works")
