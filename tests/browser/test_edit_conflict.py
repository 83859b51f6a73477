"""The page that compares two versions, walked in Chromium with scripts and without."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, change_organisation
from jukwaa.coalitions.models import Coalition
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, build_session_cookie
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.browser

THEIR_DESCRIPTION = "Runs a helpline for children in four languages, by telephone and chat, every day from 8 to 20."
MY_DESCRIPTION = "Runs a helpline for children in five languages, by telephone, chat and email, at any hour."


@pytest.mark.parametrize("has_scripts", SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def test_second_editor_compares_both_texts_and_saves(
    open_window: Open, live_server: LiveServer, coalition: Coalition, coordinator: Person, has_scripts: bool
):
    organisation = OrganisationFactory(coalition=coalition, name="Northern Helpline", about="Runs a helpline.")
    page = open_window(script=has_scripts)
    page.context.add_cookies([{**build_session_cookie(coordinator), "url": live_server.url}])
    page.goto(f"{organisation.get_absolute_url()}change/")
    facts = OrganisationFacts(name=organisation.name, about=THEIR_DESCRIPTION, website="https://theirs.example")
    change_organisation(actor=coordinator, organisation=organisation, facts=facts, from_version=organisation.version)
    page.get_by_label("What the organisation does").fill(MY_DESCRIPTION)
    page.locator("main").get_by_role("button", name="Save").click()

    main = page.locator("main")
    expect(main.get_by_role("alert")).to_be_focused()
    expect(main.locator("section section", has_text="What the organisation does")).to_contain_text(THEIR_DESCRIPTION)
    expect(main.get_by_label("What the organisation does")).to_have_value(MY_DESCRIPTION)
    assert not has_scripts or find_accessibility_violations(page) == {}  # axe is a script
    main.get_by_role("button", name="Save my version").click()

    expect(page).to_have_url(re.compile(f"{organisation.get_absolute_url()}$"))
    organisation.refresh_from_db()
    assert organisation.about == MY_DESCRIPTION
