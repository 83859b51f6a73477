"""Asking, giving input and seeing whose voice is in it, walked on the demo in Chromium, with scripts and without."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import actions
from jukwaa.drafting.models import Consultation, Text
from jukwaa.mail.models import Message
from tests.browser.conftest import Open, get_demo_person, send_all_notifications
from tests.browser.test_journeys import (
    HOME_URL,
    check_flash_message,
    check_page_title,
    download_linked_file,
    follow_link,
    press_button,
)
from tests.factories import TextFactory
from tests.updates.emails import deliver_email

pytestmark = pytest.mark.browser

MEMBER_PERSONA = "member of ECPAT International"
DEMO_CLAUSE_BODIES = [
    "This text is a demo: how to begin work with internet service providers.",
    "A provider answers a report from the hotline within three working days.",
    "Each provider names a person and a deputy, who can be reached on working days.",
]


@pytest.fixture
def text(demo_coalition: Coalition) -> Text:
    return TextFactory(
        coalition=demo_coalition,
        title="Working with providers",
        summary="For hotlines that begin.",
        author=get_demo_person("rapporteur"),
        published=True,
        saying=DEMO_CLAUSE_BODIES,
    )


@pytest.fixture
def consultation(text: Text) -> Consultation:
    question = actions.ConsultationContent(
        asks="public",
        introduction="Is it short enough for a ministry? Say what is missing.",
        questions=["Who answers at night?", "What does your law say?"],
        languages=["en", "fr"],
        closes_at=timezone.now() + timedelta(days=30),
    )
    return actions.open_consultation(
        actor=get_demo_person("rapporteur"), revision=text.get_latest_revision(), consultation_content=question
    )


def sign_in_by_code(page: Page, email_address: str) -> None:
    page.get_by_label("Your email address").fill(email_address)
    press_button(page, "Send me a code")
    letter = Message.objects.filter(to=email_address).latest("pk").body
    page.get_by_label("Code from the email").fill(re.search(r"\b\d{6}\b", letter)[0])
    press_button(page, "Sign in")


def select_text_on_page(page: Page, selected_text: str) -> None:
    """As a reader does with the mouse or a finger."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at >= 0) {
                    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                    return;
                }
            }
        }""",
        selected_text,
    )


def test_rapporteur_opens_extends_and_closes_consultation(open_demo_window: Open, text: Text):
    page = open_demo_window("rapporteur")
    page.goto(text.get_absolute_url())
    follow_link(page, "Consultations")
    follow_link(page, "Create a consultation")
    check_page_title(page, "Create a consultation")
    page.get_by_text("Introduction, languages and first day").click()
    page.get_by_label("Introduction, in one or two sentences").fill("Is it short enough?")
    page.get_by_label("Questions").fill("Who answers at night?")
    press_button(page, "Create consultation")
    check_flash_message(page, "Consultation created.")
    expect(page.locator("main")).to_contain_text("invites inputs from everyone, including non-members until")
    assert download_linked_file(page, "Download the text as a PDF with space for comments")[:5] == b"%PDF-"

    follow_link(page, "Change or extend the consultation")
    page.get_by_label("Last day to respond").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    press_button(page, "Save changes")
    check_flash_message(page, "Changes saved.")
    expect(page.locator(".figures")).to_contain_text("60")
    follow_link(page, "Close the consultation now")
    press_button(page, "Close consultation")
    check_flash_message(page, "Consultation closed.")


@pytest.mark.scripted
def test_visitor_signs_in_by_code_and_comments_on_selected_words(open_demo_window: Open, consultation: Consultation):
    page = open_demo_window()
    page.goto(f"{HOME_URL}texts/")
    follow_link(page, "Working with providers")
    follow_link(page, "See the questions and how to respond")
    expect(page.locator("main")).to_contain_text("Is it short enough for a ministry?")
    follow_link(page, "Read the text and comment")
    if open_demo_window.has_scripts:  # type: ignore[attr-defined]  # as the fixture says
        select_text_on_page(page, "three working days")
        follow_link(page, "Comment on “three working days”")
    else:
        follow_link(page, "Comment on clause 2")
    sign_in_by_code(page, "stranger@example.org")

    check_page_title(page, "Comment on clause 2")
    words = page.get_by_label("Words that the input is about")
    if not open_demo_window.has_scripts:  # type: ignore[attr-defined]  # as above
        words.fill("three working  days")
    else:
        expect(words).to_have_value("three working days")
    page.get_by_label("Text of the input").fill("Too long when a child is in danger.")
    expect(page.locator("main form")).to_contain_text("Everyone will read this, members or not.")
    press_button(page, "Send input")
    page.get_by_label("Your name").fill("A stranger")  # asked once
    page.get_by_label("Yes, I am 18 or older").check()
    press_button(page, "Answer and continue")
    check_flash_message(page, "Thank you.")
    note = page.locator("#c2 .note")
    expect(note).to_contain_text("Too long when a child is in danger.")
    expect(note.locator(".on")).to_have_text("three working days")
    expect(note).to_contain_text("awaiting a response")


@pytest.mark.scripted
def test_member_gives_and_withdraws_inputs_and_coordinator_hides_one(
    open_demo_window: Open, consultation: Consultation
):
    page = open_demo_window(MEMBER_PERSONA)
    page.goto(consultation.text.get_absolute_url())
    page.get_by_role("button", name="Support clause 1 without changes").click()
    check_flash_message(page, "Your support on behalf of ECPAT International has been saved.")
    follow_link(page, "Comment on clause 3")
    page.get_by_label("Proposed wording", exact=True).check()
    page.get_by_label("Proposed wording of the clause").fill(DEMO_CLAUSE_BODIES[2].replace("a deputy", "two deputies"))
    press_button(page, "Send input")
    expect(page.locator("#c3 .proposed ins")).to_have_text("two deputies")

    page.goto(f"{HOME_URL}texts/inputs/mine/")
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".note", has_text="proposed wording").get_by_role("link", name="Withdraw input").click()
    press_button(page, "Withdraw input")
    check_flash_message(page, "Input withdrawn.")

    coordinator = open_demo_window("coordinator")
    given = consultation.inputs.get(kind="support")
    coordinator.goto(f"{HOME_URL}texts/inputs/{given.pk}/hide/")
    coordinator.get_by_label("Reason for hiding the comment").fill("It was a test.")
    press_button(coordinator, "Hide input")
    expect(coordinator.locator("main")).to_contain_text("This input has been hidden. Reason: It was a test.")
    expect(coordinator.locator("main")).to_contain_text("The author has withdrawn this input.")


@pytest.mark.scripted
def test_input_typed_while_consultation_closes_is_kept(open_demo_window: Open, consultation: Consultation):
    page = open_demo_window(MEMBER_PERSONA)
    page.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/inputs/new/?question=1")
    page.get_by_label("Text of the input").fill("The helpline does.")
    actions.close_consultation(actor=get_demo_person("rapporteur"), consultation=consultation)
    press_button(page, "Send input")
    expect(page.locator("main")).to_contain_text("The consultation has closed, but your text is still here")
    expect(page.get_by_label("Text of the input")).to_have_value("The helpline does.")


@pytest.mark.scripted
def test_emailed_and_spoken_inputs_are_shown_with_their_clauses(open_demo_window: Open, consultation: Consultation):
    send_all_notifications()
    member = get_demo_person(MEMBER_PERSONA)
    letter = Message.objects.filter(to=member.email).latest("pk")
    deliver_email("2: replace three by two\n3: comment Good.\n77: lost?", to=letter.reply_to, sender=member.email)
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/log/")
    page.get_by_label("If the input is about one clause, enter its number").fill("1")
    page.get_by_role("button", name="Choose clause").click()
    page.get_by_label("Role of the person, if there is no organisation").fill("A teacher from Mombasa")
    page.get_by_label("Text of the input").fill("We need it in Swahili.")
    press_button(page, "Save input")
    check_flash_message(page, "Input saved.")

    expect(page.locator("#c1 .note")).to_contain_text("A teacher from Mombasa")
    expect(page.locator("#c2 .proposed")).to_contain_text("within threetwo working days")
    expect(page.locator("#c3 .note")).to_contain_text("Good.")
    page.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/inputs/")
    expect(page.locator("main")).to_contain_text("We could not match these lines of an email to a clause")
    expect(page.locator("main")).to_contain_text("77: lost?")


def test_participation_is_shown_and_silent_members_get_reminder(open_demo_window: Open, consultation: Consultation):
    member = get_demo_person(MEMBER_PERSONA)
    organisation = member.affiliations.get().organisation
    said = actions.InputContent(body="Good.", language="fr")
    actions.give_consultation_input(actor=member, consultation=consultation, said=said, organisation=organisation)
    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/responses/")
    expect(visitor.locator("main")).to_contain_text("1 organisation has responded")
    expect(visitor.locator("main")).not_to_contain_text("Organisations that have not responded")
    expect(visitor.locator("main")).to_contain_text("French")

    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/responses/")
    expect(page.locator("main")).to_contain_text("Organisations that have not responded")
    follow_link(page, "Send a reminder")
    press_button(page, "Send a reminder")
    check_flash_message(page, "We will send the reminders within the hour")
    follow_link(page, "Send a reminder")
    press_button(page, "Send a reminder")
    check_flash_message(page, "Wait a week before you send another reminder.")
