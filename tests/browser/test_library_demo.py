"""Sharing by mail, and the library of the demo, walked in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from jukwaa.mail.models import Message
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button
from tests.updates.emails import build_own_address, deliver_email, find_link_path

pytestmark = pytest.mark.browser

MEMBER_PERSONA = "member of ECPAT International"


def test_member_emails_draft_and_publishes_it(open_demo_window: Open):
    page = open_demo_window(MEMBER_PERSONA)
    Message.objects.all().delete()
    deliver_email(
        "Short lessons worked, since teachers have little time.",
        to=build_own_address("share+child-online-safety"),
        sender=get_demo_person(MEMBER_PERSONA).email,
        Subject="Lessons of ten minutes",
        files=[("lessons.txt", b"Ten lessons of ten minutes each.")],
    )
    page.goto(find_link_path(Message.objects.get(), "/library/"))
    check_page_title(page, "Add details")
    expect(page.get_by_label("What worked, and why?")).to_have_value(re.compile("^Short lessons worked"))
    page.get_by_label("Type").select_option(label="Training material")
    page.get_by_label("Summary in 1 or 2 sentences").fill("Ten lessons for schools.")
    press_button(page, "Save")
    check_page_title(page, "Lessons of ten minutes")
    expect(page.locator("main")).to_contain_text("lessons.txt")
    press_button(page, "Publish")
    check_flash_message(page, "Record published.")

    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}library/")
    follow_link(visitor, "Lessons of ten minutes")
    expect(visitor.locator("main")).to_contain_text("Short lessons worked, since teachers have little time.")


def test_visitor_finds_agreement_in_both_languages(open_demo_window: Open):
    page = open_demo_window()
    page.goto(HOME_URL)
    page.get_by_role("contentinfo").get_by_role("link", name="Library").click()
    follow_link(page, "Terms of Mutual Cooperation, Brazil, 2008")
    for said in ("TIM: signed on 17 December 2008", "not signed on that day", "contested for the sake of privacy"):
        expect(page.locator("main")).to_contain_text(said)
    source = page.locator("main a[href*='safernet.org.br']").first
    expect(source).to_have_attribute("rel", re.compile("noopener"))
    expect(page.get_by_role("contentinfo")).to_contain_text("This is a demonstration")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="português").click()
    check_page_title(page, "Termo de Mútua Cooperação, 2008")
    expect(page.locator("main")).to_contain_text("não assinaram nesse dia")
