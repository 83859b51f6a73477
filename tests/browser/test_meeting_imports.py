"""Importing the past in Chromium: meetings from a calendar file, attendance from a table."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jukwaa.intake.models import Reading
from jukwaa.intake.tasks import read_upload
from jukwaa.meetings.models import Meeting
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser


def build_two_event_calendar() -> bytes:
    past, coming = (timezone.now() + timedelta(days=days) for days in (-743, 40))
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{title}@example.org\r\nDTSTART:{at:%Y%m%d}T090000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for title, at in (("Call on hotlines", past), ("Dentist", past), ("Call on helplines", coming))
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Calls\r\n{events}END:VCALENDAR\r\n".encode()


def test_coordinator_imports_meetings_from_calendar(open_demo_window: Open):
    page = open_demo_window("coordinator")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Import a calendar")
    page.get_by_label("Calendar file").set_input_files(
        {"name": "calls.ics", "mimeType": "text/calendar", "buffer": b"no calendar"}
    )
    press_button(page, "Check meetings")
    expect(page.locator(".error").first).to_contain_text("This is not a calendar file.")
    page.get_by_label("Calendar file").set_input_files(
        {"name": "calls.ics", "mimeType": "text/calendar", "buffer": build_two_event_calendar()}
    )
    press_button(page, "Check meetings")
    check_page_title(page, "Check meetings")
    page.get_by_label("Dentist").uncheck()
    press_button(page, "Import meetings")
    check_flash_message(page, "2 meetings imported.")
    expect(page.get_by_role("checkbox", name="Call on helplines")).to_be_visible()
    page.goto(f"{HOME_URL}meetings/")
    expect(page.get_by_role("link", name="Dentist")).to_have_count(0)
    follow_link(page, "Call on hotlines")
    expect(page.locator("dl.facts").first).to_contain_text(re.compile("Imported from.*Calls", re.DOTALL))

    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}meetings/")
    expect(visitor.get_by_role("link", name="Call on helplines")).to_have_count(0)


@pytest.mark.scripted
def test_rapporteur_imports_folder_of_minutes(open_demo_window: Open):
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}report-imports/")
    follow_link(page, "Import several reports")
    minutes = b"Minutes.\n\nThe members agreed to share what they learn about helplines."
    files = [
        {"name": "2011-09-27 minutes.txt", "mimeType": "text/plain", "buffer": minutes},
        {"name": "2013-10-23 minutes.txt", "mimeType": "text/plain", "buffer": minutes + b" Bali."},
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"},
    ]
    page.get_by_label("Files").set_input_files(files)
    press_button(page, "Import reports")
    expect(page.locator(".flash").filter(has_text="photo.png: ")).to_have_count(1)
    expect(page.locator(".flash.success")).to_have_text(
        "We are importing 2 reports. The suggestions will appear on this page."
    )
    expect(page.locator("main")).to_contain_text("2011-09-27 minutes")
    for reading in Reading.objects.filter(state=Reading.State.READING):
        read_upload.func(reading.pk)
    follow_link(page, "2011-09-27 minutes")
    follow_link(page, "Change meeting")
    expect(page.get_by_label(re.compile("^Meeting"))).to_have_value(re.compile(r"^\d+$"))
    press_button(page, "Confirm meeting details")
    check_flash_message(page, "Meeting saved.")


def test_rapporteur_publishes_key_findings_of_year(open_demo_window: Open):
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Key findings")
    page.goto(f"{HOME_URL}meetings/findings/2009/")
    follow_link(page, "Add a key finding")
    page.get_by_label(re.compile("^Key finding")).fill("Helplines learn most from each other.")
    press_button(page, "Save")
    expect(page.locator(".error").first).to_contain_text("Select at least one record that the finding is based on.")
    page.get_by_role("checkbox").first.check()
    press_button(page, "Save")
    check_flash_message(page, "Draft saved.")

    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}meetings/findings/2009/")
    expect(visitor.locator("main")).not_to_contain_text("Helplines learn most from each other.")
    press_button(page, "Publish the draft findings")
    check_flash_message(page, "1 key finding has been published.")
    visitor.goto(f"{HOME_URL}meetings/findings/2009/")
    follow_link(visitor, "Helplines learn most from each other.")
    expect(visitor.get_by_role("heading", name="Based on")).to_be_visible()


def test_rapporteur_adds_key_messages_and_sees_deadline(open_demo_window: Open):
    meeting = Meeting.objects.get(title="Bali, 2013")
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/{meeting.pk}/report/edit/")
    page.locator("#p-messages").get_by_role("link", name="Edit this paragraph").click()
    page.get_by_label(re.compile("^Paragraph")).fill("Share data.\nFund helplines.")
    page.locator("main form button").first.click()
    page.goto(f"{HOME_URL}meetings/{meeting.pk}/report/")
    expect(page.locator("article.document")).to_contain_text("Key messages")
    expect(page.locator("article.document li").filter(has_text="Fund helplines.")).to_have_count(1)
    expect(page.locator("article.document")).to_contain_text("By regional group")


def test_rapporteur_imports_attendance_from_table(open_demo_window: Open):
    meeting = Meeting.objects.get(title="Bali, 2013")
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/{meeting.pk}/attendance/import/")
    files = {
        "photo.png": ("image/png", b"\x89PNG\r\n\x1a\n"),
        "people.csv": (
            "text/csv",
            (
                b"Session in Bali\n\nOrganisation,Country\nA ministry of the demo,Chile\niPhone,\n"
                b"A helpline of the demo,Kenya\n"
            ),
        ),
    }
    for name, (kind, content) in files.items():
        page.get_by_label("Attendance file").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        page.locator("main form button").first.click()
        if name == "photo.png":
            expect(page.locator(".error").first).to_be_visible()
    check_page_title(page, "Check attendance")
    expect(page.get_by_role("checkbox", name=re.compile("^A ministry of the demo"))).to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("^iPhone"))).not_to_be_checked()
    page.get_by_role("checkbox", name=re.compile("^A helpline of the demo")).uncheck()
    press_button(page, "Record attendance")
    expect(page.locator(".flash.success")).to_be_visible()
    attendance = page.locator("section[aria-labelledby=attendance]")
    expect(attendance).to_contain_text("A ministry of the demo")
    for name in ("A helpline of the demo", "iPhone"):
        expect(attendance).not_to_contain_text(name)


def test_rapporteur_links_event_to_meeting(open_demo_window: Open):
    meeting = Meeting.objects.get(title="Bali, 2013")
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/{meeting.pk}/")
    follow_link(page, "Link events and plans")
    event = page.get_by_role("checkbox").first
    title = event.evaluate("box => box.closest('label') ? box.closest('label').textContent.trim() : ''")
    event.check()
    press_button(page, "Save")
    check_flash_message(page, "Changes saved.")
    visitor = open_demo_window()
    visitor.goto(f"{HOME_URL}meetings/{meeting.pk}/")
    expect(visitor.locator("main").get_by_role("link", name=title)).to_have_count(1)
