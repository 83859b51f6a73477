"""Preparing a meeting in Chromium: ideas and what becomes of them, the agenda, a new time, and who will attend."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.mail.models import Message
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas
from jukwaa.meetings.models import Idea, Meeting
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.browser.conftest import Open, get_demo_person, send_all_notifications
from tests.browser.test_journeys import (
    HOME_URL,
    check_flash_message,
    check_page_title,
    download_linked_file,
    follow_link,
    press_button,
)

pytestmark = pytest.mark.browser
ECPAT, ITU, HELPLINE = "member of ECPAT International", "member from the ITU", "member of a made-up helpline"
IDEAS_URL = f"{HOME_URL}meetings/ideas/"
NEXT_MEETING_TITLE = "Preparing the session at the next Internet Governance Forum"


def get_email_to(persona_title: str, email_subject: str) -> Message:
    return Message.objects.filter(to=get_demo_person(persona_title).email, subject__contains=email_subject).latest("pk")


def suggest_idea(page: Page, text: str) -> str:
    page.goto(IDEAS_URL)
    page.get_by_label("Your idea").fill(text)
    press_button(page, "Suggest idea")
    check_flash_message(page, "Your idea has been published.")
    check_page_title(page, text)
    return page.url


def test_idea_is_supported_merged_and_added_to_agenda(open_demo_window: Open):
    author, other, supporter = open_demo_window(ECPAT), open_demo_window(HELPLINE), open_demo_window(ITU)
    address = suggest_idea(author, "Agree on one short guide for teachers")

    supporter.goto(address)
    press_button(supporter, "Support this idea")
    check_flash_message(supporter, "You support this idea.")
    expect(supporter.locator("main")).to_contain_text("2 people support this idea")
    supporter.get_by_label("Your comment").fill("We can print it.")
    press_button(supporter, "Post comment")

    similar = suggest_idea(other, "Write a leaflet for teachers")
    follow_link(other, "Ask to merge this idea into another")
    other.get_by_label("Merge this idea into").select_option("Agree on one short guide for teachers")
    press_button(other, "Send request")
    author.goto(address)
    press_button(author, "Merge ideas")
    check_flash_message(author, "The ideas have been merged.")
    expect(author.locator("main")).to_contain_text("3 people support this idea")
    expect(author.get_by_role("heading", name="Ideas merged into this one")).to_be_visible()
    expect(author.locator("#talk")).to_contain_text("We can print it.")
    other.goto(similar)
    expect(other.locator(".notice")).to_contain_text("Merged into Agree on one short guide for teachers")

    coordinator = open_demo_window("coordinator")
    coordinator.goto(address)
    follow_link(coordinator, "Add this idea to an agenda")
    coordinator.get_by_label("Meeting", exact=True).select_option(str(Meeting.objects.get(title=NEXT_MEETING_TITLE).pk))
    press_button(coordinator, "Add to agenda")
    check_flash_message(coordinator, "The idea is now an agenda item.")
    coordinator.goto(Meeting.objects.get(title=NEXT_MEETING_TITLE).get_absolute_url())
    expect(coordinator.locator("section[aria-labelledby=agenda]")).to_contain_text("one short guide for teachers")
    send_all_notifications()
    for title in (ECPAT, ITU, HELPLINE):
        assert NEXT_MEETING_TITLE in get_email_to(title, "guide for teachers").body


def test_declined_idea_shows_reason_to_author(open_demo_window: Open):
    author, coordinator = open_demo_window(ECPAT), open_demo_window("coordinator")
    address = suggest_idea(author, "Meet every week")
    coordinator.goto(address)
    coordinator.locator("main").get_by_role("link", name="Decline this idea", exact=True).click()
    press_button(coordinator, "Decline idea")
    expect(coordinator.locator(".error").first).to_contain_text("Enter a reason.")
    coordinator.get_by_label("Reason").fill("Members have time for one call a month.")
    press_button(coordinator, "Decline idea")
    check_flash_message(coordinator, "The idea has been declined.")
    author.goto(address)
    expect(author.locator(".notice")).to_contain_text("Declined: Members have time for one call a month.")
    send_all_notifications()
    assert "Members have time for one call a month." in get_email_to(ECPAT, "Meet every week").body
    assert not Idea.objects.get(title="Meet every week").is_open


def test_agenda_is_built_from_suggestions_and_sent_with_update(open_demo_window: Open):
    meeting = Meeting.objects.get(title=NEXT_MEETING_TITLE)
    send_due_meeting_agendas(timezone.now())  # the one that the demo sent
    page, member = open_demo_window("coordinator"), open_demo_window(ITU)
    page.goto(f"{meeting.get_absolute_url()}agenda/")
    follow_link(page, "See suggested items")
    choice = page.locator("label.choice").filter(has_text="Publish one short toolkit")
    expect(choice).to_contain_text("Idea supported by")
    choice.locator("input").check()
    press_button(page, "Add selected items")
    follow_link(page, "Add an agenda item")
    page.get_by_label("Title", exact=True).fill("Who chairs the session")
    page.get_by_label("Purpose").select_option("decision")
    page.get_by_label(re.compile("^Planned length")).fill("10")
    press_button(page, "Add agenda item")
    check_flash_message(page, "“Who chairs the session” has been added to the agenda.")

    member.goto(meeting.get_absolute_url())
    follow_link(member, "Send an update on your work")
    member.get_by_label("Your update").fill("We opened a helpline for teachers.")
    press_button(member, "Send update")
    check_flash_message(member, "Your update has been added to the agenda.")

    page.goto(f"{meeting.get_absolute_url()}agenda/")
    expect(page.locator("#updates")).to_contain_text("We opened a helpline for teachers.")
    follow_link(page, "Send the agenda again")
    press_button(page, "Send agenda")
    check_flash_message(page, "The agenda is being sent to the members.")
    send_due_meeting_agendas(timezone.now())
    body = get_email_to(ITU, "Changed agenda").body
    assert "Who chairs the session" in body
    assert "Publish one short toolkit" in body


@pytest.mark.scripted
def test_rescheduled_meeting_sends_newer_calendar_file(open_demo_window: Open):
    meeting = Meeting.objects.get(title=NEXT_MEETING_TITLE)
    page, member = open_demo_window("coordinator"), open_demo_window(ITU)
    member.goto(meeting.get_absolute_url())
    assert b"SEQUENCE:0" in download_linked_file(member, "Add to calendar")
    page.goto(meeting.get_absolute_url())
    follow_link(page, re.compile("^Edit the meeting$"))
    page.get_by_label(re.compile("^Start time")).fill("16:15")
    press_button(page, "Save")
    check_flash_message(page, "Changes saved.")
    member.reload()
    expect(member.locator("dl.facts").first).to_contain_text("16:15 to 17:45, Nairobi (UTC+3)")
    expect(member.locator("dl.facts").first).to_contain_text("13:15 to 14:45")
    assert b"SEQUENCE:1" in download_linked_file(member, "Add to calendar")
    while send_pending_activity_notifications(timezone.now() + timedelta(hours=1)):
        pass
    moved = get_email_to(ITU, "New time")
    assert "14:00 to 15:30" in moved.body
    assert "16:15 to 17:45" in moved.body
    assert "SEQUENCE:1" in moved.calendar


def test_invitation_is_answered_by_link_without_sign_in(open_demo_window: Open):
    meeting = Meeting.objects.get(title=NEXT_MEETING_TITLE)
    while send_pending_activity_notifications(timezone.now() + timedelta(hours=1)):
        pass
    link = re.search(r"https?://\S+\?answer=yes", get_email_to(ITU, f"Invitation: {NEXT_MEETING_TITLE}").body)[0]
    page, coordinator, visitor = open_demo_window(), open_demo_window("coordinator"), open_demo_window()
    page.goto(link)
    check_page_title(page, NEXT_MEETING_TITLE)
    expect(page.locator("main")).to_contain_text("m…@demo.example")
    expect(page.get_by_label("I will attend", exact=True)).to_be_checked()
    page.get_by_label("A colleague will attend").check()
    press_button(page, "Send reply")
    check_flash_message(page, "Your reply has been recorded.")
    expect(page.locator(".notice")).to_contain_text("Your reply: A colleague will attend")

    coordinator.goto(meeting.get_absolute_url())
    attendees = coordinator.locator("section[aria-labelledby=attendees]")
    expect(attendees).to_contain_text("International Telecommunication Union (a colleague will attend)")
    expect(attendees.get_by_role("heading", name="Regions and groups without an attendee")).to_be_visible()
    follow_link(coordinator, "Reply to the invitation")
    coordinator.get_by_label("I will not attend").check()
    press_button(coordinator, "Send reply")
    expect(attendees).to_contain_text("1 will not attend")
    visitor.goto(meeting.get_absolute_url())
    expect(visitor.get_by_role("heading", name="Who will attend")).to_have_count(0)
