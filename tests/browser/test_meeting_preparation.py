"""Preparing a meeting in Chromium: ideas and what becomes of them, the agenda, a new time, and who will attend."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.mail.models import Message
from jukwaa.meetings.meeting_reminders import send_due_agendas
from jukwaa.meetings.models import Idea, Meeting
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.browser.conftest import Open, get_persona, send_all_notifications
from tests.browser.test_journeys import HOME, check_message, check_title, download_file, follow, press

pytestmark = pytest.mark.browser
ECPAT, ITU, HELPLINE = "member of ECPAT International", "member from the ITU", "member of a made-up helpline"
IDEAS = f"{HOME}meetings/ideas/"
NEXT = "Preparing the session at the next Internet Governance Forum"


def get_email(title: str, subject: str) -> Message:
    return Message.objects.filter(to=get_persona(title).email, subject__contains=subject).latest("pk")


def suggest_idea(page: Page, text: str) -> str:
    page.goto(IDEAS)
    page.get_by_label("Your idea").fill(text)
    press(page, "Suggest idea")
    check_message(page, "Your idea has been published.")
    check_title(page, text)
    return page.url


def test_idea_is_supported_merged_and_added_to_agenda(window: Open):
    author, other, supporter = window(ECPAT), window(HELPLINE), window(ITU)
    address = suggest_idea(author, "Agree on one short guide for teachers")

    supporter.goto(address)
    press(supporter, "Support this idea")
    check_message(supporter, "You support this idea.")
    expect(supporter.locator("main")).to_contain_text("2 people support this idea")
    supporter.get_by_label("Your comment").fill("We can print it.")
    press(supporter, "Post comment")

    similar = suggest_idea(other, "Write a leaflet for teachers")
    follow(other, "Ask to merge this idea into another")
    other.get_by_label("Merge this idea into").select_option("Agree on one short guide for teachers")
    press(other, "Send request")
    author.goto(address)
    press(author, "Merge ideas")
    check_message(author, "The ideas have been merged.")
    expect(author.locator("main")).to_contain_text("3 people support this idea")
    expect(author.get_by_role("heading", name="Ideas merged into this one")).to_be_visible()
    expect(author.locator("#talk")).to_contain_text("We can print it.")
    other.goto(similar)
    expect(other.locator(".notice")).to_contain_text("Merged into Agree on one short guide for teachers")

    coordinator = window("coordinator")
    coordinator.goto(address)
    follow(coordinator, "Add this idea to an agenda")
    coordinator.get_by_label("Meeting", exact=True).select_option(str(Meeting.objects.get(title=NEXT).pk))
    press(coordinator, "Add to agenda")
    check_message(coordinator, "The idea is now an agenda item.")
    coordinator.goto(Meeting.objects.get(title=NEXT).get_absolute_url())
    expect(coordinator.locator("section[aria-labelledby=agenda]")).to_contain_text("one short guide for teachers")
    send_all_notifications()
    for title in (ECPAT, ITU, HELPLINE):
        assert NEXT in get_email(title, "guide for teachers").body


def test_declined_idea_shows_reason_to_author(window: Open):
    author, coordinator = window(ECPAT), window("coordinator")
    address = suggest_idea(author, "Meet every week")
    coordinator.goto(address)
    coordinator.locator("main").get_by_role("link", name="Decline this idea", exact=True).click()
    press(coordinator, "Decline idea")
    expect(coordinator.locator(".error").first).to_contain_text("Enter a reason.")
    coordinator.get_by_label("Reason").fill("Members have time for one call a month.")
    press(coordinator, "Decline idea")
    check_message(coordinator, "The idea has been declined.")
    author.goto(address)
    expect(author.locator(".notice")).to_contain_text("Declined: Members have time for one call a month.")
    send_all_notifications()
    assert "Members have time for one call a month." in get_email(ECPAT, "Meet every week").body
    assert not Idea.objects.get(title="Meet every week").is_open


def test_agenda_is_built_from_suggestions_and_sent_with_update(window: Open):
    meeting = Meeting.objects.get(title=NEXT)
    send_due_agendas(timezone.now())  # the one that the demo sent
    page, member = window("coordinator"), window(ITU)
    page.goto(f"{meeting.get_absolute_url()}agenda/")
    follow(page, "See suggested items")
    choice = page.locator("label.choice").filter(has_text="Publish one short toolkit")
    expect(choice).to_contain_text("Idea supported by")
    choice.locator("input").check()
    press(page, "Add selected items")
    follow(page, "Add an agenda item")
    page.get_by_label("Title", exact=True).fill("Who chairs the session")
    page.get_by_label("Purpose").select_option("decision")
    page.get_by_label(re.compile("^Planned length")).fill("10")
    press(page, "Add agenda item")
    check_message(page, "“Who chairs the session” has been added to the agenda.")

    member.goto(meeting.get_absolute_url())
    follow(member, "Send an update on your work")
    member.get_by_label("Your update").fill("We opened a helpline for teachers.")
    press(member, "Send update")
    check_message(member, "Your update has been added to the agenda.")

    page.goto(f"{meeting.get_absolute_url()}agenda/")
    expect(page.locator("#updates")).to_contain_text("We opened a helpline for teachers.")
    follow(page, "Send the agenda again")
    press(page, "Send agenda")
    check_message(page, "The agenda is being sent to the members.")
    send_due_agendas(timezone.now())
    body = get_email(ITU, "Changed agenda").body
    assert "Who chairs the session" in body
    assert "Publish one short toolkit" in body


@pytest.mark.scripted
def test_rescheduled_meeting_sends_newer_calendar_file(window: Open):
    meeting = Meeting.objects.get(title=NEXT)
    page, member = window("coordinator"), window(ITU)
    member.goto(meeting.get_absolute_url())
    assert b"SEQUENCE:0" in download_file(member, "Add to calendar")
    page.goto(meeting.get_absolute_url())
    follow(page, re.compile("^Edit the meeting$"))
    page.get_by_label(re.compile("^Start time")).fill("16:15")
    press(page, "Save")
    check_message(page, "Changes saved.")
    member.reload()
    expect(member.locator("dl.facts").first).to_contain_text("16:15 to 17:45, Nairobi (UTC+3)")
    expect(member.locator("dl.facts").first).to_contain_text("13:15 to 14:45")
    assert b"SEQUENCE:1" in download_file(member, "Add to calendar")
    while notify_untold_activities(timezone.now() + timedelta(hours=1)):
        pass
    moved = get_email(ITU, "New time")
    assert "14:00 to 15:30" in moved.body
    assert "16:15 to 17:45" in moved.body
    assert "SEQUENCE:1" in moved.calendar


def test_invitation_is_answered_by_link_without_sign_in(window: Open):
    meeting = Meeting.objects.get(title=NEXT)
    while notify_untold_activities(timezone.now() + timedelta(hours=1)):
        pass
    link = re.search(r"https?://\S+\?answer=yes", get_email(ITU, f"Invitation: {NEXT}").body)[0]
    page, coordinator, visitor = window(), window("coordinator"), window()
    page.goto(link)
    check_title(page, NEXT)
    expect(page.locator("main")).to_contain_text("m…@demo.example")
    expect(page.get_by_label("I will attend", exact=True)).to_be_checked()
    page.get_by_label("A colleague will attend").check()
    press(page, "Send reply")
    check_message(page, "Your reply has been recorded.")
    expect(page.locator(".notice")).to_contain_text("Your reply: A colleague will attend")

    coordinator.goto(meeting.get_absolute_url())
    attendees = coordinator.locator("section[aria-labelledby=attendees]")
    expect(attendees).to_contain_text("International Telecommunication Union (a colleague will attend)")
    expect(attendees.get_by_role("heading", name="Regions and groups without an attendee")).to_be_visible()
    follow(coordinator, "Reply to the invitation")
    coordinator.get_by_label("I will not attend").check()
    press(coordinator, "Send reply")
    expect(attendees).to_contain_text("1 will not attend")
    visitor.goto(meeting.get_absolute_url())
    expect(visitor.get_by_role("heading", name="Who will attend")).to_have_count(0)
