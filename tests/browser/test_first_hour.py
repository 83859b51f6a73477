"""From an empty installation to a working coalition: the steps of a new coordinator, with the screen alone."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.intake.models import Drive
from jukwaa.intake.tasks import read_drive
from jukwaa.mail.models import Message
from jukwaa.records.models import Comment, Document
from tests.browser.conftest import Open
from tests.core.documents import zip_named_parts
from tests.factories import DocumentFactory
from tests.updates.emails import find_link_path

pytestmark = pytest.mark.browser

HOME_URL = "/our-coalition/"
VIEWPORT_BY_DEVICE = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
MEMBERS_CSV = "Name,Country,Stakeholder group\n" + "\n".join(
    f"Helpline {n},{country},Civil society" for n, country in enumerate(["Kenya", "France", "Peru"] * 14)
)
PEOPLE_CSV = "Name,Email,Organisation\nAna,ana@example.org,Helpline 1\n,bo@example.org,Helpline 2\n"
REPORT_TEXT = "Minutes\n\nDecisions\n\nThe coalition agreed to publish a guide for teachers.\n"


@pytest.fixture(params=[*VIEWPORT_BY_DEVICE])
def page(request, live_server, settings, open_window: Open, transactional_db) -> Page:
    """The window of whoever has just run `jukwaa init`, without scripts."""
    settings.SITE_URL = live_server.url
    said = io.StringIO()
    call_command("init", name="Our Coalition", email="first@example.org", stdout=said)
    page = open_window(script=False)
    page.set_viewport_size(VIEWPORT_BY_DEVICE[request.param])
    page.goto(re.search(r"http\S+", said.getvalue())[0])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    give_name_and_age(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the coalition")
    return page


def open_setup_step(page: Page, step_name: str) -> None:
    page.goto(f"{HOME_URL}getting-started/")
    page.get_by_role("main").get_by_role("link", name=step_name).click()


def choose_upload_file(page: Page, file_name: str, file_content: str | bytes) -> None:
    content = file_content.encode() if isinstance(file_content, str) else file_content
    page.get_by_role("main").locator("input[type=file]").set_input_files(
        {"name": file_name, "mimeType": "application/octet-stream", "buffer": content}
    )


def press_button(page: Page, button_name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button_name).click()


def check_page_fits(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def give_name_and_age(page: Page) -> None:
    """The questions that come before the first form."""
    expect(page.get_by_role("heading", level=1)).to_have_text("About you")
    page.get_by_label("Your name").fill("Grace Wanjiru")
    page.get_by_label("Yes, I am 18 or older").check()
    check_page_fits(page)
    press_button(page, "Answer and continue")


def test_checklist_leads_from_init_to_invited_people(page, open_window):
    open_setup_step(page, "Describe the coalition")
    page.get_by_label("About the coalition").fill("We work together so that children are safe online.")
    press_button(page, "Save")
    expect(page.get_by_text("The settings have been saved.")).to_be_visible()
    _import_members_and_people(page)
    _import_shared_drive_zip(page)
    _schedule_meeting(page)
    _invite_people(page)
    page.goto(f"{HOME_URL}getting-started/")
    for words in ("42 members are in the directory.", "Next meeting: Monthly call", "2 people have been invited."):
        expect(page.get_by_role("main")).to_contain_text(words)
    check_page_fits(page)
    _accept_invitation(open_window(script=False), page)


def _import_members_and_people(page: Page) -> None:
    open_setup_step(page, "Import members from your spreadsheet")
    page.get_by_label("Members (1 organisation in each row)").check()
    choose_upload_file(page, "members.csv", MEMBERS_CSV)
    press_button(page, "Upload file")
    page.get_by_role("main").locator("form button.button").first.click()
    press_button(page, "Import 42 rows")
    expect(page.get_by_text("42 rows imported.")).to_be_visible()
    page.goto(f"{HOME_URL}imports/new/")
    page.get_by_label("People on the mailing list").check()
    choose_upload_file(page, "people.csv", PEOPLE_CSV)
    press_button(page, "Upload file")
    check_page_fits(page)
    page.get_by_role("checkbox", name="Everyone who will be imported is 18 or older").check()
    page.get_by_role("main").locator("form button.button").first.click()
    press_button(page, "Import 2 rows")


def _import_shared_drive_zip(page: Page) -> None:
    open_setup_step(page, "Import your shared drive as a ZIP file")
    choose_upload_file(
        page,
        "drive.zip",
        zip_named_parts({"Minutes.txt": REPORT_TEXT, "Copy.txt": REPORT_TEXT, "tool.exe": b"MZ\x90\x00"}),
    )
    press_button(page, "Import the drive")
    read_drive.func(Drive.objects.get().pk)
    page.reload()
    for words in ("Duplicate (1)", "Not imported (1)", "Text imported (1)"):
        expect(page.get_by_role("link", name=words)).to_be_visible()
    check_page_fits(page)
    page.get_by_role("main").get_by_role("checkbox").check()
    page.get_by_label("Who can read the files").select_option("TLP:CLEAR")
    press_button(page, "Change readers")
    check_page_fits(page)
    press_button(page, "Let everyone read them")
    expect(page.get_by_text("Readers changed for 1 file.")).to_be_visible()
    assert Document.objects.get().label == "TLP:CLEAR"


def _schedule_meeting(page: Page) -> None:
    open_setup_step(page, "Schedule the next meeting")
    page.get_by_label("Title").fill("Monthly call")
    page.get_by_label(re.compile("^Date")).fill((timezone.localdate() + timedelta(days=20)).isoformat())
    press_button(page, "Save as draft")
    page.get_by_role("main").get_by_role("link", name="Publish this meeting").click()
    press_button(page, "Publish meeting")


def _invite_people(page: Page) -> None:
    open_setup_step(page, "Invite people")
    page.get_by_role("link", name="Write an invitation").click()
    page.get_by_label("Message").fill("Dear {Name},\n\nwelcome.")
    check_page_fits(page)
    press_button(page, "Preview emails")
    expect(page.get_by_role("main")).to_contain_text("Replace or delete {Name}.")
    page.get_by_label("Message").fill("Dear {name},\n\nwelcome.")
    press_button(page, "Preview emails")
    expect(page.get_by_role("main")).to_contain_text("2 emails are ready. Nothing has been sent yet.")
    page.get_by_text("Read this email").nth(1).click()
    expect(page.get_by_role("main")).to_contain_text("Dear Ana,")
    expect(page.get_by_role("main")).to_contain_text("Dear colleague,")
    check_page_fits(page)
    press_button(page, "Send 2 invitations")
    expect(page.get_by_text("2 invitations will be sent now.")).to_be_visible()
    check_page_fits(page)


def _accept_invitation(guest_page: Page, coordinator: Page) -> None:
    """Somebody without a name signs in by the link, and gives one before a comment of theirs is read."""
    coalition = Coalition.objects.get()
    document = DocumentFactory(coalition=coalition, published=True, label="TLP:CLEAR")
    guest_page.set_viewport_size(coordinator.viewport_size)
    guest_page.goto(
        find_link_path(Message.objects.get(to="bo@example.org", subject__startswith="Your place"), "/account/link/")
    )
    expect(guest_page.get_by_role("heading", level=1)).to_have_text("Sign in as bo@example.org?")
    press_button(guest_page, "Sign in")
    expect(guest_page.get_by_role("main")).to_contain_text("The directory lists you with Helpline 2.")
    check_page_fits(guest_page)

    coordinator.goto(f"{HOME_URL}affiliations/")
    row = coordinator.get_by_role("listitem").filter(has_text="bo@example.org")
    expect(row).to_contain_text("No name given")
    expect(row).to_contain_text("Address at example.org.")
    row.get_by_role("button", name="Confirm affiliation").click()

    guest_page.goto(document.get_absolute_url())
    guest_page.get_by_label("Your comment").fill("We agree.")
    press_button(guest_page, "Post comment")
    expect(guest_page.get_by_role("heading", level=1)).to_have_text("About you")
    assert not Comment.objects.exists()
    guest_page.get_by_label("Your name").fill("Bo Diallo")
    guest_page.get_by_label("Yes, I am 18 or older").check()
    press_button(guest_page, "Answer and continue")
    expect(guest_page.get_by_role("main")).to_contain_text("We agree.")
    assert Person.objects.get(email="bo@example.org").name == "Bo Diallo"
    coordinator.goto(reverse("updates:invitation_list", args=[coalition.slug]))
    expect(coordinator.get_by_role("row", name="Bo Diallo")).to_contain_text("Has signed in")
