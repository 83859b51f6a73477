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
from tests.drafting import word_edits
from tests.drafting.test_consultation_inputs import build_input_url, post_input
from tests.drafting.test_text_creation import get_form_data

DISCLOSURE_TEXT = "My uncle touches me and I am 12."


@pytest.fixture
def drafting_client(client, rapporteur, safeguarding_lead):
    client.force_login(rapporteur)
    return client


@pytest.fixture
def disclosing_text(coalition, rapporteur) -> Text:
    """Drafted by people who know what they write: it is not they who tell."""
    beginning = actions.TextStart([ClauseDraft("Purpose."), ClauseDraft(DISCLOSURE_TEXT)])
    text = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline", beginning=beginning
    )
    actions.create_named_revision(actor=rapporteur, text=text)
    return Text.objects.get(pk=actions.open_text_to_readers(actor=rapporteur, text=text).pk)


def get_quarantine_result(response) -> tuple[int, str]:
    return Held.objects.count(), response["Location"]


QUARANTINE_RESULT = (1, reverse("records:not_taken", args=["ours"]))


def test_reason_for_hiding_an_input_is_checked(drafting_client, consultation, coordinator, member):
    given = actions.give_consultation_input(
        actor=member, consultation=consultation, said=InputContent(body="An insult.")
    )
    drafting_client.force_login(coordinator)
    answer = drafting_client.post(reverse("drafting:input_hide", args=["ours", given.pk]), {"reason": DISCLOSURE_TEXT})

    given.refresh_from_db()
    assert (get_quarantine_result(answer), given.hidden_at) == (QUARANTINE_RESULT, None)


@pytest.mark.parametrize(
    ("route_name", "typed_fields"),
    [
        ("clause_split", {"words": DISCLOSURE_TEXT}),
        ("clause_edit", {"body": DISCLOSURE_TEXT, "kind": "paragraph", "level": "1"}),
        ("clause_merge", {"into_digest": DISCLOSURE_TEXT}),
        ("clause_move", {"after": "1", "note": DISCLOSURE_TEXT}),
        ("evidence_add", {"where": DISCLOSURE_TEXT}),
    ],
)
def test_every_form_of_a_clause_is_checked(drafting_client, open_text, route_name, typed_fields):
    answer = drafting_client.post(reverse(f"drafting:{route_name}", args=["ours", open_text.pk, 2]), typed_fields)

    assert get_quarantine_result(answer) == QUARANTINE_RESULT


def test_disclosure_saved_by_htmx_leaves_page(drafting_client, open_text):
    sent = {"body": DISCLOSURE_TEXT, "kind": "paragraph", "level": "1"}
    answer = drafting_client.post(
        reverse("drafting:clause_save", args=["ours", open_text.pk, 2]), sent, headers={"HX-Request": "true"}
    )

    assert (Held.objects.count(), answer["HX-Redirect"]) == QUARANTINE_RESULT


def test_comment_in_a_word_file_is_checked_and_the_file_is_kept(drafting_client, consultation):
    data = word_edits.edit_word_document(
        build_consultation_docx(consultation), word_edits.comment_on("Purpose", DISCLOSURE_TEXT)
    )
    url = reverse("drafting:returned_new", args=["ours", consultation.text_id, consultation.pk])
    answer = drafting_client.post(url, {"file": SimpleUploadedFile("draft.docx", data), "capacity": "own"})

    held = Held.objects.get()
    assert (get_quarantine_result(answer), Returned.objects.count()) == (QUARANTINE_RESULT, 0)
    with held.file.open() as kept:
        assert (held.door, held.file_name, kept.read() == data) == ("attachment", "draft.docx", True)


def test_words_in_imported_file_are_checked(drafting_client, coalition):
    file = SimpleUploadedFile("draft.md", f"# A draft\n\n{DISCLOSURE_TEXT}\n".encode())
    answer = drafting_client.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file})

    assert (get_quarantine_result(answer), Held.objects.get().door) == (QUARANTINE_RESULT, "attachment")


def test_signed_clauses_of_a_page_are_not_checked_again(drafting_client, coalition):
    file = SimpleUploadedFile("draft.md", b"# A draft\n\nHelplines answer within a day.\n")
    shown = drafting_client.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file}).text
    clauses = re.search(r'name="clauses" value="([^"]+)"', shown)[1]
    answer = drafting_client.post(
        reverse("drafting:text_new", args=[coalition.slug]), get_form_data(summary=DISCLOSURE_TEXT, clauses=clauses)
    )

    assert (get_quarantine_result(answer), Held.objects.get().text.count(clauses)) == (QUARANTINE_RESULT, 0)


@pytest.mark.parametrize(
    ("proposed", "quarantined_count"),
    [(DISCLOSURE_TEXT, 0), (f"  {DISCLOSURE_TEXT}\r\n", 0), (f"{DISCLOSURE_TEXT} It hurts.", 1)],
)
def test_unchanged_clause_is_not_checked_again(
    drafting_client, ask_about_text, disclosing_text, proposed, quarantined_count
):
    asked = ask_about_text(disclosing_text)
    post_input(drafting_client, asked, "?clause=2", body="Quote this less.", proposed=proposed)

    assert (Held.objects.count(), Input.objects.count()) == (quarantined_count, 1 - quarantined_count)


def test_refused_button_leads_back_to_its_page(drafting_client, ask_about_text, open_text):
    asked = ask_about_text(open_text)
    actions.close_consultation(actor=asked.by, consultation=asked)
    answer = drafting_client.post(build_input_url(asked, route_name="consultation_nudge"), follow=True)

    assert answer.redirect_chain == [(build_input_url(asked, route_name="voices"), 302)]
    assert "You can only send reminders while the consultation is open." in answer.text


def test_removed_clause_is_not_moved(drafting_client, open_text, rapporteur):
    here = Placement.objects.now(open_text).get(clause__number=3)
    actions.remove_clause(actor=rapporteur, clause=here.clause, seen_digest=here.wording.digest)
    answer = drafting_client.post(reverse("drafting:clause_move", args=["ours", open_text.pk, 2]), {"after": "3"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["after"])
    assert Clause.objects.filter(text=open_text, number=2).exists()
