"""A proposal written, agreed, submitted and followed up on a phone, with and without JavaScript."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.proposals.actions import (
    hash_json_value,
    record_proposal_outcome,
    save_call_file,
    save_proposal_answer,
    start_proposal,
    submit_proposal,
)
from jukwaa.proposals.models import Proposal
from jukwaa.records.models import Version
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.proposals.test_files import PNG
from tests.proposals.test_proposals import CALL
from tests.proposals.test_sessions import CSV

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
NAME = "forum-2099-session"
EMPTY = hash_json_value(None)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    page = context.new_page()
    page.has_scripts = request.param
    yield page
    context.close()


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL.replace("2027", "2099"))
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=NAME, title="Session")
    return save_proposal_answer(actor=coordinator, proposal=started, field="theme", answer="Skills", seen=EMPTY)


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"]["width"]
    folder = os.environ.get("PROPOSAL_PICTURES")
    if not folder or not page.has_scripts:
        return
    for size, viewport in SIZES.items():
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png", full_page=True)
    page.set_viewport_size(SIZES["phone"])
    page.emulate_media(color_scheme="light")


def test_field_is_saved_while_typing(phone: Page, proposal):
    phone.goto(proposal.get_absolute_url())
    follow(phone, "Edit: Description")
    phone.wait_for_load_state()  # what is typed before the script has loaded is saved with what follows
    phone.get_by_label("Description").press_sequentially("one two three four five")
    if phone.has_scripts:
        expect(phone.locator(".saved")).to_contain_text("Saved at ")
        expect(phone.locator(".saved")).to_contain_text("5 words")
        expect(phone.locator(".saved")).to_contain_text("Shorten to at most 4.")
        check_width(phone, "field-saved")
        phone.get_by_label("Description").press_sequentially(" six")
        expect(phone.locator(".saved")).to_contain_text("6 words")
        follow(phone, "Back to the proposal")
    else:
        press(phone, "Save")
        check_message(phone, "Text saved.")
    expect(phone.locator("#field-description")).to_contain_text("6 words" if phone.has_scripts else "5 words")
    assert Version.objects.filter(record=proposal).count() == 3


def test_edit_conflict_shows_both_texts(phone: Page, proposal, rapporteur):
    phone.goto(reverse("proposals:proposal_field", args=["ours", proposal.pk, "description"]))
    save_proposal_answer(actor=rapporteur, proposal=proposal, field="description", answer="Their words", seen=EMPTY)
    phone.get_by_label("Description").fill("My words")
    if phone.has_scripts:
        expect(phone.locator(".saved")).to_contain_text("Someone else has changed this field.")
        check_width(phone, "field-conflict-notice")
    press(phone, "Save")
    check_title(phone, "Someone else saved a change")
    expect(phone.locator("main")).to_contain_text("Their words")
    expect(phone.get_by_label("Description")).to_have_value("My words")
    assert Proposal.objects.get().answers["description"] == "Their words"
    check_width(phone, "field-conflict")
    press(phone, "Save my version")
    check_message(phone, "Text saved.")
    follow(phone, "History")
    check_width(phone, "history")


def test_comment_belongs_to_field(phone: Page, proposal):
    phone.goto(proposal.get_absolute_url())
    follow(phone, "Comment: Theme")
    check_width(phone, "comments-empty")
    phone.get_by_label("Your comment").fill("Is this the best theme?")
    press(phone, "Post comment")
    check_message(phone, "Comment posted.")
    check_width(phone, "comments")
    phone.goto(proposal.get_absolute_url())
    follow(phone, "1 comment: Theme")
    expect(phone.locator("main")).to_contain_text("Is this the best theme?")


def test_proposal_is_submitted_and_becomes_meeting(phone: Page, proposal, coordinator):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="Four words\nin all", seen=EMPTY
    )
    phone.goto(proposal.get_absolute_url())
    follow(phone, "Start a consensus call")
    check_width(phone, "consensus")
    press(phone, "Start a consensus call")
    check_message(phone, "Consensus call started.")
    phone.goto(proposal.get_absolute_url())
    expect(phone.locator("#status").locator("..")).to_contain_text("open until")
    check_width(phone, "proposal")
    follow(phone, "Copy the text into the form")
    box = phone.locator(".copy-box").last
    box.focus()
    phone.keyboard.press("Control+a")
    if phone.has_scripts:
        selected = box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
        assert selected == "Four words\nin all"
    check_width(phone, "copy")
    for name, ending in (("Word", ".docx"), ("PDF", ".pdf"), ("text", ".txt"), ("JSON", ".json")):
        with phone.expect_download() as download:
            follow(phone, f"Download as {name}")
        assert download.value.suggested_filename.endswith(ending)
    phone.goto(proposal.get_absolute_url())
    follow(phone, "Record the submission")
    phone.get_by_label("Reference number").fill("WS-7")
    phone.get_by_label("Proof of submission").set_input_files(
        {"name": "confirmation.png", "mimeType": "image/png", "buffer": PNG}
    )
    check_width(phone, "submit")
    press(phone, "Record the submission")
    check_message(phone, "Submission recorded.")
    expect(phone.locator("main")).to_contain_text("confirmation.png")
    follow(phone, "Record the outcome")
    phone.get_by_label("Accepted", exact=True).check()
    phone.get_by_label("Date of the outcome").fill("2099-06-01")
    press(phone, "Record the outcome")
    check_width(phone, "accepted")
    follow(phone, "Create the meeting")
    check_width(phone, "meeting-form")
    press(phone, "Create the meeting")
    check_message(phone, "Meeting created.")
    check_width(phone, "meeting")
    phone.goto(proposal.get_absolute_url())
    expect(phone.get_by_role("link", name="Create the meeting")).to_have_count(0)


def test_accepted_sessions_are_imported_and_answered(phone: Page, proposal, coordinator):
    submit_proposal(actor=coordinator, proposal=proposal)
    record_proposal_outcome(
        actor=coordinator, proposal=proposal, outcome="declined", outcome_on="2099-06-01", outcome_note="No"
    )
    phone.goto(reverse("proposals:call_list", args=["ours"]))
    follow(phone, "Settings for proposals")
    phone.get_by_label("Keywords of our theme").fill("child safety")
    phone.get_by_label("Coordinators only").check()
    check_width(phone, "settings")
    press(phone, "Save settings")
    check_message(phone, "Settings saved.")
    phone.goto(reverse("proposals:call_detail", args=["ours", NAME]))
    follow(phone, "Accepted sessions")
    check_title(phone, "Import accepted sessions")
    phone.get_by_label("Or paste the rows").fill(CSV)
    phone.get_by_label("Time zone of the list").fill("Europe/Oslo")
    check_width(phone, "import")
    press(phone, "Import list")
    check_message(phone, "List imported.")
    expect(phone.locator("main")).to_contain_text("Row 5: We could not read the date “24/06/99”.")
    check_width(phone, "sessions")
    follow(phone, "Invite the organisers of Child safety by design")
    expect(phone.locator("main")).to_contain_text("Dear organisers of “Child safety by design”,")
    check_width(phone, "letter")


def test_rule_is_added_in_call_form(phone: Page, proposal):
    phone.goto(reverse("proposals:call_form", args=["ours"]) + f"?from={NAME}")
    phone.get_by_label("Web address of the call").fill("https://example.org/call")
    phone.get_by_text("New rule 1").click()
    rule = phone.locator("details", has_text="New rule 1")
    rule.get_by_label("What does this rule check?").select_option("Number of people in a role")
    rule.get_by_label("Wording of the rule in the call for proposals").fill("At least 2 speakers are named.")
    press(phone, "Preview call for proposals")
    expect(phone.locator("#errors")).to_contain_text("Choose the role that this rule is about.")
    check_width(phone, "new-rule")
    rule = phone.locator("details", has_text="New rule 1")
    rule.get_by_label("Minimum").fill("2")
    rule.get_by_label("Speakers").check()
    press(phone, "Preview call for proposals")
    expect(phone.locator("main")).to_contain_text("At least 2 speakers are named.")
    check_width(phone, "rule-preview")
