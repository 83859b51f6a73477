"""The page that compares two versions, walked in Chromium with scripts and without."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, change_organisation
from jukwaa.coalitions.models import Coalition
from tests.browser.axe import find_violations
from tests.browser.conftest import SCRIPT_CHOICES, Open, build_session_cookie
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.browser

THEIRS = "Runs a helpline for children in four languages, by telephone and chat, every day from 8 to 20."
MINE = "Runs a helpline for children in five languages, by telephone, chat and email, at any hour."


@pytest.mark.parametrize("script", SCRIPT_CHOICES.values(), ids=SCRIPT_CHOICES.keys())
def test_second_editor_compares_both_texts_and_saves(
    windows: Open, live_server: LiveServer, coalition: Coalition, coordinator: Person, script: bool
):
    organisation = OrganisationFactory(coalition=coalition, name="Northern Helpline", about="Runs a helpline.")
    page = windows(script=script)
    page.context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    page.goto(f"{organisation.get_absolute_url()}change/")
    facts = OrganisationFacts(name=organisation.name, about=THEIRS, website="https://theirs.example")
    change_organisation(actor=coordinator, organisation=organisation, facts=facts, from_version=organisation.version)
    page.get_by_label("What the organisation does").fill(MINE)
    page.locator("main").get_by_role("button", name="Save").click()

    main = page.locator("main")
    expect(main.get_by_role("alert")).to_be_focused()
    expect(main.locator("section section", has_text="What the organisation does")).to_contain_text(THEIRS)
    expect(main.get_by_label("What the organisation does")).to_have_value(MINE)
    assert not script or find_violations(page) == {}  # axe is a script
    main.get_by_role("button", name="Save my version").click()

    expect(page).to_have_url(re.compile(f"{organisation.get_absolute_url()}$"))
    organisation.refresh_from_db()
    assert organisation.about == MINE
