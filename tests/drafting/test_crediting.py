"""Credits name those whose wording stands in a revision, and nobody else."""

import json
from functools import partial

import pytest
from django.urls import reverse
from hypothesis import given as every
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import extract_text
from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails, InputContent, WordingAcceptance
from jukwaa.drafting.answer_queries import find_credited_inputs
from jukwaa.drafting.crediting import contains_proposed_wording
from jukwaa.drafting.models import Clause, Placement
from tests.drafting.consensus import create_spokesperson
from tests.drafting.dispositions import (
    FASTER_WORDING,
    TWO,
    answer_text_input,
    create_two_clause_text,
    rewrite_clause_body,
)
from tests.factories import ConsultationFactory

OTHER_WORDING = "Whoever receives a report writes back without delay."
plain_words_strategy = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=12).map(" ".join)


@pytest.fixture
def text(coalition, member):
    return create_two_clause_text(coalition, member)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline in the Andes")


@pytest.fixture
def propose_wording(text, helpline):
    return partial(give_input_as, ConsultationFactory(text=text), helpline)


def give_input_as(asked, speaker, kind="proposal", proposed=FASTER_WORDING, number=2):
    person, organisation = speaker
    clause = Clause.objects.get(text=asked.text, number=number)
    proposed = proposed if kind == "proposal" else ""
    said = InputContent(kind=kind, body="Too slow.", proposed=proposed, clause=clause)
    return actions.give_consultation_input(actor=person, consultation=asked, said=said, organisation=organisation)


def publish_edition_of(text, rapporteur):
    for asked in text.consultations.all():
        if asked.is_open:
            actions.close_consultation(actor=rapporteur, consultation=asked)
    return actions.publish_edition(
        actor=rapporteur, text=text, edition_details=EditionDetails(without_call="It was agreed elsewhere.")
    )


def list_crediting_forms(client, text_edition):
    """Return in which forms of the edition the organisation is credited."""
    said = {"html": client.get(text_edition.get_absolute_url()).text}
    for ending in ("docx", "pdf", "json"):
        arguments = [
            text_edition.text.coalition.slug,
            text_edition.text_id,
            text_edition.major,
            text_edition.minor,
            ending,
        ]
        data = client.get(reverse("drafting:edition_file", args=arguments)).content
        said[ending] = (
            str(json.loads(data)["wordings_by"]) if ending == "json" else extract_text(data, f"a.{ending}").text
        )
    return {form for form, words in said.items() if "A helpline in the Andes" in " ".join(words.split())}


def test_accepted_wording_is_credited_in_every_form_of_the_edition(client, text, propose_wording, member, rapporteur):
    actions.accept_proposed_wording(actor=member, given_input=propose_wording())
    actions.create_named_revision(actor=member, text=text)

    assert list_crediting_forms(client, publish_edition_of(text, rapporteur)) == {"html", "docx", "pdf", "json"}


def test_wording_overwritten_before_publication_is_credited_nowhere(client, text, propose_wording, member, rapporteur):
    given = propose_wording()
    actions.accept_proposed_wording(actor=member, given_input=given)
    rewrite_clause_body(text, rapporteur, OTHER_WORDING)
    revision = actions.create_named_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == []
    assert list_crediting_forms(client, publish_edition_of(text, rapporteur)) == set()


def test_wording_overwritten_later_stays_credited_in_its_edition(client, text, propose_wording, member, rapporteur):
    actions.accept_proposed_wording(actor=member, given_input=propose_wording())
    actions.create_named_revision(actor=member, text=text)
    first = publish_edition_of(text, rapporteur)
    rewrite_clause_body(text, rapporteur, OTHER_WORDING)
    actions.create_named_revision(actor=member, text=text)
    second = publish_edition_of(text, rapporteur)

    assert (len(list_crediting_forms(client, first)), list_crediting_forms(client, second)) == (4, set())


def test_accepted_comment_that_changed_nothing_is_credited_nowhere(client, text, propose_wording, member, rapporteur):
    given = propose_wording("comment")
    answer_text_input(given, member, "accepted", "You are right.")
    rewrite_clause_body(text, member, "Each provider names a contact, and a deputy.", clause_number=1)
    revision = actions.create_named_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == []
    assert list_crediting_forms(client, publish_edition_of(text, rapporteur)) == set()


def test_accepted_comment_on_changed_clause_is_credited_in_revision_only(
    client, text, propose_wording, member, rapporteur
):
    given = propose_wording("comment")
    answer_text_input(given, member, "accepted", "You are right.")
    rewrite_clause_body(text, member, FASTER_WORDING)
    revision = actions.create_named_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == [given]
    assert list_crediting_forms(client, publish_edition_of(text, rapporteur)) == set()


def test_proposal_accepted_without_its_wording_is_not_credited(text, propose_wording, member):
    given = propose_wording()
    answer_text_input(given, member, "accepted", "We will write it.")
    rewrite_clause_body(text, member, "Each provider names a contact, and a deputy.", clause_number=1)

    assert list(find_credited_inputs(actions.create_named_revision(actor=member, text=text))) == []
    rewrite_clause_body(text, member, FASTER_WORDING)
    assert list(find_credited_inputs(actions.create_named_revision(actor=member, text=text))) == [given]


def test_wording_merged_by_hand_or_split_off_is_credited(text, propose_wording, member):
    given = propose_wording(proposed=f"{FASTER_WORDING} The answer names a person.")
    digest = Placement.objects.now(text).get(clause__number=2).wording.digest
    body = f"{TWO} The answer names a person."
    taking = WordingAcceptance(body=body, from_digest=digest, answer="in-part", reason="The second sentence.")
    actions.accept_proposed_wording(actor=member, given_input=given, wording_acceptance=taking)
    here = Placement.objects.now(text).get(clause__number=2)
    actions.split_clause(actor=member, clause=here.clause, character_index=len(TWO), seen_digest=here.wording.digest)

    assert list(find_credited_inputs(actions.create_named_revision(actor=member, text=text))) == [given]


@pytest.mark.parametrize(
    ("proposed_wording", "is_credited"),
    [
        (FASTER_WORDING, True),
        ("A report is answered, in writing, within one working day.", True),
        (f"As a rule: {FASTER_WORDING.lower()}", True),
        (TWO, False),
        ("A report is answered within one month.", False),
        ("A report is answered within two working days.", False),
        (OTHER_WORDING, False),
        ("", False),
    ],
)
def test_wording_is_credited_if_half_of_its_new_words_remain(proposed_wording, is_credited):
    assert (
        contains_proposed_wording(
            body_before=TWO, proposed_wording=FASTER_WORDING, clause_body=proposed_wording, own_word_share=1 / 2
        )
        is is_credited
    )


@pytest.mark.parametrize(
    ("earlier_wording", "proposed_wording_text", "proposed_wording", "is_credited"),
    [
        ("One. Two three four.", "One.", "One.", True),
        ("One. Two three four.", "One.", "One. Five six seven.", False),
        ("A report is answered", "A report is answered.", "A report is answered", False),
        ("A report is answered", "A report is answered.", "A report is answered.", True),
        ("報告は三日以内に回答する", "報告は一日以内に回答する", "報告は一日以内に必ず回答する", True),
        ("報告は三日以内に回答する", "報告は一日以内に回答する", "報告は三日以内に回答する", False),
    ],
)
def test_deletion_or_wording_without_spaces_is_credited(
    earlier_wording, proposed_wording_text, proposed_wording, is_credited
):
    assert (
        contains_proposed_wording(
            body_before=earlier_wording,
            proposed_wording=proposed_wording_text,
            clause_body=proposed_wording,
            own_word_share=1 / 2,
        )
        is is_credited
    )


@every(earlier_wording=plain_words_strategy, proposed_wording_text=plain_words_strategy)
def test_wording_is_found_in_itself_and_not_in_earlier_text(earlier_wording, proposed_wording_text):
    assert contains_proposed_wording(
        body_before=earlier_wording,
        proposed_wording=proposed_wording_text,
        clause_body=proposed_wording_text,
        own_word_share=1 / 2,
    )
    if earlier_wording.split() != proposed_wording_text.split():
        assert not contains_proposed_wording(
            body_before=earlier_wording,
            proposed_wording=proposed_wording_text,
            clause_body=earlier_wording,
            own_word_share=1 / 4,
        )
