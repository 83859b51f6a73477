"""From a gap in a proposal to the invited speaker in three clicks, on a phone, with and without JavaScript."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.proposals.actions import save_call_file, start_proposal
from jukwaa.proposals.models import Participant
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link
from tests.factories import AffiliationFactory, MembershipFactory
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_VIEWPORT = {"width": 360, "height": 740}
FUTURE_YEAR = "2099"


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with JavaScript", "without JavaScript"]
)
def phone_page(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE_VIEWPORT, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"balance-{screenshot_name}.png", full_page=True)


@pytest.fixture
def african_speaker(coalition):
    """Somebody of a member organisation of the African Group."""
    helpline = MembershipFactory(
        coalition=coalition, organisation__name="A helpline", organisation__regional_group="african"
    ).organisation
    return AffiliationFactory(organisation=helpline, person__name="Speaker to be").person


def test_team_invites_speaker_for_gap_in_three_clicks(phone_page: Page, coalition, coordinator, african_speaker):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML.replace("2027", FUTURE_YEAR))
    name = CALL_NAME.replace("2027", FUTURE_YEAR)
    proposal = start_proposal(actor=coordinator, coalition=coalition, call_name=name, title="Session")
    phone_page.goto(reverse("proposals:proposal_detail", args=["ours", proposal.pk]))
    follow_link(phone_page, "See which groups are missing")
    check_page_title(phone_page, "Balance of participants")
    check_page_width(phone_page, "gaps")

    follow_link(phone_page, "Find people (African Group)")  # the first click
    expect(phone_page.get_by_label("Regional group")).to_have_value("african")
    check_page_width(phone_page, "candidates")
    follow_link(phone_page, "Invite Speaker to be (Speaker)")  # the second
    check_page_width(phone_page, "invitation")
    phone_page.locator("main form button[type=submit]").last.click()  # the third

    check_flash_message(phone_page, "Invitation saved.")
    row = Participant.objects.get(proposal=proposal)
    assert (row.person, row.roles, row.status) == (african_speaker, ["speaker"], "invited")
    phone_page.goto(reverse("proposals:candidate_list", args=["ours", proposal.pk]))
    expect(phone_page.locator("main")).not_to_contain_text("Invite Speaker to be")
