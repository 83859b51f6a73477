"""What may be a disclosure is quarantined from every form of a text, and what our own pages put into them is not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputContent
from jukwaa.drafting.models import Clause, Input, Placement, Returned, Text
from jukwaa.drafting.word_export import build_consultation_docx
from jukwaa.records.models import Held
from tests.drafting import hands
from tests.drafting.test_asking_inputs import address, give
from tests.drafting.test_writing_beginning import said

TELLS = "My uncle touches me and I am 12."


@pytest.fixture
def drafter(client, rapporteur, safeguarding_lead):
    client.force_login(rapporteur)
    return client


@pytest.fixture
def tells(coalition, rapporteur) -> Text:
    """Drafted by people who know what they write: it is not they who tell."""
    beginning = actions.TextStart([ClauseDraft("Purpose."), ClauseDraft(TELLS)])
    text = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline", beginning=beginning
    )
    actions.name_revision(actor=rapporteur, text=text)
    return Text.objects.get(pk=actions.open_text(actor=rapporteur, text=text).pk)


def quarantined(answer) -> tuple[int, str]:
    return Held.objects.count(), answer["Location"]


NOT_TAKEN = (1, reverse("records:not_taken", args=["ours"]))


def test_reason_for_hiding_an_input_is_checked(drafter, consultation, coordinator, member):
    given = actions.give_input(actor=member, consultation=consultation, said=InputContent(body="An insult."))
    drafter.force_login(coordinator)
    answer = drafter.post(reverse("drafting:input_hide", args=["ours", given.pk]), {"reason": TELLS})

    given.refresh_from_db()
    assert (quarantined(answer), given.hidden_at) == (NOT_TAKEN, None)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("clause_split", {"words": TELLS}),
        ("clause_edit", {"body": TELLS, "kind": "paragraph", "level": "1"}),
        ("clause_merge", {"into_digest": TELLS}),
        ("clause_move", {"after": "1", "note": TELLS}),
        ("evidence_add", {"where": TELLS}),
    ],
)
def test_every_form_of_a_clause_is_checked(drafter, open_text, name, typed):
    answer = drafter.post(reverse(f"drafting:{name}", args=["ours", open_text.pk, 2]), typed)

    assert quarantined(answer) == NOT_TAKEN


def test_clause_that_is_saved_by_htmx_leaves_the_page(drafter, open_text):
    sent = {"body": TELLS, "kind": "paragraph", "level": "1"}
    answer = drafter.post(
        reverse("drafting:clause_save", args=["ours", open_text.pk, 2]), sent, headers={"HX-Request": "true"}
    )

    assert (Held.objects.count(), answer["HX-Redirect"]) == NOT_TAKEN


def test_comment_in_a_word_file_is_checked_and_the_file_is_kept(drafter, consultation):
    data = hands.edited(build_consultation_docx(consultation), hands.remark("Purpose", TELLS))
    url = reverse("drafting:returned_new", args=["ours", consultation.text_id, consultation.pk])
    answer = drafter.post(url, {"file": SimpleUploadedFile("draft.docx", data), "capacity": "own"})

    held = Held.objects.get()
    assert (quarantined(answer), Returned.objects.count()) == (NOT_TAKEN, 0)
    with held.file.open() as kept:
        assert (held.door, held.file_name, kept.read() == data) == ("attachment", "draft.docx", True)


def test_words_in_a_file_that_a_text_begins_with_are_checked(drafter, coalition):
    file = SimpleUploadedFile("draft.md", f"# A draft\n\n{TELLS}\n".encode())
    answer = drafter.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file})

    assert (quarantined(answer), Held.objects.get().door) == (NOT_TAKEN, "attachment")


def test_signed_clauses_of_a_page_are_not_checked_again(drafter, coalition):
    file = SimpleUploadedFile("draft.md", b"# A draft\n\nHelplines answer within a day.\n")
    shown = drafter.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file}).text
    clauses = re.search(r'name="clauses" value="([^"]+)"', shown)[1]
    answer = drafter.post(reverse("drafting:text_new", args=[coalition.slug]), said(summary=TELLS, clauses=clauses))

    assert (quarantined(answer), Held.objects.get().text.count(clauses)) == (NOT_TAKEN, 0)


@pytest.mark.parametrize(("proposed", "found"), [(TELLS, 0), (f"  {TELLS}\r\n", 0), (f"{TELLS} It hurts.", 1)])
def test_clause_that_comes_back_unchanged_is_not_checked(drafter, ask, tells, proposed, found):
    asked = ask(tells)
    give(drafter, asked, "?clause=2", body="Quote this less.", proposed=proposed)

    assert (Held.objects.count(), Input.objects.count()) == (found, 1 - found)


def test_refused_button_leads_back_to_its_page(drafter, ask, open_text):
    asked = ask(open_text)
    actions.close_consultation(actor=asked.by, consultation=asked)
    answer = drafter.post(address(asked, name="consultation_nudge"), follow=True)

    assert answer.redirect_chain == [(address(asked, name="voices"), 302)]
    assert "You can only send reminders while the consultation is open." in answer.text


def test_clause_that_was_taken_out_meanwhile_is_not_moved(drafter, open_text, rapporteur):
    here = Placement.objects.now(open_text).get(clause__number=3)
    actions.remove_clause(actor=rapporteur, clause=here.clause, from_digest=here.wording.digest)
    answer = drafter.post(reverse("drafting:clause_move", args=["ours", open_text.pk, 2]), {"after": "3"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["after"])
    assert Clause.objects.filter(text=open_text, number=2).exists()
