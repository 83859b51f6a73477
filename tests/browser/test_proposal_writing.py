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
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.proposals.test_files import PNG_FILE
from tests.proposals.test_proposals import CALL_TOML
from tests.proposals.test_sessions import SESSIONS_CSV

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWPORT_BY_DEVICE = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
CALL_NAME = "forum-2099-session"
EMPTY_HASH = hash_json_value(None)


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def phone_page(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(
        viewport=VIEWPORT_BY_DEVICE["phone"], java_script_enabled=request.param, base_url=live_server.url
    )
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    page = context.new_page()
    page.has_scripts = request.param
    yield page
    context.close()


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML.replace("2027", "2099"))
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")
    return save_proposal_answer(actor=coordinator, proposal=started, field="theme", answer="Skills", seen=EMPTY_HASH)


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWPORT_BY_DEVICE["phone"]["width"]
    folder = os.environ.get("PROPOSAL_PICTURES")
    if not folder or not page.has_scripts:
        return
    for size, viewport in VIEWPORT_BY_DEVICE.items():
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{screenshot_name}-{size}-{scheme}.png", full_page=True)
    page.set_viewport_size(VIEWPORT_BY_DEVICE["phone"])
    page.emulate_media(color_scheme="light")


def test_field_is_saved_while_typing(phone_page: Page, proposal):
    phone_page.goto(proposal.get_absolute_url())
    follow_link(phone_page, "Edit : Description")
    phone_page.wait_for_load_state()  # what is typed before the script has loaded is saved with what follows
    phone_page.get_by_label("Description").press_sequentially("one two three four five")
    if phone_page.has_scripts:
        expect(phone_page.locator(".saved")).to_contain_text("Saved at ")
        expect(phone_page.locator(".saved")).to_contain_text("5 words")
        expect(phone_page.locator(".saved")).to_contain_text("Shorten to at most 4.")
        check_page_width(phone_page, "field-saved")
        phone_page.get_by_label("Description").press_sequentially(" six")
        expect(phone_page.locator(".saved")).to_contain_text("6 words")
        follow_link(phone_page, "Back to the proposal")
    else:
        press_button(phone_page, "Save")
        check_flash_message(phone_page, "Text saved.")
    expect(phone_page.locator("#field-description")).to_contain_text("6 words" if phone_page.has_scripts else "5 words")
    assert Version.objects.filter(record=proposal).count() == 3


def test_edit_conflict_shows_both_texts(phone_page: Page, proposal, rapporteur):
    phone_page.goto(reverse("proposals:proposal_field", args=["ours", proposal.pk, "description"]))
    save_proposal_answer(
        actor=rapporteur, proposal=proposal, field="description", answer="Their words", seen=EMPTY_HASH
    )
    phone_page.get_by_label("Description").fill("My words")
    if phone_page.has_scripts:
        expect(phone_page.locator(".saved")).to_contain_text("Someone else has changed this field.")
        check_page_width(phone_page, "field-conflict-notice")
    press_button(phone_page, "Save")
    check_page_title(phone_page, "Someone else saved a change")
    expect(phone_page.locator("main")).to_contain_text("Their words")
    expect(phone_page.get_by_label("Description")).to_have_value("My words")
    assert Proposal.objects.get().answers["description"] == "Their words"
    check_page_width(phone_page, "field-conflict")
    press_button(phone_page, "Save my version")
    check_flash_message(phone_page, "Text saved.")
    follow_link(phone_page, "History")
    check_page_width(phone_page, "history")


def test_comment_belongs_to_field(phone_page: Page, proposal):
    phone_page.goto(proposal.get_absolute_url())
    follow_link(phone_page, "Comment : Theme")
    check_page_width(phone_page, "comments-empty")
    phone_page.get_by_label("Your comment").fill("Is this the best theme?")
    press_button(phone_page, "Post comment")
    check_flash_message(phone_page, "Comment posted.")
    check_page_width(phone_page, "comments")
    phone_page.goto(proposal.get_absolute_url())
    follow_link(phone_page, "1 comment : Theme")
    expect(phone_page.locator("main")).to_contain_text("Is this the best theme?")


def test_proposal_is_submitted_and_becomes_meeting(phone_page: Page, proposal, coordinator):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="Four words\nin all", seen=EMPTY_HASH
    )
    phone_page.goto(proposal.get_absolute_url())
    follow_link(phone_page, "Start a consensus call")
    check_page_width(phone_page, "consensus")
    press_button(phone_page, "Start a consensus call")
    check_flash_message(phone_page, "Consensus call started.")
    phone_page.goto(proposal.get_absolute_url())
    expect(phone_page.locator("#status").locator("..")).to_contain_text("open until")
    check_page_width(phone_page, "proposal")
    follow_link(phone_page, "Copy the text into the form")
    box = phone_page.locator(".copy-box").last
    box.focus()
    phone_page.keyboard.press("Control+a")
    if phone_page.has_scripts:
        selected = box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
        assert selected == "Four words\nin all"
    check_page_width(phone_page, "copy")
    for name, ending in (("Word", ".docx"), ("PDF", ".pdf"), ("text", ".txt"), ("JSON", ".json")):
        with phone_page.expect_download() as download:
            follow_link(phone_page, f"Download as {name}")
        assert download.value.suggested_filename.endswith(ending)
    phone_page.goto(proposal.get_absolute_url())
    follow_link(phone_page, "Record the submission")
    phone_page.get_by_label("Reference number").fill("WS-7")
    phone_page.get_by_label("Proof of submission").set_input_files(
        {"name": "confirmation.png", "mimeType": "image/png", "buffer": PNG_FILE}
    )
    check_page_width(phone_page, "submit")
    press_button(phone_page, "Record the submission")
    check_flash_message(phone_page, "Submission recorded.")
    expect(phone_page.locator("main")).to_contain_text("confirmation.png")
    follow_link(phone_page, "Record the outcome")
    phone_page.get_by_label("Accepted", exact=True).check()
    phone_page.get_by_label("Date of the outcome").fill("2099-06-01")
    press_button(phone_page, "Record the outcome")
    check_page_width(phone_page, "accepted")
    follow_link(phone_page, "Create the meeting")
    check_page_width(phone_page, "meeting-form")
    press_button(phone_page, "Create the meeting")
    check_flash_message(phone_page, "Meeting created.")
    check_page_width(phone_page, "meeting")
    phone_page.goto(proposal.get_absolute_url())
    expect(phone_page.get_by_role("link", name="Create the meeting")).to_have_count(0)


def test_accepted_sessions_are_imported_and_answered(phone_page: Page, proposal, coordinator):
    submit_proposal(actor=coordinator, proposal=proposal)
    record_proposal_outcome(
        actor=coordinator, proposal=proposal, outcome="declined", outcome_on="2099-06-01", outcome_note="No"
    )
    phone_page.goto(reverse("proposals:call_list", args=["ours"]))
    follow_link(phone_page, "Settings for proposals")
    phone_page.get_by_label("Keywords for our theme").fill("child safety")
    phone_page.get_by_label("Coordinators only").check()
    check_page_width(phone_page, "settings")
    press_button(phone_page, "Save settings")
    check_flash_message(phone_page, "Settings saved.")
    phone_page.goto(reverse("proposals:call_detail", args=["ours", CALL_NAME]))
    follow_link(phone_page, "Accepted sessions")
    check_page_title(phone_page, "Import accepted sessions")
    phone_page.get_by_label("Or paste the rows").fill(SESSIONS_CSV)
    phone_page.get_by_label("Time zone used in the list").fill("Europe/Oslo")
    check_page_width(phone_page, "import")
    press_button(phone_page, "Import list")
    check_flash_message(phone_page, "List imported.")
    expect(phone_page.locator("main")).to_contain_text("Row 5: We could not read the date “24/06/99”.")
    check_page_width(phone_page, "sessions")
    follow_link(phone_page, "Invite the organisers of Child safety by design")
    expect(phone_page.locator("main")).to_contain_text("Dear organisers of “Child safety by design”,")
    check_page_width(phone_page, "letter")


def test_rule_is_added_in_call_form(phone_page: Page, proposal):
    phone_page.goto(reverse("proposals:call_form", args=["ours"]) + f"?from={CALL_NAME}")
    phone_page.get_by_label("Web address of the call").fill("https://example.org/call")
    phone_page.get_by_text("New rule 1").click()
    rule = phone_page.locator("details", has_text="New rule 1")
    rule.get_by_label("What does this rule check?").select_option("Number of people in a role")
    rule.get_by_label("Wording of the rule in the call for proposals").fill("At least 2 speakers are named.")
    press_button(phone_page, "Preview call for proposals")
    expect(phone_page.locator("#errors")).to_contain_text("Choose the role that this rule is about.")
    check_page_width(phone_page, "new-rule")
    rule = phone_page.locator("details", has_text="New rule 1")
    rule.get_by_label("Minimum").fill("2")
    rule.get_by_label("Speakers").check()
    press_button(phone_page, "Preview call for proposals")
    expect(phone_page.locator("main")).to_contain_text("At least 2 speakers are named.")
    check_page_width(phone_page, "rule-preview")
