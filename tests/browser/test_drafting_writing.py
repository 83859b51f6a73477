"""A text is begun and written, walked in Chromium, with scripts and without."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.records import index
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, build_session_cookie
from tests.conftest import create_seated_person
from tests.factories import EntryFactory, ItemFactory

pytestmark = pytest.mark.browser

MARKDOWN_FILE = (
    b"# Working with providers\n\n## Purpose\n\nIt helps. It goes on helping.\n\n- One\n- Two\n\n<script>x()</script>\n"
)


class RapporteurPage(NamedTuple):
    page: Page
    has_script: bool


@pytest.fixture(params=SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def rapporteur_page(
    request, open_window: Open, live_server: LiveServer, coalition: Coalition, member: Person
) -> RapporteurPage:
    page = open_window(script=request.param)
    page.context.add_cookies([{**build_session_cookie(member), "url": live_server.url}])
    return RapporteurPage(page, request.param)


@pytest.fixture
def text(coalition: Coalition, member: Person) -> Text:
    said = [
        ClauseDraft("Purpose", "heading"),
        ClauseDraft("It helps. It goes on."),
        ClauseDraft("A named contact."),
        ClauseDraft("An answer."),
    ]
    return actions.begin_text(
        actor=member, coalition=coalition, title="Hotlines", form="guideline", beginning=actions.TextStart(said)
    )


def press_button(page: Page, button_name: str) -> None:
    page.locator("main").get_by_role("button", name=button_name, exact=True).first.click()


def follow_link(page: Page, link_name: str) -> None:
    page.locator("main").get_by_role("link", name=link_name, exact=True).first.click()


def list_clause_bodies(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def check_clauses_on_page(page: Page, *numbers: int) -> None:
    """The clauses on the page, in this order."""
    expect(page.locator("section.writing > .clause")).to_have_count(len(numbers))
    found = [clause.get_attribute("id") for clause in page.locator("section.writing > .clause").all()]
    assert found == [f"c{number}" for number in numbers]


def test_text_is_created_from_template(rapporteur_page: RapporteurPage, coalition: Coalition):
    page = rapporteur_page.page
    page.goto(f"/{coalition.slug}/texts/")
    follow_link(page, "Start a text")
    follow_link(page, "Statement")
    page.get_by_label("Title").fill("On the day of safer internet")
    page.get_by_text("Language, areas of work and owner").click()
    page.get_by_label("Language of this text").select_option("fr")
    press_button(page, "Create draft")

    expect(page.locator("h1")).to_have_text("On the day of safer internet")
    expect(page.locator("#c1")).to_contain_text("Nous, membres de [coalition]")


def test_consultation_is_opened_on_text_from_file(rapporteur_page: RapporteurPage, coalition: Coalition):
    page = rapporteur_page.page
    page.goto(f"/{coalition.slug}/texts/new/")
    page.locator("input[type=file]").set_input_files(
        {"name": "draft.md", "mimeType": "text/markdown", "buffer": MARKDOWN_FILE}
    )
    press_button(page, "Show the clauses")
    expect(page.locator(".preview .clause")).to_have_count(5)
    expect(page.locator(".preview")).to_contain_text("<script>x()</script>")
    assert Text.objects.count() == 0
    press_button(page, "Create draft")

    expect(page.locator("h1")).to_have_text("Working with providers")
    follow_link(page, "Open a consultation on this text")
    expect(page.locator("form .notice")).to_contain_text("these readers will be able to see it: Everyone")
    press_button(page, "Create consultation")
    expect(page.locator("main")).to_contain_text("invites inputs from everyone, including non-members until")
    text = Text.objects.get()
    assert (text.state, text.revisions.count(), text.consultations.count()) == ("published", 1, 1)


def test_text_is_created_from_minutes_and_adapted(
    rapporteur_page: RapporteurPage, coalition: Coalition, member: Person
):
    page = rapporteur_page.page
    entry = EntryFactory(coalition=coalition, published=True, text="We should write a guideline.", title="A guideline")
    page.goto(entry.get_absolute_url())
    follow_link(page, "Draft a text from this entry")
    follow_link(page, "Position")
    page.get_by_label("Title").fill("First of its kind")
    press_button(page, "Create draft")
    expect(page.locator("h1")).to_have_text("First of its kind")
    follow_link(page, "Create a revision")
    press_button(page, "Create revision")
    press_button(page, "Share with readers")

    follow_link(page, "Adapt this text")
    page.get_by_label("Title").fill("Second of its kind")
    press_button(page, "Create draft")
    expect(page.locator("h1")).to_have_text("Second of its kind")
    second = Text.objects.get(title="Second of its kind")
    assert second.clauses.first().origins.get().origin.text.title == "First of its kind"
    page.goto(second.get_absolute_url())
    expect(page.locator("#origin")).to_contain_text("First of its kind")


def test_clause_is_edited_in_place(rapporteur_page: RapporteurPage, text: Text, coalition: Coalition):
    page = rapporteur_page.page
    page.goto(f"/{coalition.slug}/texts/{text.pk}/write/")
    follow_link(page, "Edit clause 3")
    box = page.locator("#c3").get_by_label("Text of the clause")
    expect(box).to_be_focused()
    box.fill("A named contact and a deputy.")
    if rapporteur_page.has_script:
        expect(page.locator("#c3 .saved")).to_contain_text("Saved at")
        assert list_clause_bodies(text)[2] == (3, "A named contact and a deputy.")
        box.press_sequentially(" Both answer.")
    else:
        box.fill("A named contact and a deputy. Both answer.")
    press_button(page, "Save and close")

    expect(page.locator("#c3 textarea")).to_have_count(0)
    expect(page.locator("#c3 .text")).to_have_text("A named contact and a deputy. Both answer.")
    assert Text.objects.get().step == text.step + 1

    follow_link(page, "Add clause below clause 3")
    page.get_by_label("Text of the clause").last.fill("A new clause.")
    press_button(page, "Add clause")
    check_clauses_on_page(page, 1, 2, 3, 5, 4)
    press_button(page, "Move up: clause 5")
    check_clauses_on_page(page, 1, 2, 5, 3, 4)


def test_edit_conflict_shows_both_texts_and_saves(
    rapporteur_page: RapporteurPage, text: Text, coalition: Coalition, member: Person
):
    page = rapporteur_page.page
    page.goto(f"/{coalition.slug}/texts/{text.pk}/write/")
    follow_link(page, "Edit clause 3")
    expect(page.locator("#c3 textarea")).to_have_value("A named contact.")
    clause = Clause.objects.get(text=text, number=3)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    actions.write_clause_body(actor=member, clause=clause, clause_body="Theirs.", from_digest=digest)
    page.locator("#c3").get_by_label("Text of the clause").fill("Mine.")
    if rapporteur_page.has_script:
        expect(page.locator("#c3 .saved")).to_contain_text("Someone else has changed this clause")
    press_button(page, "Save and close")

    expect(page.locator(".proposed").first).to_contain_text("Theirs.")
    expect(page.get_by_label("Text of the clause")).to_have_value("Mine.")
    press_button(page, "Save my version")
    expect(page.locator("#c3 .text")).to_have_text("Mine.")
    assert list_clause_bodies(text)[2] == (3, "Mine.")


def test_clauses_are_split_joined_removed_and_restored(
    rapporteur_page: RapporteurPage, text: Text, coalition: Coalition
):
    page = rapporteur_page.page
    page.goto(f"/{coalition.slug}/texts/{text.pk}/write/")
    follow_link(page, "Edit clause 2")
    follow_link(page, "Split this clause")
    page.get_by_label("It goes on.").check()
    press_button(page, "Split clause")
    check_clauses_on_page(page, 1, 2, 5, 3, 4)
    follow_link(page, "Edit clause 4")
    follow_link(page, "Merge with the previous clause")
    press_button(page, "Merge clauses")
    expect(page.locator("#c3 .text")).to_have_text("A named contact. An answer.")
    follow_link(page, "Edit clause 5")
    follow_link(page, "Remove clause")
    press_button(page, "Remove clause")
    check_clauses_on_page(page, 1, 2, 3)
    follow_link(page, "Removed clauses")
    press_button(page, "Restore clause 5")
    check_clauses_on_page(page, 1, 2, 5, 3)
    follow_link(page, "Edit clause 3")
    follow_link(page, "Earlier wordings")
    press_button(page, "Restore this wording")
    expect(page.locator("#c3 .text")).to_have_text("A named contact.")


def test_evidence_is_added_and_revisions_are_compared(
    rapporteur_page: RapporteurPage, text: Text, coalition: Coalition
):
    page = rapporteur_page.page
    index.reindex_record(
        ItemFactory(coalition=coalition, kind="toolkit", published=True, title="The Brazilian guidelines")
    )
    actions.define_glossary_term(
        actor=text.authorships.get().person, coalition=coalition, name="contact", language="en", meaning="Who answers."
    )
    page.goto(f"/{coalition.slug}/texts/{text.pk}/write/")
    follow_link(page, "Create a revision")
    page.get_by_label("Name of the revision").fill("Draft for Vilnius")
    press_button(page, "Create revision")
    press_button(page, "Share with readers")
    follow_link(page, "Edit the text")
    follow_link(page, "Edit clause 3")
    follow_link(page, "Add or remove evidence")
    page.get_by_label("Find a record").fill("Brazilian")
    press_button(page, "Find records")
    follow_link(page, "The Brazilian guidelines")
    page.get_by_label("Relevant part of the record, and what it supports").fill("part 4")
    press_button(page, "Cite record")
    expect(page.locator("#c3 .ref")).to_have_text("Evidence: The Brazilian guidelines: part 4")
    press_button(page, "Move up: clause 4")
    follow_link(page, "Create a revision")
    press_button(page, "Create revision")
    expect(page.locator("dl.facts")).to_contain_text("Who answers.")
    follow_link(page, "Revisions")
    follow_link(page, "What changed in this revision")
    expect(page.locator("#c4, #c3").filter(has_text="moved to here")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("2 unchanged clauses")


def test_text_pages_are_accessible(open_window, live_server, text: Text, coalition: Coalition, member: Person):
    page = open_window()
    page.context.add_cookies([{**build_session_cookie(member), "url": live_server.url}])
    actions.create_named_revision(actor=member, text=text, revision_name="ClauseDraft")
    actions.open_text_to_readers(actor=member, text=text)
    base = f"/{coalition.slug}/texts/"
    one = f"{base}{text.pk}/"
    create_seated_person(coalition, "Amina Example")
    found = {}
    for address in [
        *(base, f"{base}new/", f"{base}new/?form=guideline", f"{base}new/?adapt={text.pk}", f"{base}new/file/"),
        *(f"{base}glossary/", f"{base}glossary/new/", one, f"{one}write/", f"{one}edit/", f"{one}revisions/"),
        *(f"{one}revisions/1/", f"{one}compare/?from=1&to=now", f"{one}drafters/?q=amina", f"{one}write/removed/"),
        *(f"{one}clauses/2/{deed}/" for deed in ("edit", "split", "merge", "remove", "wordings", "evidence")),
    ]:
        page.goto(address)
        if wrong := find_accessibility_violations(page):
            found[re.sub(r"\d+", "n", address)] = wrong

    assert found == {}
