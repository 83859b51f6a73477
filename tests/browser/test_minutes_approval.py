"""Minutes on their way to the approval, newcomers and people under 18 at a meeting, with and without scripts."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import actions
from jukwaa.meetings.check_in import build_check_in_link
from jukwaa.meetings.invitations import build_invitation_link
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.updates.email_links import build_absolute_url
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, build_session_cookie
from tests.conftest import create_seated_person
from tests.factories import AttendanceFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.browser
with_and_without_scripts = pytest.mark.parametrize("has_scripts", SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())


@pytest.fixture
def open_page_signed_in(open_window: Open, live_server: LiveServer) -> Callable[..., Page]:
    def open_page_as(person: Person | None, path: str, *, script: bool) -> Page:
        page = open_window(script=script)
        if person is not None:
            page.context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        page.goto(path)
        return page

    return open_page_as


def create_past_meeting(coalition: Coalition, rapporteur: Person, *, hours_ago: float) -> Meeting:
    now = timezone.now()
    return actions.create_meeting_record(
        actor=rapporteur,
        coalition=coalition,
        title="Call",
        published=True,
        starts_at=now + timedelta(hours=hours_ago),
        ends_at=now + timedelta(hours=hours_ago + 1),
        starts_on=(now + timedelta(hours=hours_ago)).date(),
    )


def submit_main_form(page: Page) -> None:
    page.locator("main form button.button").first.click()


@with_and_without_scripts
def test_minutes_are_circulated_corrected_and_approved(
    open_page_signed_in: Callable[..., Page],
    coalition: Coalition,
    rapporteur: Person,
    member: Person,
    has_scripts: bool,
):
    meeting = create_past_meeting(coalition, rapporteur, hours_ago=-3)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    said = "The helpline opened in June."
    actions.record_minutes_line(actor=rapporteur, meeting=meeting, token=uuid4(), kind="report", text=said)

    keeper = open_page_signed_in(rapporteur, meeting.get_absolute_url(), script=has_scripts)
    keeper.get_by_role("link", name="Send the minutes for correction").click()
    expect(keeper.locator("blockquote")).to_contain_text(said)
    submit_main_form(keeper)
    expect(keeper.locator("main")).to_contain_text("The minutes will be approved after this date")

    reader = open_page_signed_in(member, meeting.entries.get().get_absolute_url(), script=has_scripts)
    reader.get_by_role("link", name="Correct this entry").click()
    reader.get_by_label("What should be corrected?").fill("It opened in May.")
    submit_main_form(reader)
    expect(reader.locator("main")).to_contain_text("It opened in May.")

    keeper.reload()
    keeper.get_by_role("link", name=re.compile("^Decide")).click()
    keeper.get_by_label("accepted", exact=True).check()
    keeper.get_by_label("Reason").fill("The programme says May.")
    keeper.get_by_label("Text of the entry after the correction").fill("The helpline opened in May.")
    submit_main_form(keeper)
    expect(keeper.locator("main")).to_contain_text("The programme says May.")

    keeper.goto(meeting.get_absolute_url())
    keeper.get_by_role("link", name="Approve minutes").click()
    submit_main_form(keeper)
    expect(keeper.locator("main")).to_contain_text("These minutes were approved on")
    keeper.get_by_role("link", name="Add an erratum").click()
    keeper.get_by_label("Erratum").fill("It opened on 5 May.")
    submit_main_form(keeper)

    visitor = open_page_signed_in(None, meeting.get_absolute_url(), script=has_scripts)
    expect(visitor.locator("main")).to_contain_text("The helpline opened in May.")
    expect(visitor.locator("main")).to_contain_text("It opened on 5 May.")
    expect(visitor.locator("main")).not_to_contain_text("It opened in May.")


@with_and_without_scripts
def test_newcomer_checks_in_and_is_welcomed(
    open_page_signed_in: Callable[..., Page],
    coalition: Coalition,
    rapporteur: Person,
    member: Person,
    has_scripts: bool,
):
    founder = MembershipFactory(coalition=coalition, starts_on=date(2009, 1, 1)).organisation
    AttendanceFactory(meeting__coalition=coalition, capacity__organisation=founder)  # else nobody is new
    meeting = create_past_meeting(coalition, rapporteur, hours_ago=-0.5)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    page = open_page_signed_in(
        member, build_check_in_link(meeting).removeprefix(build_absolute_url("")), script=has_scripts
    )
    page.get_by_role("button", name="Record my attendance").click()
    expect(page.locator("main")).to_contain_text("Welcome to your first meeting.")
    expect(page.get_by_role("heading", name="How the meeting works")).to_be_visible()

    keeper = open_page_signed_in(rapporteur, f"{meeting.get_absolute_url()}minutes/", script=has_scripts)
    expect(keeper.locator("main")).to_contain_text(
        f"Attending for the first time: {member.name}. Please welcome the new attendees."
    )


@with_and_without_scripts
def test_adult_contact_agrees_before_minor_attends(
    open_page_signed_in: Callable[..., Page], coalition: Coalition, rapporteur: Person, has_scripts: bool
):
    child, contact = create_seated_person(coalition, "Zuri Canary"), PersonFactory()
    minors.mark_as_minor(actor=child, person=child, adult_contact=contact, reason="Told us.")
    child.refresh_from_db()
    meeting = create_past_meeting(coalition, rapporteur, hours_ago=48)
    page = open_page_signed_in(
        None, build_invitation_link(child, meeting).removeprefix(build_absolute_url("")), script=has_scripts
    )
    submit_main_form(page)
    expect(page.locator("main")).to_contain_text("Select this box to agree, or reply that the person will not attend.")
    page.get_by_label(re.compile("^I agree that the person")).check()
    submit_main_form(page)
    expect(page.locator("main")).to_contain_text("Your reply: I will attend")

    assert Rsvp.objects.get().consent_by == contact
    keeper = open_page_signed_in(rapporteur, meeting.get_absolute_url(), script=has_scripts)
    expect(keeper.locator("main")).to_contain_text("1 person under 18 has replied. Their name will not be shown.")
    expect(keeper.locator("main")).not_to_contain_text("Zuri")
