"""Sharing by mail, and the library of the demo, walked in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from jukwaa.mail.models import Message
from tests.browser.conftest import Open, get_persona
from tests.browser.test_journeys import HOME, check_message, check_title, follow, press
from tests.updates.mails import at, deliver, find_link_path

pytestmark = pytest.mark.browser

MEMBER = "member of ECPAT International"


def test_member_emails_draft_and_publishes_it(window: Open):
    page = window(MEMBER)
    Message.objects.all().delete()
    deliver(
        "Short lessons worked, since teachers have little time.",
        to=at("share+child-online-safety"),
        sender=get_persona(MEMBER).email,
        Subject="Lessons of ten minutes",
        files=[("lessons.txt", b"Ten lessons of ten minutes each.")],
    )
    page.goto(find_link_path(Message.objects.get(), "/library/"))
    check_title(page, "Add details")
    expect(page.get_by_label("What worked, and why?")).to_have_value(re.compile("^Short lessons worked"))
    page.get_by_label("Kind").select_option(label="Training material")
    page.get_by_label("Summary in 1 or 2 sentences").fill("Ten lessons for schools.")
    press(page, "Save")
    check_title(page, "Lessons of ten minutes")
    expect(page.locator("main")).to_contain_text("lessons.txt")
    press(page, "Publish")
    check_message(page, "Record published.")

    visitor = window()
    visitor.goto(f"{HOME}library/")
    follow(visitor, "Lessons of ten minutes")
    expect(visitor.locator("main")).to_contain_text("Short lessons worked, since teachers have little time.")


def test_visitor_finds_agreement_in_both_languages(window: Open):
    page = window()
    page.goto(HOME)
    page.get_by_role("contentinfo").get_by_role("link", name="Library").click()
    follow(page, "Terms of Mutual Cooperation, Brazil, 2008")
    for said in ("TIM: signed on 17 December 2008", "not signed on that day", "contested for the sake of privacy"):
        expect(page.locator("main")).to_contain_text(said)
    source = page.locator("main a[href*='safernet.org.br']").first
    expect(source).to_have_attribute("rel", re.compile("noopener"))
    expect(page.get_by_role("contentinfo")).to_contain_text("This is a demonstration")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="português").click()
    check_title(page, "Termo de Mútua Cooperação, 2008")
    expect(page.locator("main")).to_contain_text("não assinaram nesse dia")
