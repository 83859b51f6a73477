"""What a person can do, walked on the demo in Chromium: those over pages with a script once more without it."""

import io
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from jukwaa.intake.models import Reading, Suggestion
from jukwaa.meetings.models import Entry, Meeting
from tests.browser.conftest import Open
from tests.intake.readings import REPORT_TEXT

pytestmark = pytest.mark.browser

HOME_URL = "/child-online-safety/"
SHARM_MEETING_TITLE = "Sharm El Sheikh, 2009"
OFFER_SENTENCE = "The ITU offered to provide technical solutions to the coalition if such need arose."


def check_page_title(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def check_flash_message(page: Page, text: str) -> None:
    expect(page.locator(".flash")).to_contain_text(text)


def follow_link(page: Page, link_name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("link", name=link_name).first.click()


def press_button(page: Page, button_name: str) -> None:
    """Until it is answered: whoever leaves the page or looks into the database sooner may find nothing done."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("main").get_by_role("button", name=button_name, exact=True).first.click()


def download_linked_file(page: Page, link_name: str) -> bytes:
    """The file behind a link, as the browser of this reader gets it."""
    link = page.locator("main").get_by_role("link", name=link_name, exact=True).get_attribute("href")
    answer = page.request.get(str(link))
    assert (answer.status, answer.headers.get("content-disposition", "")[:10]) == (200, "attachment")
    return answer.body()


def test_visitor_follows_entry_to_its_source(open_demo_window: Open):
    page = open_demo_window()
    page.goto(HOME_URL)
    check_page_title(page, "Child Online Safety")
    for part in ("What is new", "Recent decisions and commitments", "Who we are"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Meetings").click()
    follow_link(page, SHARM_MEETING_TITLE)
    check_page_title(page, SHARM_MEETING_TITLE)
    attendance = page.get_by_role("row").filter(has_text="ITU representatives")
    expect(attendance).to_contain_text("new member")
    commitment = page.locator("section[aria-labelledby=commitments]").get_by_role("row").filter(has_text="proposal")
    expect(commitment).to_contain_text("The coordinator of the coalition")
    expect(commitment).to_contain_text("No due date")

    page.locator(".minutes li").filter(has_text="offered to provide").get_by_role("link", name="Open the entry").click()
    expect(page.get_by_role("heading", name="Where this comes from")).to_be_visible()
    expect(page.locator(".source mark")).to_have_text(re.compile("offered to provide technical solutions"))
    follow_link(page, re.compile("^Report of the session"))
    check_page_title(page, "Report of the session at Sharm El Sheikh, 2009")
    expect(page.locator("mark").filter(has_text="offered to provide technical solutions")).to_be_visible()
    page.get_by_role("searchbox").fill("technical solutions")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main")).to_contain_text("technical solutions")


@pytest.mark.scripted
def test_rapporteur_imports_old_report(open_demo_window: Open):
    page = open_demo_window("rapporteur")
    page.goto(HOME_URL)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Manage").click()
    page.get_by_role("navigation", name="Manage").get_by_role("link", name="Report import").click()
    follow_link(page, re.compile("Import a report"))
    page.get_by_label("Text of the report").fill(REPORT_TEXT)
    page.get_by_label("Name of the new meeting").fill("Session in Nairobi")
    page.get_by_label("Date of the meeting").fill("2026")
    press_button(page, "Import report")
    expect(page.locator("#bar")).to_be_visible()
    desk = page.url
    _review_suggestions(page, with_keys=open_demo_window.has_scripts)  # type: ignore[attr-defined]

    # Leaving and coming back from the desk where everything that waits is listed.
    page.goto(f"{HOME_URL}tasks/")
    follow_link(page, re.compile("^Review suggestions from"))
    expect(page.locator("#bar")).to_contain_text("1 accepted, 0 edited, 1 rejected")
    while (waiting := Suggestion.objects.waiting().count()) > 0:
        page.locator("[data-key=a]").first.click()
        expect(page.locator("#bar")).to_contain_text(_format_suggestion_count(waiting - 1))
    before = Entry.objects.count()
    page.get_by_role("link", name=re.compile("^Add .* to the record$")).click()
    press_button(page, "Add everything to the record")
    check_page_title(page, "Session in Nairobi")
    entered = Entry.objects.count()
    assert entered > before

    # The same text once more is the same reading, and nothing of it is touched.
    page.goto(f"{HOME_URL}report-imports/new/")
    page.get_by_label("Text of the report").fill(REPORT_TEXT)
    page.get_by_label("Name of the new meeting").fill("Another name")
    press_button(page, "Import report")
    expect(page).to_have_url(re.compile(f"^{re.escape(re.split('[?#]', desk)[0])}([?#]|$)"))
    assert (Entry.objects.count(), Reading.objects.filter(title__contains="Nairobi").count()) == (entered, 1)


def _format_suggestion_count(suggestion_count: int) -> str:
    if suggestion_count > 1:
        return f"{suggestion_count} suggestions to review"
    return "1 suggestion to review" if suggestion_count else "All suggestions reviewed"


def _review_suggestions(page: Page, *, with_keys: bool) -> None:
    """One accepted and one refused: by keyboard, or by the buttons of a plain page."""
    expect(page.locator("#bar")).to_contain_text("suggestions to review")
    if with_keys:  # a key pressed before the script runs falls on nothing
        expect(page.locator("html[data-scripted]")).to_be_attached()
    for key, name, said in (("a", "Accept", "1 accepted, 0 edited, 0 rejected"), ("r", "Reject", "1 rejected")):
        if with_keys:
            page.keyboard.press(key)
        else:
            press_button(page, name)
        expect(page.locator("#bar")).to_contain_text(said)


def test_rapporteur_downloads_report(open_demo_window: Open):
    page = open_demo_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, SHARM_MEETING_TITLE)
    follow_link(page, "Session report")
    press_button(page, "Unpublish the report")
    expect(page.locator(".document")).to_contain_text(OFFER_SENTENCE)
    report = page.url
    follow_link(page, "Edit")
    follow_link(page, "Edit this paragraph")
    text = page.locator("main textarea").first
    text.fill(f"{text.input_value()} A sentence of the rapporteur.")
    press_button(page, "Save paragraph")
    check_flash_message(page, "Paragraph saved.")
    page.goto(report)
    press_button(page, "Publish the report")
    check_flash_message(page, "Report published.")

    reader = open_demo_window()
    reader.goto(report)
    expect(reader.locator(".document")).to_contain_text("A sentence of the rapporteur.")
    plain = " ".join(download_linked_file(reader, "Download as plain text").decode().split())
    assert "A sentence of the rapporteur." in plain
    assert OFFER_SENTENCE.removesuffix(".") in plain
    assert download_linked_file(reader, "Download as Word")[:2] == b"PK"
    assert download_linked_file(reader, "Download as PDF")[:5] == b"%PDF-"
    follow_link(reader, re.compile("IGF"))
    expect(reader.locator(".document")).to_contain_text("Internet Governance Forum")


def test_coordinator_manages_membership(open_demo_window: Open):
    newcomer, coordinator = open_demo_window("newcomer"), open_demo_window("coordinator")
    newcomer.goto(HOME_URL)
    follow_link(newcomer, "Apply to join")
    newcomer.get_by_label("Name of the organisation").fill("A network of schools in Ghana")
    newcomer.get_by_label("Country").select_option("GH")
    newcomer.get_by_label("Stakeholder group").select_option("civil-society")
    newcomer.get_by_label("Why you would like to join").fill("We answer calls of children.")
    press_button(newcomer, "Send application")
    check_flash_message(newcomer, "Your application has been sent to the coordinators.")

    coordinator.goto(f"{HOME_URL}tasks/")
    follow_link(coordinator, re.compile("^Answer the application from"))
    press_button(coordinator, "Accept application")
    check_flash_message(coordinator, "is now a member")
    _confirm_affiliation(open_demo_window, coordinator)

    coordinator.goto(f"{HOME_URL}roles/")
    rows = coordinator.get_by_role("row").filter(
        has=coordinator.get_by_role("rowheader", name=re.compile("^rapporteur", re.IGNORECASE))
    )
    rows.get_by_role("link", name="Hand over role").click()
    coordinator.get_by_label("Successor").fill("member-from-the-itu@demo.example")
    press_button(coordinator, "Hand over role")
    check_flash_message(coordinator, "The role has been handed over.")
    # The last day of the one and the first of the other are the same.
    rapporteurs = rows.locator("td:first-of-type")
    expect(rapporteurs.filter(has_text="The rapporteur")).to_have_count(1)
    expect(rapporteurs.filter(has_text="A member of staff of the ITU")).to_have_count(1)

    coordinator.goto(HOME_URL)
    expect(coordinator.locator("main")).to_contain_text("19 organisations from 7 countries are members.")
    follow_link(coordinator, "View represented and missing groups")
    expect(coordinator.get_by_role("columnheader", name="African Group").first).to_be_visible()
    coordinator.goto(f"{HOME_URL}directory/?q=schools")
    expect(coordinator.locator("main")).to_contain_text("A network of schools in Ghana")


def _confirm_affiliation(open_demo_window: Open, coordinator: Page) -> None:
    """Somebody says where they belong; it opens something once it is confirmed."""
    delegate = open_demo_window("delegate of Mauritius")
    delegate.goto(f"{HOME_URL}directory/?who=observers&q=INHOPE")
    follow_link(delegate, "INHOPE")
    follow_link(delegate, "I belong to this organisation")
    press_button(delegate, "Add affiliation")
    coordinator.goto(f"{HOME_URL}tasks/")
    follow_link(coordinator, re.compile("^Confirm that .* belongs to INHOPE$"))
    press_button(coordinator, "Confirm as representative")
    check_flash_message(coordinator, "can now represent the organisation")


@pytest.mark.scripted
def test_person_signs_in_by_code_or_link_and_chooses_arabic(open_demo_window: Open):
    page, other = open_demo_window(), open_demo_window()
    page.goto(HOME_URL)
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Your email address").fill("newcomer@demo.example")
    press_button(page, "Send me a code")
    other.goto("/mail/")
    follow_link(other, "Your code to sign in to Jukwaa")
    letter = other.locator("main").inner_text()
    page.get_by_label("Code from the email").fill(re.search(r"\b\d{6}\b", letter)[0])
    press_button(page, "Sign in")
    check_flash_message(page, "You have signed in.")

    # The link of a mail serves another device; it opens a page whose button signs in.
    other.goto("/account/sign-in/")
    other.get_by_label("Your email address").fill("newcomer@demo.example")
    press_button(other, "Send me a code")
    other.goto("/mail/")
    follow_link(other, "Your code to sign in to Jukwaa")
    other.locator("main a[href*='/account/link/']").first.click()
    press_button(other, "Sign in")
    page.goto("/account/sessions/")
    expect(page.get_by_role("button", name="End this session")).to_have_count(1)
    press_button(page, "End this session")
    check_flash_message(page, "The session has ended.")
    other.goto("/account/settings/")
    check_page_title(other, "Sign in")

    page.goto(HOME_URL)
    page.get_by_role("contentinfo").get_by_role("link", name="Language").click()
    page.get_by_label("العربي", exact=False).check()
    press_button(page, "Use this language")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_members_comment_and_coordinator_hides_comment(open_demo_window: Open):
    page = open_demo_window("member of ECPAT International")
    meeting = Meeting.objects.get(title=SHARM_MEETING_TITLE)
    page.goto(meeting.get_absolute_url())
    page.get_by_label("Your comment").fill("What became of the four guidelines?")
    expect(page.locator("#talk form")).to_contain_text("Everyone will read this, members or not.")
    press_button(page, "Post comment")
    check_flash_message(page, "Your comment has been posted.")
    said = page.locator("#talk li").first
    expect(said).to_contain_text("ECPAT International")
    said.get_by_role("link", name="Edit").click()
    page.get_by_label("Your comment").fill("What became of the four guidelines of 2009?")
    press_button(page, "Save")
    page.locator("#talk li").first.get_by_role("link", name="edited").click()
    check_page_title(page, "Edit history of a comment")
    expect(page.locator("main")).to_contain_text("What became of the four guidelines?")

    coordinator, reader = open_demo_window("coordinator"), open_demo_window()
    coordinator.goto(meeting.get_absolute_url())
    coordinator.locator("#talk li").first.get_by_role("link", name="Hide this comment").click()
    coordinator.get_by_label("Reason for hiding the comment").fill("It belongs to another meeting.")
    coordinator.locator("main form button.button").first.click()
    check_flash_message(coordinator, "Comment hidden.")
    reader.goto(meeting.get_absolute_url())
    expect(reader.locator("#talk")).to_contain_text("hidden this comment: It belongs to another meeting.")
    expect(reader.locator("#talk")).not_to_contain_text("four guidelines of 2009")


def test_tasks_are_listed_soonest_first_with_one_action(open_demo_window: Open):
    newcomer, page = open_demo_window("newcomer"), open_demo_window("coordinator")
    newcomer.goto(f"{HOME_URL}tasks/")
    expect(newcomer.locator("main")).to_contain_text("You have no tasks.")
    newcomer.goto(f"{HOME_URL}apply/")
    newcomer.get_by_label("Name of the organisation").fill("A network of schools in Ghana")
    newcomer.get_by_label("Country").select_option("GH")
    newcomer.get_by_label("Stakeholder group").select_option("civil-society")
    newcomer.get_by_label("Why you would like to join").fill("We answer calls of children.")
    press_button(newcomer, "Send application")

    page.goto(f"{HOME_URL}tasks/")
    items = page.locator("ol.due > li")
    expect(items.filter(has_text="Answer the application from A network of schools in Ghana")).to_have_count(1)
    assert {items.nth(n).get_by_role("link").count() for n in range(items.count())} == {1}
    dates = [when.get_attribute("datetime") for when in items.locator("time").all()]
    assert dates == sorted(dates)
    items.filter(has_text="The coordinator of the coalition will submit").get_by_role("link").click()
    page.get_by_label("Status", exact=True).select_option(value="kept")
    press_button(page, "Save changes")
    check_flash_message(page, "Status updated.")
    page.goto(f"{HOME_URL}tasks/")
    expect(items.filter(has_text="will submit")).to_have_count(0)


@pytest.mark.scripted
def test_new_coalition_imports_its_existing_data(open_demo_window: Open, settings):
    settings.DEMO = False  # there links work as often as one likes
    printed = io.StringIO()
    call_command("init", name="A New Coalition", email="first@example.org", stdout=printed)
    link = re.search(r"https?://\S+/account/link/\S+", printed.getvalue())[0]
    page = open_demo_window()
    page.goto(link)
    press_button(page, "Sign in")
    page.get_by_label("Your name").fill("The first coordinator")  # asked once
    page.get_by_label("Yes, I am 18 or older").check()
    press_button(page, "Answer and continue")
    check_page_title(page, "Set up the coalition")

    follow_link(page, "Describe the coalition")
    page.get_by_label("About the coalition", exact=False).first.fill("It brings helplines together.")
    press_button(page, "Save")
    check_flash_message(page, "The settings have been saved.")
    page.goto("/a-new-coalition/organisations/new/")
    page.get_by_label("Name", exact=True).fill("A first organisation")
    press_button(page, "Add to the directory")
    check_flash_message(page, "The organisation has been added to the directory.")
    page.goto("/a-new-coalition/getting-started/")
    follow_link(page, "Schedule the next meeting")
    page.get_by_label("Title").fill("Our first meeting")
    page.get_by_label(re.compile("^Date")).fill("2027-01-15")
    page.locator("main form button.button").first.click()
    check_page_title(page, "Our first meeting")
    page.get_by_role("main").get_by_role("link", name="Publish this meeting").click()
    press_button(page, "Publish meeting")
    page.goto("/a-new-coalition/getting-started/")
    done = page.locator("ol.due > li").filter(has_text="done")
    expect(done.filter(has_text="The description has been added.")).to_have_count(1)
    expect(done.filter(has_text="Next meeting: Our first meeting, 15 January 2027.")).to_have_count(1)

    again = open_demo_window()
    again.goto(link)
    expect(again.get_by_role("heading", level=1)).not_to_have_text("Set up the coalition")
    expect(again.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)
