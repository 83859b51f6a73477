"""Inputs are answered on the desk: alone, together, and by taking a wording up. Walked with scripts and without."""

import pytest
from playwright.sync_api import expect

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputContent, TextStart
from jukwaa.drafting.models import Clause, Placement, Text
from tests.browser.conftest import Open, get_persona
from tests.browser.test_journeys import check_message, check_title, follow, press
from tests.factories import ConsultationFactory

pytestmark = pytest.mark.browser

DRAFTER, READER = "rapporteur", "member from the ITU"
SLOW = "A provider answers a report within three working days. This clause was written for the test."
FAST = "A provider answers a report within one working day. This clause was written for the test."


@pytest.fixture
def text(demo: Coalition) -> Text:
    beginning = TextStart(
        [ClauseDraft("Purpose", kind="heading"), ClauseDraft(SLOW), ClauseDraft("Each provider names a contact.")]
    )
    text = actions.begin_text(
        actor=get_persona(DRAFTER),
        coalition=demo,
        title="Working with providers",
        form="guideline",
        beginning=beginning,
    )
    actions.open_text_to_readers(actor=get_persona(DRAFTER), text=text)
    actions.name_revision(actor=get_persona(DRAFTER), text=text, name="Draft 1")
    asked = ConsultationFactory(text=Text.objects.get(pk=text.pk))
    organisation = get_persona(READER).affiliations.get().organisation
    clauses = {clause.number: clause for clause in Clause.objects.filter(text=text)}
    for number, said in (
        (2, {"kind": "proposal", "body": "Too slow for a child in danger.", "proposed": FAST}),
        (2, {"body": "Who counts the working days?", "exact": "working days", "start": 43}),
        (3, {"body": "Name a deputy as well, please."}),
        (3, {"body": "Please name a deputy as well."}),
        (3, {"kind": "question", "body": "Who pays for this?"}),
    ):
        actions.give_consultation_input(
            actor=get_persona(READER),
            consultation=asked,
            organisation=organisation,
            said=InputContent(clause=clauses[number], **said),
        )
    return text


@pytest.mark.scripted
def test_rapporteur_answers_all_waiting_inputs(window: Open, text: Text):
    page = window(DRAFTER)
    page.goto(text.get_absolute_url())
    follow(page, "Respond to inputs")
    main = page.locator("main")
    expect(main).to_contain_text("Awaiting a response: 2 under this heading, 5 in total.")
    press(page, "Accept the proposed wording")
    check_message(page, "The proposed wording has been added to the text.")
    assert Placement.objects.now(text).get(clause__number=2).wording.body == FAST

    row = page.locator("details[open]")
    expect(row).to_contain_text("Who counts the working days?")
    press(page, "Respond to input")
    expect(main).to_contain_text("Choose a response.")
    page.get_by_label("noted").check()
    page.get_by_label("Reason").fill("The law of each country does.")
    press(page, "Send response")
    check_message(page, "Response sent. We will email the author if we know their address.")
    expect(main).to_contain_text("No inputs under this heading are awaiting a response.")

    page.get_by_role("link", name="Clause 3").click()
    expect(main).to_contain_text("2 similar inputs")
    main.get_by_role("button", name="Respond to these inputs together", exact=True).click()
    check_title(page, "Respond to several inputs together")
    page.get_by_label("accepted", exact=True).check()
    page.get_by_label("Reason").fill("A deputy is named in the next revision.")
    press(page, "Send response to all selected inputs")
    check_message(page, "Response sent to 2 inputs.")
    expect(main).to_contain_text("Awaiting a response: 1 under this heading, 1 in total.")


@pytest.mark.scripted
def test_author_reads_answer_and_visitor_reads_matrix(window: Open, text: Text):
    drafter = get_persona(DRAFTER)
    given = text.inputs.order_by("pk")[0]
    actions.accept_proposed_wording(actor=drafter, given=given)
    actions.name_revision(actor=drafter, text=text, name="Draft 2")
    page = window(READER)
    page.goto(f"/child-online-safety/texts/inputs/{given.pk}/")
    main = page.locator("main")
    expect(main.locator("ins").first).to_have_text("one")
    expect(main).to_contain_text("Included in revision 2")

    visitor = window()
    visitor.goto(text.get_absolute_url())
    follow(visitor, "Inputs and responses")
    expect(visitor.locator("tbody tr")).to_have_count(5)
    expect(visitor.locator("tbody tr").first).to_contain_text("accepted")
    with visitor.expect_download() as file:
        visitor.get_by_role("link", name="Word", exact=True).click()
    assert file.value.suggested_filename.endswith("-answers.docx")


def test_proposed_wording_for_changed_clause_is_merged_by_hand(window: Open, text: Text):
    drafter, here = get_persona(DRAFTER), Placement.objects.now(text).get(clause__number=2)
    theirs = SLOW.replace("a report", "each report, in writing,")
    actions.write_clause_body(actor=drafter, clause=here.clause, body=theirs, from_digest=here.wording.digest)
    page = window(DRAFTER)
    page.goto(f"/child-online-safety/texts/{text.pk}/answers/")
    follow(page, "Compare and merge the two wordings")
    main = page.locator("main")
    expect(main).to_contain_text("Nothing has been saved yet")
    merged = FAST.replace("a report", "each report, in writing,")
    page.get_by_label("New wording of the clause").fill(merged)
    press(page, "Update clause and respond")
    check_message(page, "The proposed wording has been added to the text.")
    assert Placement.objects.now(text).get(clause__number=2).wording.body == merged
