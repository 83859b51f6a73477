"""A gap becomes an invitation, and a place and a day become a plan: walked on the demo, with scripts and without."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.regions.jobs import follow_letters
from jukwaa.regions.links import link_of
from jukwaa.regions.models import Outreach, Prospect
from tests.browser.conftest import Open
from tests.browser.test_journeys import follow, press, titled, told

pytestmark = pytest.mark.browser

HOME = "/child-online-safety/"
HELPLINE = "member of a made-up helpline"
NAME = "A police unit (made up)"


@pytest.mark.scripted
def test_a_gap_becomes_a_letter_and_a_yes_leads_to_the_coordinators_desk(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}representation/")
    follow(page, "Gaps, and contacts in the region")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Latin American and Caribbean Group")
    _write_the_letter(page)
    prospect = _known(NAME)
    invited = window()
    _say_yes(invited, prospect)

    coordinator = window("coordinator")
    coordinator.goto(f"{HOME}tasks/")
    follow(coordinator, f"Write to {NAME}, and invite them to apply")
    expect(coordinator.locator("main")).to_contain_text("awa@demo.example")
    press(coordinator, "I have written to them")
    told(coordinator, "Noted. Their name and address are erased a year after their answer.")
    stranger = window()
    stranger.goto(page.url)
    expect(stranger.locator("body")).not_to_contain_text(NAME)

    invited.goto(link_of(prospect))
    press(invited, "Delete what you keep about us")
    titled(invited, "It is erased")
    assert not Prospect.objects.filter(pk=prospect.pk).exists()


def test_a_gap_that_was_narrowed_becomes_a_plan_as_it_is_filled_in(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}coverage/")
    page.locator("section[aria-labelledby=gaps] dd a", has_text="GRULAC").first.click()
    page.get_by_label("Country", exact=True).select_option("HT")
    page.get_by_role("button", name="Show", exact=True).click()
    follow(page, "Plan for a place and a day")
    expect(page.get_by_label("Regional group")).to_have_value("grulac")
    page.get_by_label("Title").fill("Port-au-Prince in two years")
    page.get_by_label("The day it is for").fill(str(timezone.localdate() + timedelta(days=700)))
    press(page, "Begin the plan")
    told(page, "It is begun")
    assert Outreach.objects.get(title="Port-au-Prince in two years").country == "HT"


def _write_the_letter(page: Page) -> None:
    main = page.locator("main")
    follow(page, "Invite somebody else")
    titled(page, "Invite somebody")
    page.get_by_label("Organisation").fill(NAME)
    page.get_by_label("Country").select_option("HT")
    page.get_by_label("Whom the letter is for, by role").fill("Amina, amina@example.org")
    page.get_by_label("Language of the letter").select_option("fr")
    press(page, "Write the letter")
    expect(main).to_contain_text("Enter only a role")
    page.get_by_label("Whom the letter is for, by role").fill("cheffe de l’unité")
    press(page, "Write the letter")
    told(page, "It is noted.")
    expect(main).to_contain_text("Nobody who speaks French has read this letter yet.")
    expect(main).to_contain_text("pour l’Amérique latine et les Caraïbes, personne ne travaille encore sur ce domaine")
    opens = main.get_by_role("link", name="Open it in your mail program")
    expect(opens).to_have_attribute("href", re.compile(r"^mailto:\?subject=Une%20invitation"))
    press(page, "I have sent it")
    told(page, "Noted. If no answer comes in three weeks")


def _known(name: str) -> Prospect:
    rows = Prospect.objects.select_related("coalition", "introducer", "capacity", "area", "outreach", "organisation")
    return rows.get(name=name)


def _say_yes(invited: Page, prospect: Prospect) -> None:
    invited.goto(link_of(prospect))
    titled(invited, "Would you like to hear from Child Online Safety?")
    press(invited, "Yes, write to me")
    expect(invited.locator("main")).to_contain_text("Write how we may call you.")
    invited.get_by_label("Your name").fill("Awa")
    invited.get_by_label("Your mail address").fill("awa@demo.example")
    press(invited, "Yes, write to me")
    titled(invited, "Thank you")


def test_a_plan_for_a_place_and_a_day_with_milestones_a_letter_a_reminder_and_its_end(window: Open):
    page = window(HELPLINE)
    page.goto(f"{HOME}coverage/outreach/")
    _begin_the_plan(page)
    _fill_it(page)
    main = page.locator("main")
    follow(page, "Invite somebody from there")
    page.get_by_label("Organisation").fill("An island radio (made up)")
    page.get_by_label("Whom the letter is for, by role").fill("editor")
    press(page, "Write the letter")
    expect(main).to_contain_text("Jina langu ni")
    press(page, "I have sent it")
    _clock(21)
    page.reload()
    expect(main).to_contain_text("The short letter, once")
    _clock(42)
    page.reload()
    expect(main).to_contain_text("closed without an answer")
    expect(main).not_to_contain_text("Jina langu ni")

    reader = window()
    reader.goto(f"{HOME}coverage/outreach/{Outreach.objects.get(title='Mombasa in two years').pk}/")
    expect(reader.locator("body")).not_to_contain_text("Mombasa")
    assert _known("An island radio (made up)").state == "closed"


def _begin_the_plan(page: Page) -> None:
    follow(page, "Plan for a place and a day")
    page.get_by_label("Title").fill("Mombasa in two years")
    press(page, "Begin the plan")
    expect(page.locator("main")).to_contain_text("Say which day it is for.")
    day = timezone.localdate() + timedelta(days=760)
    page.get_by_label("The day it is for").fill(day.isoformat())
    page.get_by_label("Country").select_option("KE")
    press(page, "Begin the plan")
    told(page, "It is begun, with milestones counted back from the day.")
    titled(page, "Mombasa in two years")


def _fill_it(page: Page) -> None:
    milestones = page.locator("section[aria-labelledby=milestones]")
    expect(milestones.locator("li")).to_have_count(7)
    milestones.get_by_role("button", name=re.compile("^Done")).first.click()
    told(page, "It is done.")
    expect(milestones.locator("li").first).to_contain_text("done")
    follow(page, "Add a question")
    page.get_by_label("What we want to have learned by then").fill("Who takes reports there?")
    press(page, "Note the question")
    told(page, "Noted.")
    follow(page, "Say who hosts what")
    page.get_by_label("What it hosts").fill("An evening with helplines")
    page.get_by_label("Which organisation").fill("A helpline in West Africa (made up for this demo)")
    press(page, "Note it")
    expect(page.locator("section[aria-labelledby=hosting]")).to_contain_text("confirmed")


def _clock(days: int) -> None:
    follow_letters(datetime.combine(timezone.localdate() + timedelta(days=days), time(12), tzinfo=UTC))
