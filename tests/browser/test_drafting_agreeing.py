"""A text is agreed, published and traced: walked on the demo in Chromium."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jukwaa.drafting import actions
from jukwaa.drafting.models import Call, Clause, Edition, Placement, Text
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button

pytestmark = pytest.mark.browser

COORDINATOR, RAPPORTEUR, HELPLINE = "coordinator", "rapporteur", "member of a made-up helpline"
TEXTS_URL = "/child-online-safety/texts/"


def get_text_beginning_with(first_words: str) -> Text:
    return Text.objects.select_related("coalition").get(title__startswith=first_words)


def test_consensus_call_is_answered_and_outcome_is_reported(open_demo_window: Open):
    text = get_text_beginning_with("Plan of action")
    call = Call.objects.get(text=text, outcome="")
    page = open_demo_window(HELPLINE)
    page.goto("/child-online-safety/tasks/")
    follow_link(page, f"Take a position on “{text.title}” for your organisation")
    follow_link(page, re.compile("^Respond for A helpline"))
    page.get_by_label("objects").check()
    press_button(page, "Submit position")
    expect(page.locator("main")).to_contain_text("so that others can answer it")
    page.locator("main [name=reason]").fill("Who counts the steps?")
    page.get_by_label("Clause number").fill("5")
    press_button(page, "Submit position")
    check_flash_message(page, "Response saved. You can change it until the consensus call closes")
    expect(page.locator("section[aria-labelledby=positions]")).to_contain_text("Who counts the steps?")
    expect(page.locator("aside[aria-labelledby=silent]")).not_to_contain_text("ECPAT")

    lead = open_demo_window(COORDINATOR)
    lead.goto(f"{TEXTS_URL}{text.pk}/agreement/")
    follow_link(lead, "Revision 2")
    expect(lead.locator("aside[aria-labelledby=silent]")).to_contain_text("ECPAT")
    expect(lead.get_by_role("link", name="Declare the outcome")).to_have_count(0)
    began = timezone.now() - timedelta(days=30)
    Call.objects.filter(pk=call.pk).update(opens_at=began, closes_at=began + timedelta(days=20))
    lead.goto("/child-online-safety/tasks/")
    lead.reload()
    lead.goto(f"{TEXTS_URL}{text.pk}/calls/{call.pk}/")
    follow_link(lead, "Declare the outcome")
    lead.get_by_label("consensus", exact=True).check()
    lead.locator("main [name=reason]").fill("One objection stands.")
    press_button(lead, "Declare outcome")
    expect(lead.locator("main")).to_contain_text("There are remaining objections.")
    expect(lead.locator("main [name=reason]")).to_have_value("One objection stands.")
    lead.get_by_label("agreed, with remaining objections").check()
    press_button(lead, "Declare outcome")
    check_flash_message(lead, "Outcome declared.")
    follow_link(lead, "Consensus and publication")
    follow_link(lead, "Publish a version")
    check_page_title(lead, "Publish version 1.0")
    press_button(lead, "Publish version")
    check_flash_message(lead, "Version 1.0 published.")

    reader = open_demo_window()
    reader.goto(f"{TEXTS_URL}{text.pk}/1.0/#c5")
    expect(reader.locator("#c5")).to_contain_text("Who counts the steps?")


def test_consensus_call_is_opened_and_restarted(open_demo_window: Open):
    text = get_text_beginning_with("Signing an agreement")
    page = open_demo_window(COORDINATOR)
    page.goto(f"{TEXTS_URL}{text.pk}/agreement/")
    follow_link(page, "Open a consensus call")
    page.get_by_label("Last day to respond").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    press_button(page, "Open consensus call")
    expect(page.locator("main")).to_contain_text("has no response yet")
    page.get_by_label("Reason for opening the call early").fill("They concern the next text.")
    press_button(page, "Open consensus call")
    expect(page.locator("main")).to_contain_text("A call must last at least 14 days")
    page.get_by_label("Last day to respond").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    press_button(page, "Open consensus call")
    check_flash_message(page, "The consensus call is open.")
    expect(page.locator("main")).to_contain_text("They concern the next text.")
    follow_link(page, "Restart with a new revision")
    page.get_by_label("What has changed").fill("Nothing, to see what is said.")
    page.get_by_label("Last day to respond").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    press_button(page, "Restart consensus call")
    expect(page.locator("main")).to_contain_text("Change the text before you restart the call.")


def test_published_clause_links_to_source_and_library(open_demo_window: Open):
    text = get_text_beginning_with("Working with internet service providers")
    edition = Edition.objects.get(text=text)
    reader = open_demo_window()
    reader.goto(f"{edition.get_absolute_url()}#c13")
    clause = reader.locator("#c13")
    expect(clause).to_be_in_viewport()
    expect(clause).to_contain_text("Only the law should decide this.")
    clause.get_by_role("link", name="Where this comes from").click()
    expect(reader.locator("h2#clause")).to_have_text("Clause 13")
    expect(reader.locator("section[aria-labelledby=wordings] ins").first).to_be_visible()
    expect(reader.locator("section[aria-labelledby=inputs]")).to_contain_text("A hotline network in Western Europe")
    expect(reader.locator("section[aria-labelledby=inputs]")).to_contain_text("Western European and Others Group")
    expect(reader.locator("section[aria-labelledby=evidence]")).to_contain_text("Terms of Mutual Cooperation")
    began = reader.locator("section[aria-labelledby=began]")
    expect(began.locator("mark").first).to_contain_text("specific guidelines on working with ISPs")
    began.get_by_role("link", name="Report of the session").first.click()
    expect(reader.locator("main")).to_contain_text("which could be shared")
    reader.go_back()
    reader.locator("section[aria-labelledby=onward] a").first.click()
    check_page_title(reader, text.title)
    follow_link(reader, "Read version 1.0")
    for name in ("Word", "PDF", "Markdown", "JSON"):
        with reader.expect_download() as got:
            reader.get_by_role("link", name=name, exact=True).click()
        assert got.value.suggested_filename.startswith("Working with internet service providers")


def test_correction_is_published_as_edition_1_1(open_demo_window: Open):
    text = get_text_beginning_with("Working with internet service providers")
    clause = Clause.objects.get(text=text, number=2)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    body = "This is a demo: its clauses were written to show how a text is drafted."
    actions.write_clause_body(actor=get_demo_person(RAPPORTEUR), clause=clause, clause_body=body, from_digest=digest)
    actions.create_named_revision(actor=get_demo_person(RAPPORTEUR), text=text, revision_name="Draft 3")
    page = open_demo_window(RAPPORTEUR)
    page.goto(f"{TEXTS_URL}{text.pk}/publish/")
    page.get_by_label("Version 1.1: corrections only").check()
    press_button(page, "Publish version")
    expect(page.locator("main")).to_contain_text("Describe what was corrected")
    page.get_by_label("Changes since the previous version").fill("Clause 2 is shorter.")
    press_button(page, "Publish version")
    check_flash_message(page, "Version 1.1 published.")
    expect(page.locator("main")).to_contain_text("Clause 2 is shorter.")
    page.goto(f"{TEXTS_URL}{text.pk}/1.0/")
    expect(page.locator("main")).to_contain_text("Version 1.0 has been superseded.")
    follow_link(page, "Read version 1.1")


def test_coordinator_sets_consensus_call_rules(open_demo_window: Open):
    page = open_demo_window(COORDINATOR)
    page.goto(f"{TEXTS_URL}rules/")
    page.get_by_label("as standing aside").check()
    page.get_by_label("Length of a consensus call on a text").fill("3")
    press_button(page, "Save rules")
    expect(page.locator("main")).to_contain_text("Enter 14 or more")
    page.get_by_label("Length of a consensus call on a text").fill("21")
    press_button(page, "Save rules")
    check_flash_message(page, "Rules saved.")
