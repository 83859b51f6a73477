"""Inputs are answered on the desk: alone, together, and by taking a wording up. Walked with scripts and without."""

import pytest
from playwright.sync_api import expect

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputContent, TextStart
from jukwaa.drafting.models import Clause, Placement, Text
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_journeys import check_flash_message, check_page_title, follow_link, press_button
from tests.factories import ConsultationFactory

pytestmark = pytest.mark.browser

DRAFTER, READER = "rapporteur", "member from the ITU"
SLOW_WORDING = "A provider answers a report within three working days. This clause was written for the test."
FAST_WORDING = "A provider answers a report within one working day. This clause was written for the test."


@pytest.fixture
def text(demo_coalition: Coalition) -> Text:
    beginning = TextStart(
        [
            ClauseDraft("Purpose", kind="heading"),
            ClauseDraft(SLOW_WORDING),
            ClauseDraft("Each provider names a contact."),
        ]
    )
    text = actions.begin_text(
        actor=get_demo_person(DRAFTER),
        coalition=demo_coalition,
        title="Working with providers",
        form="guideline",
        beginning=beginning,
    )
    actions.open_text_to_readers(actor=get_demo_person(DRAFTER), text=text)
    actions.create_named_revision(actor=get_demo_person(DRAFTER), text=text, revision_name="Draft 1")
    asked = ConsultationFactory(text=Text.objects.get(pk=text.pk))
    organisation = get_demo_person(READER).affiliations.get().organisation
    clauses = {clause.number: clause for clause in Clause.objects.filter(text=text)}
    for number, said in (
        (2, {"kind": "proposal", "body": "Too slow for a child in danger.", "proposed": FAST_WORDING}),
        (2, {"body": "Who counts the working days?", "exact": "working days", "start": 43}),
        (3, {"body": "Name a deputy as well, please."}),
        (3, {"body": "Please name a deputy as well."}),
        (3, {"kind": "question", "body": "Who pays for this?"}),
    ):
        actions.give_consultation_input(
            actor=get_demo_person(READER),
            consultation=asked,
            organisation=organisation,
            said=InputContent(clause=clauses[number], **said),
        )
    return text


@pytest.mark.scripted
def test_rapporteur_answers_all_waiting_inputs(open_demo_window: Open, text: Text):
    page = open_demo_window(DRAFTER)
    page.goto(text.get_absolute_url())
    follow_link(page, "Respond to inputs")
    main = page.locator("main")
    expect(main).to_contain_text("Awaiting a response: 2 under this heading, 5 in total.")
    press_button(page, "Accept the proposed wording")
    check_flash_message(page, "The proposed wording has been added to the text.")
    assert Placement.objects.now(text).get(clause__number=2).wording.body == FAST_WORDING

    row = page.locator("details[open]")
    expect(row).to_contain_text("Who counts the working days?")
    press_button(page, "Respond to input")
    expect(main).to_contain_text("Choose a response.")
    page.get_by_label("noted").check()
    page.get_by_label("Reason").fill("The law of each country does.")
    press_button(page, "Send response")
    check_flash_message(page, "Response sent. We will email the author if we know their address.")
    expect(main).to_contain_text("No inputs under this heading are awaiting a response.")

    page.get_by_role("link", name="Clause 3").click()
    expect(main).to_contain_text("2 similar inputs")
    main.get_by_role("button", name="Respond to these inputs together", exact=True).click()
    check_page_title(page, "Respond to several inputs together")
    page.get_by_label("accepted", exact=True).check()
    page.get_by_label("Reason").fill("A deputy is named in the next revision.")
    press_button(page, "Send response to all selected inputs")
    check_flash_message(page, "Response sent to 2 inputs.")
    expect(main).to_contain_text("Awaiting a response: 1 under this heading, 1 in total.")


@pytest.mark.scripted
def test_author_reads_answer_and_visitor_reads_matrix(open_demo_window: Open, text: Text):
    drafter = get_demo_person(DRAFTER)
    given = text.inputs.order_by("pk")[0]
    actions.accept_proposed_wording(actor=drafter, given_input=given)
    actions.create_named_revision(actor=drafter, text=text, revision_name="Draft 2")
    page = open_demo_window(READER)
    page.goto(f"/child-online-safety/texts/inputs/{given.pk}/")
    main = page.locator("main")
    expect(main.locator("ins").first).to_have_text("one")
    expect(main).to_contain_text("Included in revision 2")

    visitor = open_demo_window()
    visitor.goto(text.get_absolute_url())
    follow_link(visitor, "Inputs and responses")
    expect(visitor.locator("tbody tr")).to_have_count(5)
    expect(visitor.locator("tbody tr").first).to_contain_text("accepted")
    with visitor.expect_download() as file:
        visitor.get_by_role("link", name="Word", exact=True).click()
    assert file.value.suggested_filename.endswith("-answers.docx")


def test_proposed_wording_for_changed_clause_is_merged_by_hand(open_demo_window: Open, text: Text):
    drafter, here = get_demo_person(DRAFTER), Placement.objects.now(text).get(clause__number=2)
    theirs = SLOW_WORDING.replace("a report", "each report, in writing,")
    actions.write_clause_body(actor=drafter, clause=here.clause, clause_body=theirs, from_digest=here.wording.digest)
    page = open_demo_window(DRAFTER)
    page.goto(f"/child-online-safety/texts/{text.pk}/answers/")
    follow_link(page, "Compare and merge the two wordings")
    main = page.locator("main")
    expect(main).to_contain_text("Nothing has been saved yet")
    merged = FAST_WORDING.replace("a report", "each report, in writing,")
    page.get_by_label("New wording of the clause").fill(merged)
    press_button(page, "Update clause and respond")
    check_flash_message(page, "The proposed wording has been added to the text.")
    assert Placement.objects.now(text).get(clause__number=2).wording.body == merged
