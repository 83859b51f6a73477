"""Offers and needs walked on the demo in Chromium: from a sentence, to what came of it."""

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.models import Enquiry, Match, Need, Offer
from jukwaa.mail.models import Message
from tests.browser.conftest import Open, send_all_notifications
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser

COOPERATION_URL = f"{HOME_URL}cooperation/"
HELPLINE, ITU = "member of a made-up helpline", "member from the ITU"
OFFER_SENTENCE = "The ITU offered to provide technical solutions to the coalition if such need arose."


def open_page_as(open_demo_window: Open, persona: str, url_path: str) -> Page:
    page = open_demo_window(persona)
    page.goto(url_path)
    return page


def test_offer_is_created_from_minutes_entry(demo_coalition: Coalition, open_demo_window: Open) -> None:
    page = open_page_as(open_demo_window, "rapporteur", COOPERATION_URL)
    follow_link(page, OFFER_SENTENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text(OFFER_SENTENCE)
    page.get_by_role("link", name=OFFER_SENTENCE).first.click()  # to the entry that it began as
    expect(page.get_by_role("heading", level=1)).to_have_text(OFFER_SENTENCE)
    follow_link(page, "Create an offer from this entry")
    expect(page.get_by_label("Organisation, as named in the directory or the source")).to_have_value(
        "International Telecommunication Union"
    )
    press_button(page, "Publish offer")
    check_flash_message(page, "Offer published.")
    assert Offer.objects.filter(title=OFFER_SENTENCE, organisation__acronym="ITU").count() == 2


def test_contacts_are_shown_after_both_sides_agreed(demo_coalition: Coalition, open_demo_window: Open) -> None:
    needs = open_page_as(open_demo_window, HELPLINE, COOPERATION_URL)
    follow_link(needs, "Describe a need")
    follow_link(needs, "Technical help")
    needs.get_by_label("What do you need?").fill("Technical solutions for a chat")
    press_button(needs, "Publish need")
    need = Need.objects.get(title="Technical solutions for a chat")
    expect(needs.get_by_text("Same type of help: Technical help").first).to_be_visible()
    needs.locator("li").filter(has_text=OFFER_SENTENCE).get_by_role("link", name="Ask for an introduction").click()
    needs.get_by_label("Message to both sides (optional)").fill("For two hundred chats a week.")
    press_button(needs, "Ask for an introduction")
    check_flash_message(needs, "We will ask the other organisation.")
    expect(needs.get_by_text("Contact details", exact=True)).to_have_count(0)

    match = Match.objects.get(need=need)
    gives = open_page_as(open_demo_window, ITU, f"{COOPERATION_URL}matches/{match.pk}/")
    press_button(gives, "Agree to be introduced")
    expect(gives.get_by_role("heading", name="Contact details")).to_be_visible()
    send_all_notifications()
    told_of = [f"Introduction made: {title}" for title in (OFFER_SENTENCE, "Technical solutions for a chat")]
    assert [Message.objects.filter(subject__endswith=subject).count() for subject in told_of] == [1, 1]

    gives.get_by_label("agreed", exact=True).check()
    gives.get_by_label("Comment").fill("We lend a server until June.")
    press_button(gives, "Send response")
    needs.goto(f"{COOPERATION_URL}matches/{match.pk}/")
    needs.get_by_label("done", exact=True).check()
    needs.get_by_label("Comment").fill("Children reach us within a minute.")
    press_button(needs, "Send response")
    visitor = open_page_as(open_demo_window, "", f"{COOPERATION_URL}matches/{match.pk}/")
    expect(visitor.get_by_text("We lend a server until June.")).to_be_visible()
    expect(visitor.get_by_text("Children reach us within a minute.")).to_be_visible()
    expect(visitor.get_by_text("Contact details", exact=True)).to_have_count(0)


def test_expert_is_found_and_answers_question(demo_coalition: Coalition, open_demo_window: Open) -> None:
    asks = open_page_as(open_demo_window, HELPLINE, f"{COOPERATION_URL}needs/new/?sort=training")
    asks.get_by_label("What do you need?").fill("Advice on policies for helplines")
    press_button(asks, "Expertise")
    check_page_title(asks, "Needed: Expertise")
    expect(asks.get_by_label("What do you need?")).to_have_value("Advice on policies for helplines")
    asks.get_by_text("Target group, countries, amount and dates").click()
    asks.get_by_label("Policy making", exact=True).check()
    press_button(asks, "Publish need")
    asks.get_by_role("link", name="Ask this organisation a question").first.click()
    asks.get_by_label("Your question").fill("Which law does a helpline need first?")
    press_button(asks, "Send question")
    check_flash_message(asks, "Your question has been sent.")
    assert Enquiry.objects.filter(question="Which law does a helpline need first?").count() == 1


def test_list_is_filtered_and_offer_confirmed_and_closed(demo_coalition: Coalition, open_demo_window: Open) -> None:
    page = open_page_as(open_demo_window, ITU, f"{COOPERATION_URL}offers/")
    page.get_by_label("Type of help").select_option("technical")
    page.get_by_role("button", name="Apply filters", exact=True).click()
    expect(page.locator(".items > li")).to_have_count(1)
    follow_link(page, OFFER_SENTENCE)
    press_button(page, "Confirm as up to date")
    check_flash_message(page, "Confirmed as up to date.")
    follow_link(page, "Close this offer")
    page.get_by_label("Reason").fill("It was said in 2009.")
    press_button(page, "Close this offer")
    check_flash_message(page, "The offer or need has been closed.")
    expect(page.get_by_text("It was said in 2009.")).to_be_visible()
