"""A gap becomes an invitation, and a place and a day become a plan: walked on the demo, with scripts and without."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.regions.answer_links import build_answer_link
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.regions.models import Outreach, Prospect
from tests.browser.conftest import Open
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser

HOME_URL = "/child-online-safety/"
HELPLINE_PERSONA = "member of a made-up helpline"
INVITED_NAME = "A police unit (made up)"


@pytest.mark.scripted
def test_gap_leads_to_letter_and_acceptance_becomes_task(open_demo_window: Open):
    page = open_demo_window(HELPLINE_PERSONA)
    page.goto(f"{HOME_URL}representation/")
    follow_link(page, "Gaps by area of work, and contacts in the region")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Latin American and Caribbean Group")
    _write_letter(page)
    prospect = _get_prospect(INVITED_NAME)
    invited = open_demo_window()
    _accept_invitation(invited, prospect)

    coordinator = open_demo_window("coordinator")
    coordinator.goto(f"{HOME_URL}tasks/")
    follow_link(coordinator, f"Write to {INVITED_NAME} and invite them to apply")
    expect(coordinator.locator("main")).to_contain_text("awa@demo.example")
    press_button(coordinator, "Mark as contacted")
    check_flash_message(
        coordinator,
        "Marked as contacted. We will delete the name and address of the contact 1 year after their answer.",
    )
    stranger = open_demo_window()
    stranger.goto(page.url)
    expect(stranger.locator("body")).not_to_contain_text(INVITED_NAME)

    invited.goto(build_answer_link(prospect))
    press_button(invited, "Delete the data about us")
    check_page_title(invited, "Your data has been deleted")
    assert not Prospect.objects.filter(pk=prospect.pk).exists()


def test_filtered_gap_prefills_outreach_plan(open_demo_window: Open):
    page = open_demo_window(HELPLINE_PERSONA)
    page.goto(f"{HOME_URL}coverage/")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    page.get_by_label("Country", exact=True).select_option("HT")
    page.get_by_role("button", name="Apply filters", exact=True).click()
    follow_link(page, "Start an outreach plan")
    expect(page.get_by_label("Regional group")).to_have_value("grulac")
    page.get_by_label("Title").fill("Port-au-Prince in two years")
    page.get_by_label("Target date").fill(str(timezone.localdate() + timedelta(days=700)))
    press_button(page, "Create plan")
    check_flash_message(page, "Plan created.")
    assert Outreach.objects.get(title="Port-au-Prince in two years").country == "HT"


def _write_letter(page: Page) -> None:
    main = page.locator("main")
    follow_link(page, "Invite another organisation")
    check_page_title(page, "Invite an organisation")
    page.get_by_label("Organisation", exact=True).fill(INVITED_NAME)
    page.get_by_label("Country").select_option("HT")
    page.get_by_label("Role of the recipient").fill("Amina, amina@example.org")
    page.get_by_label("Language of the letter").select_option("fr")
    press_button(page, "Create the letter")
    expect(main).to_contain_text("Enter only a role, without an email address or phone number.")
    page.get_by_label("Role of the recipient").fill("cheffe de l’unité")
    press_button(page, "Create the letter")
    check_flash_message(page, "Letter created.")
    expect(main).to_contain_text("No one who speaks French has checked this letter yet.")
    expect(main).to_contain_text("pour l’Amérique latine et les Caraïbes, personne ne travaille encore sur ce domaine")
    opens = main.get_by_role("link", name="Open in your email program")
    expect(opens).to_have_attribute("href", re.compile(r"^mailto:\?subject=Une%20invitation"))
    press_button(page, "Mark as sent")
    check_flash_message(page, "Marked as sent. If there is no answer within 3 weeks")


def _get_prospect(prospect_name: str) -> Prospect:
    rows = Prospect.objects.select_related("coalition", "introducer", "capacity", "area", "outreach", "organisation")
    return rows.get(name=prospect_name)


def _accept_invitation(invited_page: Page, prospect: Prospect) -> None:
    invited_page.goto(build_answer_link(prospect))
    check_page_title(invited_page, "Would you like to hear from Child Online Safety?")
    press_button(invited_page, "Yes, write to me")
    expect(invited_page.locator("main")).to_contain_text("Enter your name.")
    invited_page.get_by_label("Your name").fill("Awa")
    invited_page.get_by_label("Your email address").fill("awa@demo.example")
    press_button(invited_page, "Yes, write to me")
    check_page_title(invited_page, "Thank you")


def test_outreach_plan_shows_milestones_sends_reminder_and_ends(open_demo_window: Open):
    page = open_demo_window(HELPLINE_PERSONA)
    page.goto(f"{HOME_URL}coverage/outreach/")
    _create_outreach_plan(page)
    _fill_outreach_plan(page)
    main = page.locator("main")
    follow_link(page, "Invite an organisation")
    page.get_by_label("Organisation", exact=True).fill("An island radio (made up)")
    page.get_by_label("Role of the recipient").fill("editor")
    press_button(page, "Create the letter")
    expect(main).to_contain_text("Jina langu ni")
    press_button(page, "Mark as sent")
    _send_letters_due_in(21)
    page.reload()
    expect(main).to_contain_text("Reminder letter")
    _send_letters_due_in(42)
    page.reload()
    expect(main).to_contain_text("closed without an answer")
    expect(main).not_to_contain_text("Jina langu ni")

    reader = open_demo_window()
    reader.goto(f"{HOME_URL}coverage/outreach/{Outreach.objects.get(title='Mombasa in two years').pk}/")
    expect(reader.locator("body")).not_to_contain_text("Mombasa")
    assert _get_prospect("An island radio (made up)").state == "closed"


def _create_outreach_plan(page: Page) -> None:
    follow_link(page, "Start an outreach plan")
    page.get_by_label("Title").fill("Mombasa in two years")
    press_button(page, "Create plan")
    expect(page.locator("main")).to_contain_text("Enter the target date.")
    day = timezone.localdate() + timedelta(days=760)
    page.get_by_label("Target date").fill(day.isoformat())
    page.get_by_label("Country").select_option("KE")
    press_button(page, "Create plan")
    check_flash_message(page, "Plan created. The dates of its milestones are based on the target date.")
    check_page_title(page, "Mombasa in two years")


def _fill_outreach_plan(page: Page) -> None:
    milestones = page.locator("section[aria-labelledby=milestones]")
    expect(milestones.locator("li")).to_have_count(7)
    milestones.get_by_role("button", name=re.compile("^Mark as done")).first.click()
    check_flash_message(page, "Milestone marked as done.")
    expect(milestones.locator("li").first.get_by_text("done", exact=True)).to_be_visible()
    follow_link(page, "Add a question")
    page.get_by_label("What do we want to learn?").fill("Who takes reports there?")
    press_button(page, "Add question")
    check_flash_message(page, "The changes have been saved.")
    follow_link(page, "Add a hosting offer")
    page.get_by_label("What the organisation will host").fill("An evening with helplines")
    page.get_by_label("Organisation", exact=True).fill("A helpline in West Africa (example)")
    press_button(page, "Add hosting offer")
    expect(page.locator("section[aria-labelledby=hosting]")).to_contain_text("confirmed")


def _send_letters_due_in(days: int) -> None:
    follow_up_letters(datetime.combine(timezone.localdate() + timedelta(days=days), time(12), tzinfo=UTC))
