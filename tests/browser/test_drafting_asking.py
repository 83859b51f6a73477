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
from tests.browser.conftest import Open, get_persona, send_all_notifications
from tests.browser.test_journeys import HOME, check_message, check_title, download_file, follow, press
from tests.factories import TextFactory
from tests.updates.mails import deliver

pytestmark = pytest.mark.browser

MEMBER = "member of ECPAT International"
CLAUSES = [
    "This text is a demo: how to begin work with internet service providers.",
    "A provider answers a report from the hotline within three working days.",
    "Each provider names a person and a deputy, who can be reached on working days.",
]


@pytest.fixture
def text(demo: Coalition) -> Text:
    return TextFactory(
        coalition=demo,
        title="Working with providers",
        summary="For hotlines that begin.",
        author=get_persona("rapporteur"),
        published=True,
        saying=CLAUSES,
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
        actor=get_persona("rapporteur"), revision=text.get_latest_revision(), question=question
    )


def sign_in_by_code(page: Page, address: str) -> None:
    page.get_by_label("Your email address").fill(address)
    press(page, "Send me a code")
    letter = Message.objects.filter(to=address).latest("pk").body
    page.get_by_label("Code from the email").fill(re.search(r"\b\d{6}\b", letter)[0])
    press(page, "Sign in")


def select_words(page: Page, words: str) -> None:
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
        words,
    )


def test_rapporteur_opens_extends_and_closes_consultation(window: Open, text: Text):
    page = window("rapporteur")
    page.goto(text.get_absolute_url())
    follow(page, "Consultations")
    follow(page, "Create a consultation")
    check_title(page, "Create a consultation")
    page.get_by_label("Introduction, in one or two sentences").fill("Is it short enough?")
    page.get_by_label("Questions").fill("Who answers at night?")
    press(page, "Create consultation")
    check_message(page, "Consultation created.")
    expect(page.locator("main")).to_contain_text("invites inputs from everyone, including non-members until")
    assert download_file(page, "Download the text as a PDF with space for comments")[:5] == b"%PDF-"

    follow(page, "Change or extend the consultation")
    page.get_by_label("Last day to respond").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    press(page, "Save changes")
    check_message(page, "Changes saved.")
    expect(page.locator(".figures")).to_contain_text("60")
    follow(page, "Close the consultation now")
    press(page, "Close consultation")
    check_message(page, "Consultation closed.")


@pytest.mark.scripted
def test_visitor_signs_in_by_code_and_comments_on_selected_words(window: Open, consultation: Consultation):
    page = window()
    page.goto(f"{HOME}texts/")
    follow(page, "Working with providers")
    follow(page, "See the questions and how to respond")
    expect(page.locator("main")).to_contain_text("Is it short enough for a ministry?")
    follow(page, "Read the text and comment")
    if window.has_scripts:  # type: ignore[attr-defined]  # as the fixture says
        select_words(page, "three working days")
        follow(page, "Comment on “three working days”")
    else:
        follow(page, "Comment on clause 2")
    sign_in_by_code(page, "stranger@example.org")

    check_title(page, "Comment on clause 2")
    words = page.get_by_label("Words that the input is about")
    if not window.has_scripts:  # type: ignore[attr-defined]  # as above
        words.fill("three working  days")
    else:
        expect(words).to_have_value("three working days")
    page.get_by_label("Text of the input").fill("Too long when a child is in danger.")
    expect(page.locator("main form")).to_contain_text("Everyone will read this, members or not.")
    press(page, "Send input")
    page.get_by_label("Your name").fill("A stranger")  # asked once
    page.get_by_label("Yes, I am 18 or older").check()
    press(page, "Answer and continue")
    check_message(page, "Thank you.")
    note = page.locator("#c2 .note")
    expect(note).to_contain_text("Too long when a child is in danger.")
    expect(note.locator(".on")).to_have_text("three working days")
    expect(note).to_contain_text("awaiting a response")


@pytest.mark.scripted
def test_member_gives_and_withdraws_inputs_and_coordinator_hides_one(window: Open, consultation: Consultation):
    page = window(MEMBER)
    page.goto(consultation.text.get_absolute_url())
    page.get_by_role("button", name="Support clause 1 without changes").click()
    check_message(page, "Your support on behalf of ECPAT International has been saved.")
    follow(page, "Comment on clause 3")
    page.get_by_label("Proposed wording", exact=True).check()
    page.get_by_label("Proposed wording of the clause").fill(CLAUSES[2].replace("a deputy", "two deputies"))
    press(page, "Send input")
    expect(page.locator("#c3 .proposed ins")).to_have_text("two deputies")

    page.goto(f"{HOME}texts/inputs/mine/")
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".note", has_text="proposed wording").get_by_role("link", name="Withdraw input").click()
    press(page, "Withdraw input")
    check_message(page, "Input withdrawn.")

    coordinator = window("coordinator")
    given = consultation.inputs.get(kind="support")
    coordinator.goto(f"{HOME}texts/inputs/{given.pk}/hide/")
    coordinator.get_by_label("Reason for hiding the comment").fill("It was a test.")
    press(coordinator, "Hide input")
    expect(coordinator.locator("main")).to_contain_text("This input has been hidden. Reason: It was a test.")
    expect(coordinator.locator("main")).to_contain_text("The author has withdrawn this input.")


@pytest.mark.scripted
def test_input_typed_while_consultation_closes_is_kept(window: Open, consultation: Consultation):
    page = window(MEMBER)
    page.goto(f"{HOME}texts/consultations/{consultation.pk}/inputs/new/?question=1")
    page.get_by_label("Text of the input").fill("The helpline does.")
    actions.close_consultation(actor=get_persona("rapporteur"), consultation=consultation)
    press(page, "Send input")
    expect(page.locator("main")).to_contain_text("The consultation has closed, but your text is still here")
    expect(page.get_by_label("Text of the input")).to_have_value("The helpline does.")


@pytest.mark.scripted
def test_emailed_and_spoken_inputs_are_shown_with_their_clauses(window: Open, consultation: Consultation):
    send_all_notifications()
    member = get_persona(MEMBER)
    letter = Message.objects.filter(to=member.email).latest("pk")
    deliver("2: replace three by two\n3: comment Good.\n77: lost?", to=letter.reply_to, sender=member.email)
    page = window("rapporteur")
    page.goto(f"{HOME}texts/consultations/{consultation.pk}/log/")
    page.get_by_label("To comment on one clause instead, enter its number:").fill("1")
    page.get_by_role("button", name="Choose clause").click()
    page.get_by_label("Role of the person, if there is no organisation").fill("A teacher from Mombasa")
    page.get_by_label("Text of the input").fill("We need it in Swahili.")
    press(page, "Save input")
    check_message(page, "Input saved.")

    expect(page.locator("#c1 .note")).to_contain_text("A teacher from Mombasa")
    expect(page.locator("#c2 .proposed")).to_contain_text("within threetwo working days")
    expect(page.locator("#c3 .note")).to_contain_text("Good.")
    page.goto(f"{HOME}texts/consultations/{consultation.pk}/inputs/")
    expect(page.locator("main")).to_contain_text("We could not match these lines of an email to a clause")
    expect(page.locator("main")).to_contain_text("77: lost?")


def test_participation_is_shown_and_silent_members_get_reminder(window: Open, consultation: Consultation):
    member = get_persona(MEMBER)
    organisation = member.affiliations.get().organisation
    said = actions.InputContent(body="Good.", language="fr")
    actions.give_consultation_input(actor=member, consultation=consultation, said=said, organisation=organisation)
    visitor = window()
    visitor.goto(f"{HOME}texts/consultations/{consultation.pk}/responses/")
    expect(visitor.locator("main")).to_contain_text("1 organisation has responded")
    expect(visitor.locator("main")).not_to_contain_text("Organisations that have not responded")
    expect(visitor.locator("main")).to_contain_text("French")

    page = window("rapporteur")
    page.goto(f"{HOME}texts/consultations/{consultation.pk}/responses/")
    expect(page.locator("main")).to_contain_text("Organisations that have not responded")
    follow(page, "Send a reminder")
    press(page, "Send a reminder")
    check_message(page, "We will send the reminders within the hour")
    follow(page, "Send a reminder")
    press(page, "Send a reminder")
    check_message(page, "Wait a week before you send another reminder.")
