"""A consultation on a draft: one press creates its first revision, shares it with its readers and opens it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.drafting import actions
from jukwaa.drafting.models import Consultation, Placement, Text
from jukwaa.records.actions import withdraw_record
from tests.drafting.test_consultations import get_text_page, post_consultation_form
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory


@pytest.fixture
def draft(coalition, rapporteur):
    """A text without a revision, which only its author can read."""
    text = actions.begin_text(actor=rapporteur, coalition=coalition, title="Draft", form="guideline")
    actions.add_clause(actor=rapporteur, text=text, clause_draft=actions.ClauseDraft("A clause."), after_clause=None)
    return text


def get_draft_state(text):
    return (Text.objects.get(pk=text.pk).state, text.revisions.count(), Consultation.objects.count())


def test_consultation_on_draft_creates_revision_and_shares_it(client, draft, rapporteur):
    client.force_login(rapporteur)
    shown = get_text_page(client, "consultation_new", draft.pk).text
    assert "these readers will be able to see it: <b>Everyone</b>" in shown
    assert get_draft_state(draft) == ("draft", 0, 0)

    sent = {"token": "5b1c1a60-6a2f-4b0e-8a52-0a4c5c7b0002", "revision": ""}  # a second press sends the same
    answers = [post_consultation_form(client, draft, **sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert get_draft_state(draft) == ("published", 1, 1)
    assert Consultation.objects.get().revision == draft.get_latest_revision()


def test_form_without_revision_uses_one_that_was_created_meanwhile(client, draft, rapporteur):
    client.force_login(rapporteur)
    first = actions.create_named_revision(actor=rapporteur, text=draft)
    refused = post_consultation_form(client, draft, revision="", until="")
    answer = post_consultation_form(client, draft, revision=refused.context["form"]["revision"].value())

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert get_draft_state(draft) == ("published", 1, 1)
    assert Consultation.objects.get().revision == first


def test_page_names_readers_of_text_that_was_shared_without_revision(client, draft, rapporteur):
    actions.open_text_to_readers(actor=rapporteur, text=draft)
    client.force_login(rapporteur)
    before = get_text_page(client, "consultation_new", draft.pk).text
    actions.create_named_revision(actor=rapporteur, text=draft)
    after = get_text_page(client, "consultation_new", draft.pk).text

    assert ["will be able to see it: <b>Everyone</b>" in page for page in (before, after)] == [True, False]


def test_refused_consultation_leaves_draft_as_it_was(client, draft, rapporteur):
    client.force_login(rapporteur)

    answer = post_consultation_form(client, draft, until=timezone.localdate() - timedelta(days=3))

    assert (answer.status_code, get_draft_state(draft)) == (422, ("draft", 0, 0))


def test_consultation_on_draft_shows_names_before_everyone_reads_them(client, draft, rapporteur):
    named = PersonFactory(name="Dalia Whitlock-Moreau")
    AffiliationFactory(person=named, organisation=MembershipFactory(coalition=draft.coalition).organisation)
    clause = actions.ClauseDraft("Dalia Whitlock-Moreau keeps the list.")
    actions.add_clause(actor=rapporteur, text=draft, clause_draft=clause, after_clause=None)
    client.force_login(rapporteur)

    shown = post_consultation_form(client, draft)
    assert "<bdi>Dalia Whitlock-Moreau</bdi>" in shown.text
    assert (shown.status_code, get_draft_state(draft)) == (200, ("draft", 0, 0))
    seen = post_consultation_form(client, draft, names_seen=shown.context["names_seen"])
    assert (seen.status_code, get_draft_state(draft)) == (302, ("published", 1, 1))


def test_consultation_needs_no_introduction(client, open_text, rapporteur):
    client.force_login(rapporteur)

    assert post_consultation_form(client, open_text, introduction="").status_code == 302


@pytest.mark.parametrize("state", ["withdrawn", "empty"])
def test_consultation_on_text_without_clauses_or_withdrawn_is_refused(client, draft, rapporteur, state):
    if state == "withdrawn":
        withdraw_record(actor=rapporteur, record=draft, reason="Not needed")
    else:
        draft = actions.begin_text(actor=rapporteur, coalition=draft.coalition, title="Empty", form="guideline")
    client.force_login(rapporteur)

    why = {"withdrawn": "Share the text with its readers first", "empty": "Write at least one clause first"}[state]
    assert why in get_text_page(client, "consultation_new", draft.pk).text
    assert post_consultation_form(client, draft).status_code in (403, 422)
    assert Consultation.objects.count() == 0


def add_parts(text, rapporteur, *parts):
    for body, kind in parts:
        last = Placement.objects.now(text).last()
        drafted = actions.ClauseDraft(body, kind)
        actions.add_clause(actor=rapporteur, text=text, clause_draft=drafted, after_clause=last and last.clause)


def test_questions_of_the_draft_are_asked_and_are_no_clauses(client, draft, rapporteur):
    questions = [("Is it clear?", "paragraph"), ("What is missing?", "paragraph")]
    add_parts(draft, rapporteur, ("Consultation questions", "heading"), *questions)
    client.force_login(rapporteur)
    form = get_text_page(client, "consultation_new", draft.pk).context["form"]
    answer = post_consultation_form(client, draft, revision="", questions=form["questions"].value())

    assert "no longer be clauses" in form["questions"].help_text
    assert answer.status_code == 302
    assert Consultation.objects.get().questions == ["Is it clear?", "What is missing?"]
    assert [row.wording.body for row in Placement.objects.now(draft)] == ["A clause."]


@pytest.mark.parametrize(
    "parts",
    [
        [("Questions on age limits", "heading"), ("Is it mandatory?", "paragraph"), ("No.", "paragraph")],
        [("Questions to ask a provider", "heading"), ("Who moderates?", "paragraph"), ("Next steps", "heading")],
        [("Consultation questions", "heading"), ("Which option?", "paragraph"), ("keep it", "item")],
        [("Consultation questions", "heading"), *((f"Is part {number} clear?", "paragraph") for number in range(25))],
    ],
)
def test_questions_that_are_more_than_asked_stay_in_the_draft(client, draft, rapporteur, parts):
    add_parts(draft, rapporteur, *parts)
    client.force_login(rapporteur)
    form = get_text_page(client, "consultation_new", draft.pk).context["form"]
    answer = post_consultation_form(client, draft, revision="", questions=form["questions"].value())

    assert "no longer be clauses" not in form["questions"].help_text
    assert answer.status_code == 302
    assert [row.wording.body for row in Placement.objects.now(draft)] == ["A clause.", *(body for body, _kind in parts)]


def test_draft_that_only_asks_keeps_its_clauses(client, coalition, rapporteur):
    text = actions.begin_text(actor=rapporteur, coalition=coalition, title="Survey", form="guideline")
    add_parts(text, rapporteur, ("Consultation questions", "heading"), ("Is it clear?", "paragraph"))
    client.force_login(rapporteur)
    post_consultation_form(client, text, revision="", questions="Is it clear?")

    assert Placement.objects.now(text).count() == 2
