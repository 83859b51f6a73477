"""From a gap in a proposal to the invited speaker in three clicks, on a phone, with and without JavaScript."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jukwaa.proposals.actions import save_call_file, start_proposal
from jukwaa.proposals.models import Participant
from tests.browser.conftest import build_session_cookie
from tests.browser.test_journeys import check_message, check_title, follow
from tests.factories import AffiliationFactory, MembershipFactory
from tests.proposals.test_proposals import CALL, NAME

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
LATER = "2099"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(browser: Browser, live_server, coordinator, request: pytest.FixtureRequest):
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param, base_url=live_server.url)
    context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    yield context.new_page()
    context.close()


def check_width(page: Page, name: str) -> None:
    """Nothing is wider than the phone. With PROPOSAL_PICTURES, a folder, the page is kept to look at."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if folder := os.environ.get("PROPOSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"balance-{name}.png", full_page=True)


@pytest.fixture
def speaker(coalition):
    """Somebody of a member organisation of the African Group."""
    helpline = MembershipFactory(
        coalition=coalition, organisation__name="A helpline", organisation__regional_group="african"
    ).organisation
    return AffiliationFactory(organisation=helpline, person__name="Speaker to be").person


def test_team_invites_speaker_for_gap_in_three_clicks(phone: Page, coalition, coordinator, speaker):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL.replace("2027", LATER))
    name = NAME.replace("2027", LATER)
    proposal = start_proposal(actor=coordinator, coalition=coalition, call_name=name, title="Session")
    phone.goto(reverse("proposals:proposal_detail", args=["ours", proposal.pk]))
    follow(phone, "See which groups are missing")
    check_title(phone, "Balance of participants")
    check_width(phone, "gaps")

    follow(phone, "Find people (African Group)")  # the first click
    expect(phone.get_by_label("Regional group")).to_have_value("african")
    check_width(phone, "candidates")
    follow(phone, "Invite Speaker to be (Speaker)")  # the second
    check_width(phone, "invitation")
    phone.locator("main form button[type=submit]").last.click()  # the third

    check_message(phone, "Invitation saved.")
    row = Participant.objects.get(proposal=proposal)
    assert (row.person, row.roles, row.status) == (speaker, ["speaker"], "invited")
    phone.goto(reverse("proposals:candidate_list", args=["ours", proposal.pk]))
    expect(phone.locator("main")).not_to_contain_text("Invite Speaker to be")
