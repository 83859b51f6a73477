"""Joint work is begun, signed and followed: walked on the demo in Chromium."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.accounts.models import Person
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Charter, JointWork, Party
from tests.browser.conftest import Open, build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser

HELPLINE_PERSONA = "member of a made-up helpline"
PROVIDER_NAME = "A provider in Eastern Europe (example)"
JOINT_WORK_URL = "/child-online-safety/cooperation/work/"


def open_as_speaker(organisation_name: str, open_demo_window: Open, live_server) -> tuple[Page, Person]:
    """Whoever speaks for an organisation of the demo, and a window of theirs."""
    person = Person.objects.get(affiliations__organisation__name=organisation_name, affiliations__may_speak=True)
    page = open_demo_window()
    page.context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
    return page, person


def test_charter_is_signed_by_two_organisations(open_demo_window: Open, live_server):
    page = open_demo_window(HELPLINE_PERSONA)
    page.goto(JOINT_WORK_URL)
    follow_link(page, "Start joint work")
    check_page_title(page, "Start joint work")
    press_button(page, "Start joint work")
    expect(page.locator("main")).to_contain_text("Enter a title that helps others find it.")
    page.get_by_label("Title").fill("A day for parents")
    page.locator("main [name=why]").fill("Parents ask both of us the same questions.")
    page.get_by_label("Other organisations").fill(PROVIDER_NAME)
    page.locator("main [name=basis]").fill("Nobody pays anybody.")
    page.locator("main [name=deliverables-0-what]").fill("A day for parents")
    page.locator("main [name=deliverables-0-on]").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    page.locator("main [name=outcomes-0-what]").fill("Parents know whom to call")
    press_button(page, "Start joint work")
    check_flash_message(page, "Joint work created.")
    press_button(page, "Propose the charter for signature")
    check_flash_message(page, "Charter proposed.")
    work = JointWork.objects.select_related("coalition").get(title="A day for parents")

    stranger = open_demo_window()
    stranger.goto(f"{JOINT_WORK_URL}{work.pk}/")
    expect(stranger.locator("main")).to_contain_text("The parties are still agreeing on the charter.")
    expect(stranger.locator("main")).to_contain_text("An invited organisation")
    expect(stranger.locator("main")).not_to_contain_text(PROVIDER_NAME)

    other, person = open_as_speaker(PROVIDER_NAME, open_demo_window, live_server)
    other.goto("/child-online-safety/tasks/")
    follow_link(other, f"Read and sign “A day for parents” on behalf of {PROVIDER_NAME}")
    expect(other.locator("main")).to_contain_text("Nobody pays anybody.")
    draft = charters.withdraw_charter_proposal(actor=person, work=work, reason="Money.")  # meanwhile, in another window
    said = {"question": "basis", "answer": "The provider pays for the room.", "from_version": draft.version}
    charters.write_charter_answer(actor=person, work=work, **said)
    charters.propose_charter(actor=person, work=work)
    press_button(other, f"Sign on behalf of {PROVIDER_NAME}")
    for words in ("You have not signed.", "Nobody pays anybody.", "The provider pays for the room."):
        expect(other.locator("body")).to_contain_text(words)
    press_button(other, f"Sign on behalf of {PROVIDER_NAME}")
    check_flash_message(other, "Signed. The charter comes into force once all required parties have signed.")
    page.goto(f"{JOINT_WORK_URL}{work.pk}/")
    follow_link(page, re.compile("^Read and sign on behalf of A helpline"))
    press_button(page, "Sign on behalf of A helpline in West Africa (example)")
    check_flash_message(page, "Signed. All required parties have signed, and the charter is in force.")

    assert Charter.objects.filter(work=work, in_force_since__isnull=False).count() == 1
    stranger.reload()
    expect(stranger.locator("aside")).to_contain_text(PROVIDER_NAME)


def test_deliverables_are_reported_with_outcomes(open_demo_window: Open, live_server):
    work = JointWork.objects.get(title__startswith="A shared way for helplines")
    page = open_demo_window(HELPLINE_PERSONA)
    page.goto(f"{JOINT_WORK_URL}{work.pk}/")
    promised = page.locator("section[aria-labelledby=promised]")
    expect(promised).to_contain_text("by an amendment")
    expect(page.locator("svg.line")).to_have_count(2)
    follow_link(page, re.compile("^Add a figure: More reports"))
    page.get_by_label("Figure").fill("many")
    page.get_by_label("Source").fill("Our count")
    press_button(page, "Add figure")
    expect(page.locator("main")).to_contain_text("Enter a number, such as 120 or 12.5.")
    page.get_by_label("Figure").fill("52")
    press_button(page, "Add figure")
    check_flash_message(page, "Figure saved.")
    expect(page.locator("main")).to_contain_text("87% of the way from the baseline to the target.")
    page.goto(f"{JOINT_WORK_URL}{work.pk}/")
    follow_link(page, re.compile("^Update status: A guide for counsellors"))
    page.get_by_label("delayed").check()
    press_button(page, "Submit report")
    expect(page.locator("main")).to_contain_text("Enter a reason, so that the other parties understand why.")
    page.get_by_label("Comment").fill("It is read once more.")
    page.get_by_label("Date").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    press_button(page, "Submit report")
    check_flash_message(page, "Report saved. Earlier reports stay visible.")
    expect(page.locator("section[aria-labelledby=promised]")).to_contain_text("It is read once more.")

    provider, _person = open_as_speaker(PROVIDER_NAME, open_demo_window, live_server)
    party = Party.objects.get(work=work, organisation__name=PROVIDER_NAME)
    provider.goto(f"{JOINT_WORK_URL}{work.pk}/parties/{party.pk}/leave/")
    press_button(provider, "Withdraw organisation")
    expect(provider.locator("main")).to_contain_text("Give the reason in a sentence.")
    provider.locator("main [name=reason]").fill("Our programme has ended.")
    press_button(provider, "Withdraw organisation")
    check_flash_message(provider, "Your organisation has withdrawn.")
    reader = open_demo_window()
    reader.goto(f"{JOINT_WORK_URL}{work.pk}/")
    expect(reader.locator("aside")).to_contain_text("Our programme has ended.")
    expect(reader.get_by_role("link", name=re.compile("^Update status"))).to_have_count(0)
