"""Word files in LibreOffice: it opens what we write, and what is written there comes back as inputs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Clause, Input, Placement, Returned, Text
from tests.factories import ConsultationFactory

pytestmark = pytest.mark.office

CLAUSE_DRAFTS = [
    ClauseDraft("Scope", kind="heading"),
    ClauseDraft("Providers may report what they find to the hotline of their country."),
    ClauseDraft("A named contact answers within three working days."),
    ClauseDraft("Asked in writing", kind="bullet"),
    ClauseDraft("Asked once a year", kind="bullet"),
    ClauseDraft("Who | What\nProviders | reports\nHotlines | answers", kind="table"),
    ClauseDraft("First, the police", kind="numbered"),
    ClauseDraft("This text is read again every second year."),
]


@pytest.fixture
def text(coalition, rapporteur) -> Text:
    beginning = actions.TextStart(CLAUSE_DRAFTS)
    begun = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline", beginning=beginning
    )
    actions.create_named_revision(actor=rapporteur, text=begun, revision_name="Draft 1")
    return actions.open_text_to_readers(actor=rapporteur, text=begun)


def get_clause_and_current_digest(text, clause_number):
    clause = Clause.objects.get(text=text, number=clause_number)
    return clause, Placement.objects.now(text).get(clause=clause).wording.digest


def edit_every_clause(text, actor):
    """A word, a heading that becomes a paragraph, a row, a clause that goes, one that comes, and one that moves."""
    for number, body in {
        2: "Providers must report what they find to a hotline.",
        6: "Who | What\nProviders | all reports\nMinistries | rules",
    }.items():
        clause, digest = get_clause_and_current_digest(text, number)
        actions.write_clause_body(actor=actor, clause=clause, clause_body=body, from_digest=digest)
    head, digest = get_clause_and_current_digest(text, 1)
    actions.write_clause_body(
        actor=actor, clause=head, clause_body="Scope", from_digest=digest, clause_kind="paragraph"
    )
    clause, digest = get_clause_and_current_digest(text, 3)
    actions.remove_clause(actor=actor, clause=clause, seen_digest=digest)
    actions.add_clause(
        actor=actor,
        text=text,
        clause_draft=ClauseDraft("A deputy is named."),
        after_clause=get_clause_and_current_digest(text, 4)[0],
    )
    actions.move_clause(actor=actor, clause=get_clause_and_current_digest(text, 8)[0], after_clause=head)
    actions.create_named_revision(actor=actor, text=text, revision_name="Draft 2")


def list_bodies_at_step(text, revision_step):
    """How LibreOffice has to read it: each clause behind its number, a table row by row below it."""
    said = []
    for placement in Placement.objects.at(text, revision_step):
        label, body = f"[{placement.clause.number}]", placement.wording.body
        said += [label, *body.split("\n")] if placement.kind == "table" else [f"{label} {body}"]
    return said


def test_accepted_or_rejected_changes_give_either_revision(client, text, rapporteur, edit_in_office):
    edit_every_clause(text, rapporteur)
    earlier, later = text.revisions.order_by("number")
    compared = client.get(reverse("drafting:compare_word", args=["ours", text.pk, 1, 2])).content

    for deed, revision in (("Accept", later), ("Reject", earlier)):
        _saved, paragraphs = edit_in_office(deed, compared)
        kept = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
        assert kept[3:] == list_bodies_at_step(text, revision.step)


def test_draft_edited_in_libreoffice_returns_as_inputs(client, text, member, edit_in_office):
    asked = ConsultationFactory(text=Text.objects.get(pk=text.pk))
    draft = client.get(reverse("drafting:consultation_word", args=["ours", text.pk, asked.pk])).content
    plan = [
        ["tracking", True],
        ["replace", "may report", "must report"],
        ["replace", "answers", "answers in writing"],
        ["remove", "Asked once a year"],
        ["add-after", "read again", "The coalition keeps it."],
        ["comment", "three working days", "Why so long?", "Somebody"],
        ["comment", "the police", "Name them.", ""],
        ["tracking", False],
        ["replace", "Scope", "Scope of this text"],
    ]
    returned, _paragraphs = edit_in_office("Change", draft, plan)

    client.force_login(member)
    url = reverse("drafting:returned_new", args=["ours", text.pk, asked.pk])
    seen = client.post(url, {"file": SimpleUploadedFile("draft.docx", returned), "capacity": "own"}, follow=True)
    assert "1 clause was changed without change tracking." in seen.text
    enter = reverse("drafting:returned_enter", args=["ours", text.pk, asked.pk, Returned.objects.get().token])
    client.post(enter, {"input": list(range(len(Returned.objects.get().findings)))})

    given = Input.objects.order_by("clause__number", "kind")
    assert [(one.kind, one.clause.number, one.exact, one.body or one.proposed) for one in given] == [
        ("proposal", 1, "", "Scope of this text"),
        ("proposal", 2, "", "Providers must report what they find to the hotline of their country."),
        ("proposal", 3, "", "A named contact answers in writing within three working days."),
        ("question", 3, "three working days", "Why so long?"),
        ("comment", 5, "", "Remove this clause."),
        ("comment", 7, "the police", "Name them."),
        ("comment", 8, "", "Add after this clause: The coalition keeps it."),
    ]
