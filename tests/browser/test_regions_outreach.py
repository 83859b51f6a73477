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
from tests.browser.test_journeys import check_message, check_title, follow, press

pytestmark = pytest.mark.browser

HOME = "/child-online-safety/"
HELPLINE = "member of a made-up helpline"
NAME = "A police unit (made up)"


@pytest.mark.scripted
def test_gap_leads_to_letter_and_acceptance_becomes_task(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}representation/")
    follow(page, "Gaps by area of work, and contacts in the region")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Latin American and Caribbean Group")
    _write_letter(page)
    prospect = _get_prospect(NAME)
    invited = window()
    _accept_invitation(invited, prospect)

    coordinator = window("coordinator")
    coordinator.goto(f"{HOME}tasks/")
    follow(coordinator, f"Write to {NAME} and invite them to apply")
    expect(coordinator.locator("main")).to_contain_text("awa@demo.example")
    press(coordinator, "Mark as contacted")
    check_message(
        coordinator,
        "Marked as contacted. We will delete the name and address of the contact 1 year after their answer.",
    )
    stranger = window()
    stranger.goto(page.url)
    expect(stranger.locator("body")).not_to_contain_text(NAME)

    invited.goto(build_answer_link(prospect))
    press(invited, "Delete the data about us")
    check_title(invited, "Your data has been deleted")
    assert not Prospect.objects.filter(pk=prospect.pk).exists()


def test_filtered_gap_prefills_outreach_plan(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}coverage/")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    page.get_by_label("Country", exact=True).select_option("HT")
    page.get_by_role("button", name="Apply filters", exact=True).click()
    follow(page, "Start an outreach plan")
    expect(page.get_by_label("Regional group")).to_have_value("grulac")
    page.get_by_label("Title").fill("Port-au-Prince in two years")
    page.get_by_label("Target date").fill(str(timezone.localdate() + timedelta(days=700)))
    press(page, "Create plan")
    check_message(page, "Plan created.")
    assert Outreach.objects.get(title="Port-au-Prince in two years").country == "HT"


def _write_letter(page: Page) -> None:
    main = page.locator("main")
    follow(page, "Invite another organisation")
    check_title(page, "Invite an organisation")
    page.get_by_label("Organisation").fill(NAME)
    page.get_by_label("Country").select_option("HT")
    page.get_by_label("Role of the recipient").fill("Amina, amina@example.org")
    page.get_by_label("Language of the letter").select_option("fr")
    press(page, "Create the letter")
    expect(main).to_contain_text("Enter only a role, without an email address or phone number.")
    page.get_by_label("Role of the recipient").fill("cheffe de l’unité")
    press(page, "Create the letter")
    check_message(page, "Letter created.")
    expect(main).to_contain_text("No one who speaks French has checked this letter yet.")
    expect(main).to_contain_text("pour l’Amérique latine et les Caraïbes, personne ne travaille encore sur ce domaine")
    opens = main.get_by_role("link", name="Open in your email program")
    expect(opens).to_have_attribute("href", re.compile(r"^mailto:\?subject=Une%20invitation"))
    press(page, "Mark as sent")
    check_message(page, "Marked as sent. If there is no answer within 3 weeks")


def _get_prospect(name: str) -> Prospect:
    rows = Prospect.objects.select_related("coalition", "introducer", "capacity", "area", "outreach", "organisation")
    return rows.get(name=name)


def _accept_invitation(invited: Page, prospect: Prospect) -> None:
    invited.goto(build_answer_link(prospect))
    check_title(invited, "Would you like to hear from Child Online Safety?")
    press(invited, "Yes, write to me")
    expect(invited.locator("main")).to_contain_text("Enter your name.")
    invited.get_by_label("Your name").fill("Awa")
    invited.get_by_label("Your email address").fill("awa@demo.example")
    press(invited, "Yes, write to me")
    check_title(invited, "Thank you")


def test_outreach_plan_with_milestones_reminder_and_end(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}coverage/outreach/")
    _create_outreach_plan(page)
    _fill_outreach_plan(page)
    main = page.locator("main")
    follow(page, "Invite an organisation")
    page.get_by_label("Organisation").fill("An island radio (made up)")
    page.get_by_label("Role of the recipient").fill("editor")
    press(page, "Create the letter")
    expect(main).to_contain_text("Jina langu ni")
    press(page, "Mark as sent")
    _advance_clock(21)
    page.reload()
    expect(main).to_contain_text("Reminder letter")
    _advance_clock(42)
    page.reload()
    expect(main).to_contain_text("closed without an answer")
    expect(main).not_to_contain_text("Jina langu ni")

    reader = window()
    reader.goto(f"{HOME}coverage/outreach/{Outreach.objects.get(title='Mombasa in two years').pk}/")
    expect(reader.locator("body")).not_to_contain_text("Mombasa")
    assert _get_prospect("An island radio (made up)").state == "closed"


def _create_outreach_plan(page: Page) -> None:
    follow(page, "Start an outreach plan")
    page.get_by_label("Title").fill("Mombasa in two years")
    press(page, "Create plan")
    expect(page.locator("main")).to_contain_text("Enter the target date.")
    day = timezone.localdate() + timedelta(days=760)
    page.get_by_label("Target date").fill(day.isoformat())
    page.get_by_label("Country").select_option("KE")
    press(page, "Create plan")
    check_message(page, "Plan created. The dates of its milestones are based on the target date.")
    check_title(page, "Mombasa in two years")


def _fill_outreach_plan(page: Page) -> None:
    milestones = page.locator("section[aria-labelledby=milestones]")
    expect(milestones.locator("li")).to_have_count(7)
    milestones.get_by_role("button", name=re.compile("^Mark as done")).first.click()
    check_message(page, "Milestone marked as done.")
    expect(milestones.locator("li").first.get_by_text("done", exact=True)).to_be_visible()
    follow(page, "Add a question")
    page.get_by_label("What do we want to learn?").fill("Who takes reports there?")
    press(page, "Add question")
    check_message(page, "Saved.")
    follow(page, "Add a hosting offer")
    page.get_by_label("What the organisation will host").fill("An evening with helplines")
    page.get_by_label("Organisation", exact=True).fill("A helpline in West Africa (example)")
    press(page, "Add hosting offer")
    expect(page.locator("section[aria-labelledby=hosting]")).to_contain_text("confirmed")


def _advance_clock(days: int) -> None:
    follow_up_letters(datetime.combine(timezone.localdate() + timedelta(days=days), time(12), tzinfo=UTC))
