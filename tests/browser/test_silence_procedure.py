"""A decision by silence procedure in Chromium: proposed, answered, held, and entered in the register."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.drafting.models import Call
from jukwaa.meetings.models import Meeting
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser
DECISION_TEXT = "The coalition answers each application within two weeks."


def test_silence_procedure_is_proposed_held_clarified_and_decided(open_demo_window: Open):
    lead = open_demo_window("coordinator")
    propose_silence_text(lead)
    page_of_call = lead.url
    respond_to_call(open_demo_window("member of a made-up helpline"), page_of_call)
    put_result_on_hold_and_clarify(lead, open_demo_window(), page_of_call)
    declare_call_outcome(lead, page_of_call)


def propose_silence_text(lead: Page) -> None:
    lead.goto(f"{HOME_URL}meetings/decisions/")
    expect(lead.get_by_role("heading", name="Silence procedures in progress")).to_be_visible()
    follow_link(lead, "Propose a decision")
    lead.get_by_label(re.compile("^Last day to respond")).fill((timezone.localdate() + timedelta(days=2)).isoformat())
    press_button(lead, "Start silence procedure")
    expect(lead.locator(".error").first).to_contain_text("Enter the text of the decision.")
    lead.get_by_label(re.compile("^Text of the decision")).fill(DECISION_TEXT)
    press_button(lead, "Start silence procedure")
    expect(lead.locator("main")).to_contain_text("A call must last at least 14 days.")
    lead.get_by_label(re.compile("^Last day to respond")).fill((timezone.localdate() + timedelta(days=14)).isoformat())
    meeting = Meeting.objects.get(
        title="Addis Ababa, 2022: Translating data and laws into action for digital child rights"
    )
    lead.get_by_label(re.compile("^Meeting linked to the decision")).select_option(str(meeting.pk))
    press_button(lead, "Start silence procedure")
    check_flash_message(lead, "The silence procedure has started. We will email all members.")
    expect(lead.locator("main")).to_contain_text("23:59 (UTC")


def respond_to_call(member: Page, page_of_call: str) -> None:
    member.goto(page_of_call)
    follow_link(member, re.compile("^Respond for A helpline"))
    member.get_by_label("supports with a reservation").check()
    expect(member.locator("blockquote").first).to_contain_text(DECISION_TEXT)
    press_button(member, "Send response")
    expect(member.locator(".error").first).to_be_visible()
    member.locator("main [name=reason]").fill("Two weeks are short in summer.")
    press_button(member, "Send response")
    check_flash_message(member, "Response saved.")
    expect(member.locator("section[aria-labelledby=positions]")).to_contain_text("Two weeks are short in summer.")


def put_result_on_hold_and_clarify(lead: Page, visitor: Page, page_of_call: str) -> None:
    follow_link(lead, "Put the result on hold")
    lead.get_by_label(re.compile("^Where was the objection")).fill("A member objected on the phone.")
    press_button(lead, "Put the result on hold")
    visitor.goto(page_of_call)
    expect(visitor.locator("main")).to_contain_text("A member objected on the phone.")
    expect(visitor.locator("main")).not_to_contain_text("can see the names")
    lead.goto(page_of_call)
    follow_link(lead, "Clarify the objection")
    lead.get_by_label(re.compile("^What was clarified")).fill("The member has no objection to this text.")
    press_button(lead, "Save clarification")


def declare_call_outcome(lead: Page, page_of_call: str) -> None:
    began = timezone.now() - timedelta(days=15)
    Call.objects.filter(text__title=DECISION_TEXT).update(opens_at=began, closes_at=began + timedelta(days=14))
    lead.goto(page_of_call)
    follow_link(lead, "Declare the outcome")
    lead.get_by_label("adopted without objection").check()
    lead.locator("main [name=reason]").fill("Nobody objected by the end.")
    press_button(lead, "Declare outcome")
    follow_link(lead, "View the decision in the register")
    check_page_title(lead, DECISION_TEXT)
    expect(lead.locator("section[aria-labelledby=register]")).to_contain_text("Silence procedure")
    expect(lead.locator("section[aria-labelledby=register]")).to_contain_text("Two weeks are short in summer.")
