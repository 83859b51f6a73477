"""A meeting from its first minute to what came of it: minutes, decisions and commitments, walked on the demo."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from jukwaa.meetings.models import Commitment, Entry, Meeting
from tests.browser.conftest import Open, send_all_notifications
from tests.browser.test_journeys import (
    HOME_URL,
    check_flash_message,
    check_page_title,
    download_linked_file,
    follow_link,
    press_button,
)
from tests.browser.test_meeting_preparation import ECPAT, ITU, get_email_to

pytestmark = pytest.mark.browser
CALL, HELD = "Working call: good practices for helplines", "Online call of the members"
HELPLINE_REQUEST = "A helpline was asked to hand over the names of callers."


def add_minutes_line(page: Page, text: str, **fields: str) -> None:
    """Save a line, and wait until it has left the form."""
    if kind := fields.get("kind"):
        page.get_by_label("Type").select_option(kind)
    page.get_by_label(re.compile("^Speaker")).fill(fields.get("speaker", ""))
    page.get_by_label("What was said or agreed").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_label("What was said or agreed")).to_have_value("")


def get_minutes_lines(page: Page, *, has_scripts: bool) -> Locator:
    """The lines of the minutes; without scripts the page is loaded again to see those of others."""
    if not has_scripts:
        page.goto(page.url)
    return page.locator("#lines > li")


def set_current_item(page: Page, item_title: str) -> None:
    page.get_by_label(re.compile("^Current agenda item")).select_option(item_title)
    press_button(page, "Set the current agenda item")


def add_meeting_entry(page: Page, meeting: Meeting, kind: str, text: str, **fields: str) -> Entry:
    page.goto(meeting.get_absolute_url())
    follow_link(page, "Add an entry to the minutes")
    page.get_by_label("Type").select_option(kind)
    page.get_by_label("What was said, agreed or promised").fill(text)
    for label, value in fields.items():
        page.get_by_label(re.compile(f"^{label}")).first.fill(value)
    press_button(page, "Add entry")
    check_flash_message(page, "The entry has been added to the minutes.")
    return Entry.objects.filter(meeting=meeting).latest("pk")


@pytest.mark.scripted
def test_minutes_of_two_note_takers_are_approved_and_summarised(open_demo_window: Open):
    meeting, script = Meeting.objects.get(title=CALL), open_demo_window.has_scripts  # type: ignore[attr-defined]  # set by the fixture
    first, second, reader, visitor = (
        open_demo_window("rapporteur"),
        open_demo_window("coordinator"),
        open_demo_window(ECPAT),
        open_demo_window(),
    )
    for page in (first, second, reader):
        page.goto(meeting.get_absolute_url())
    follow_link(first, "Take minutes")
    follow_link(second, "Take minutes")
    follow_link(reader, "Read the draft minutes")
    add_minutes_line(first, "Chat is open at night.", kind="observation", speaker="ec")
    expect(get_minutes_lines(second, has_scripts=script).first).to_contain_text("Chat is open at night.")
    expect(second.locator("#lines > li").first).to_contain_text("ECPAT International")

    _check_chatham_house_item(first, second, reader, has_scripts=script)
    _continue_after_lost_connection(first, second, reader, has_scripts=script)
    visitor.goto(meeting.get_absolute_url())
    expect(visitor.locator("main")).to_contain_text(
        "The minutes will appear on this page when they have been approved."
    )
    _check_in_attendee(open_demo_window, second, meeting)
    _end_and_approve(second, meeting)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("All members publish their hours.")
    expect(visitor.locator("main")).to_contain_text(HELPLINE_REQUEST)

    follow_link(second, "Send summary")
    expect(second.locator("main")).to_contain_text("All members publish their hours.")
    press_button(second, "Send summary")
    check_flash_message(second, "We will email the summary within an hour.")
    send_all_notifications()
    summary = get_email_to(ITU, f"Summary: {CALL}").body
    assert "All members publish their hours." in summary
    assert HELPLINE_REQUEST not in summary


def _check_chatham_house_item(first_page: Page, second_page: Page, reader: Page, *, has_scripts: bool) -> None:
    """Nobody but the note-takers reads what is said, until the next item."""
    set_current_item(second_page, "Age checks: what they can and cannot do")
    follow_link(second_page, "Hold this agenda item under the Chatham House Rule")
    press_button(second_page, "Hold this item under the Chatham House Rule")
    check_flash_message(second_page, "This agenda item is now held under the Chatham House Rule.")
    add_minutes_line(second_page, HELPLINE_REQUEST)
    get_minutes_lines(second_page, has_scripts=has_scripts)
    expect(second_page.locator("#now")).to_contain_text(HELPLINE_REQUEST)
    get_minutes_lines(reader, has_scripts=has_scripts)
    expect(reader.locator("#now")).to_contain_text("being held under the Chatham House Rule")
    assert HELPLINE_REQUEST not in reader.content()
    get_minutes_lines(first_page, has_scripts=has_scripts)
    expect(first_page.locator("#now")).to_contain_text(HELPLINE_REQUEST)
    set_current_item(second_page, "Who will document it")
    held = get_minutes_lines(reader, has_scripts=has_scripts).filter(has_text=HELPLINE_REQUEST)
    expect(held).to_have_count(1)
    expect(held.locator(".voice, .capacity b")).to_have_count(0)


def _continue_after_lost_connection(first_page: Page, second_page: Page, reader: Page, *, has_scripts: bool) -> None:
    get_minutes_lines(first_page, has_scripts=has_scripts)
    expect(first_page.locator("#now")).to_contain_text("Who will document it")
    if has_scripts:  # a plain form tells the note-taker that it could not be sent
        first_page.context.set_offline(True)
        add_minutes_line(first_page, "The connection was poor.", kind="report")
        expect(first_page.locator("#unsent")).to_contain_text("The connection was poor.")
    add_minutes_line(second_page, "All members publish their hours.", kind="decision")
    if has_scripts:
        first_page.context.set_offline(False)
        expect(first_page.locator("#unsent")).to_be_hidden()
        expect(
            get_minutes_lines(reader, has_scripts=has_scripts).filter(has_text="The connection was poor.")
        ).to_have_count(1)
    for page in (first_page, reader):
        expect(
            get_minutes_lines(page, has_scripts=has_scripts).filter(has_text="All members publish their hours.")
        ).to_have_count(1)


def _check_in_attendee(open_demo_window: Open, coordinator: Page, meeting: Meeting) -> None:
    coordinator.goto(meeting.get_absolute_url())
    follow_link(coordinator, "Check-in link")
    expect(coordinator.get_by_role("img", name="QR code of the check-in link")).to_be_visible()
    link = coordinator.locator("main a[href*='/check-in/']").get_attribute("href")
    member, stranger = open_demo_window(ITU), open_demo_window("newcomer")
    member.goto(str(link))
    press_button(member, "Record my attendance")
    check_flash_message(member, "Your attendance has been recorded.")
    # An item of the meeting is under the Chatham House Rule: those who keep the minutes alone see names.
    expect(member.locator("section[aria-labelledby=attendance]")).to_contain_text("Names are not shown")
    coordinator.goto(meeting.get_absolute_url())
    expect(coordinator.locator("section[aria-labelledby=attendance]")).to_contain_text(
        "International Telecommunication Union"
    )
    stranger.goto(str(link))
    expect(stranger.locator("main")).to_contain_text("Only members of the coalition can check in.")


def _end_and_approve(page: Page, meeting: Meeting) -> None:
    """The call ends earlier than planned."""
    page.goto(meeting.get_absolute_url())
    follow_link(page, re.compile("^Edit the meeting$"))
    page.get_by_label(re.compile("^Duration")).fill("15")
    press_button(page, "Save")
    check_flash_message(page, "Changes saved.")
    follow_link(page, "Approve minutes")
    press_button(page, "Approve minutes")
    check_flash_message(page, "The minutes have been approved.")


def test_decision_with_dissent_is_superseded_in_register(open_demo_window: Open):
    meeting, page, reader = Meeting.objects.get(title=HELD), open_demo_window("rapporteur"), open_demo_window()
    earlier = add_meeting_entry(page, meeting, "decision", "The coalition meets every second month.")
    page.goto(earlier.get_absolute_url())
    follow_link(page, "Update the register")
    page.get_by_label("How was the decision made?").select_option("rough-consensus")
    press_button(page, "Save")
    check_flash_message(page, "The register of decisions has been updated.")
    follow_link(page, "Record who stood aside or objected")
    page.get_by_label("Organisation or person").fill("ECPAT International")
    page.get_by_label("Objected", exact=True).check()
    page.get_by_label("Reason, in their own words").fill("Every month would be better.")
    press_button(page, "Save")
    check_flash_message(page, "The statement has been recorded with the decision.")

    later = add_meeting_entry(page, meeting, "decision", "The coalition meets every month.")
    page.goto(earlier.get_absolute_url())
    follow_link(page, "Update the register")
    page.get_by_label("Superseded by").select_option(later.text)
    press_button(page, "Save")
    expect(page.locator(".error").first).to_contain_text("Choose “Superseded”")
    page.get_by_label("Status", exact=True).select_option("superseded")
    press_button(page, "Save")

    reader.goto(f"{HOME_URL}meetings/decisions/?status=superseded")
    follow_link(reader, earlier.text)
    register = reader.locator("section[aria-labelledby=register]")
    for words in ("Superseded", "Rough consensus", "ECPAT International", "Objected", "Every month would be better."):
        expect(register).to_contain_text(words)
    follow_link(reader, later.text)
    check_page_title(reader, later.text)
    expect(reader.locator("section[aria-labelledby=register]")).to_contain_text("In force")
    reader.goto(f"{HOME_URL}meetings/decisions/")
    assert earlier.text in download_linked_file(reader, "CSV").decode()


def test_owner_confirms_commitment_and_reports_progress(open_demo_window: Open):
    meeting, due = Meeting.objects.get(title=HELD), timezone.localdate() + timedelta(days=30)
    page, owner, visitor = open_demo_window("rapporteur"), open_demo_window(ITU), open_demo_window()
    text = "The ITU will lend a room to the next session."
    entry = add_meeting_entry(
        page,
        meeting,
        "commitment",
        text,
        Owner="International Telecommunication Union",
        **{"Due date": due.isoformat()},
    )
    visitor.goto(entry.get_absolute_url())
    check_page_title(visitor, "A member will lend a room to the next session.")
    expect(visitor.locator("aside").first).to_contain_text("a member (not confirmed yet)")
    assert "International Telecommunication Union" not in visitor.locator("main").inner_text()

    owner.goto(f"{HOME_URL}tasks/")
    follow_link(owner, re.compile("^Confirm the commitment"))
    check_page_title(owner, text)
    press_button(owner, "Confirm the commitment")
    check_flash_message(owner, "Commitment confirmed.")
    visitor.reload()
    check_page_title(visitor, text)
    expect(visitor.locator("aside").first).to_contain_text("International Telecommunication Union")

    owner.get_by_label("Status", exact=True).select_option("kept")
    owner.get_by_label("Note").first.fill("The room is booked.")
    owner.get_by_label("Link to evidence").fill("https://example.org/room")
    press_button(owner, "Save changes")
    check_flash_message(owner, "Status updated.")
    visitor.reload()
    expect(visitor.locator("aside").first).to_contain_text("The room is booked.")
    expect(visitor.locator("aside").first.locator("a[href='https://example.org/room']")).to_be_visible()
    assert Commitment.objects.get(entry=entry).progress == "kept"
