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
from jukwaa.drafting.crediting import contains_wording
from jukwaa.drafting.models import Clause, Placement
from tests.drafting.agreeing import speaker_of
from tests.drafting.said import FASTER, TWO, answer, begun, write
from tests.factories import ConsultationFactory

OTHER = "Whoever receives a report writes back without delay."
plain_words = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=12).map(" ".join)


@pytest.fixture
def text(coalition, member):
    return begun(coalition, member)


@pytest.fixture
def helpline(coalition):
    return speaker_of(coalition, "A helpline in the Andes")


@pytest.fixture
def propose(text, helpline):
    return partial(say, ConsultationFactory(text=text), helpline)


def say(asked, speaker, kind="proposal", proposed=FASTER, number=2):
    person, organisation = speaker
    clause = Clause.objects.get(text=asked.text, number=number)
    proposed = proposed if kind == "proposal" else ""
    said = InputContent(kind=kind, body="Too slow.", proposed=proposed, clause=clause)
    return actions.give_input(actor=person, consultation=asked, said=said, organisation=organisation)


def published(text, rapporteur):
    for asked in text.consultations.all():
        if asked.is_open:
            actions.close_consultation(actor=rapporteur, consultation=asked)
    return actions.publish_edition(
        actor=rapporteur, text=text, issue=EditionDetails(without_call="It was agreed elsewhere.")
    )


def named_in(client, edition):
    """Return in which forms of the edition the organisation is credited."""
    said = {"html": client.get(edition.get_absolute_url()).text}
    for ending in ("docx", "pdf", "json"):
        arguments = [edition.text.coalition.slug, edition.text_id, edition.major, edition.minor, ending]
        data = client.get(reverse("drafting:edition_file", args=arguments)).content
        said[ending] = (
            str(json.loads(data)["wordings_by"]) if ending == "json" else extract_text(data, f"a.{ending}").text
        )
    return {form for form, words in said.items() if "A helpline in the Andes" in " ".join(words.split())}


def test_accepted_wording_is_credited_in_every_form_of_the_edition(client, text, propose, member, rapporteur):
    actions.accept_wording(actor=member, given=propose())
    actions.name_revision(actor=member, text=text)

    assert named_in(client, published(text, rapporteur)) == {"html", "docx", "pdf", "json"}


def test_wording_overwritten_before_publication_is_credited_nowhere(client, text, propose, member, rapporteur):
    given = propose()
    actions.accept_wording(actor=member, given=given)
    write(text, rapporteur, OTHER)
    revision = actions.name_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == []
    assert named_in(client, published(text, rapporteur)) == set()


def test_wording_overwritten_later_stays_credited_where_it_stands(client, text, propose, member, rapporteur):
    actions.accept_wording(actor=member, given=propose())
    actions.name_revision(actor=member, text=text)
    first = published(text, rapporteur)
    write(text, rapporteur, OTHER)
    actions.name_revision(actor=member, text=text)
    second = published(text, rapporteur)

    assert (len(named_in(client, first)), named_in(client, second)) == (4, set())


def test_accepted_comment_that_changed_nothing_is_credited_nowhere(client, text, propose, member, rapporteur):
    given = propose("comment")
    answer(given, member, "accepted", "You are right.")
    write(text, member, "Each provider names a contact, and a deputy.", number=1)
    revision = actions.name_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == []
    assert named_in(client, published(text, rapporteur)) == set()


def test_accepted_comment_on_a_clause_that_changed_is_taken_up_without_a_wording(
    client, text, propose, member, rapporteur
):
    given = propose("comment")
    answer(given, member, "accepted", "You are right.")
    write(text, member, FASTER)
    revision = actions.name_revision(actor=member, text=text)

    assert list(find_credited_inputs(revision)) == [given]
    assert named_in(client, published(text, rapporteur)) == set()


def test_proposal_accepted_in_words_alone_is_not_credited(text, propose, member):
    given = propose()
    answer(given, member, "accepted", "We will write it.")
    write(text, member, "Each provider names a contact, and a deputy.", number=1)

    assert list(find_credited_inputs(actions.name_revision(actor=member, text=text))) == []
    write(text, member, FASTER)
    assert list(find_credited_inputs(actions.name_revision(actor=member, text=text))) == [given]


def test_wording_merged_by_hand_or_split_off_is_credited(text, propose, member):
    given = propose(proposed=f"{FASTER} The answer names a person.")
    digest = Placement.objects.now(text).get(clause__number=2).wording.digest
    body = f"{TWO} The answer names a person."
    taking = WordingAcceptance(body=body, from_digest=digest, answer="in-part", reason="The second sentence.")
    actions.accept_wording(actor=member, given=given, taking=taking)
    here = Placement.objects.now(text).get(clause__number=2)
    actions.split_clause(actor=member, clause=here.clause, at=len(TWO), from_digest=here.wording.digest)

    assert list(find_credited_inputs(actions.name_revision(actor=member, text=text))) == [given]


@pytest.mark.parametrize(
    ("body", "stands"),
    [
        (FASTER, True),
        ("A report is answered, in writing, within one working day.", True),
        (f"As a rule: {FASTER.lower()}", True),
        (TWO, False),
        ("A report is answered within one month.", False),
        ("A report is answered within two working days.", False),
        (OTHER, False),
        ("", False),
    ],
)
def test_wording_stands_when_half_of_what_it_brings_is_there(body, stands):
    assert contains_wording(before=TWO, proposed=FASTER, body=body, share=1 / 2) is stands


@pytest.mark.parametrize(
    ("before", "proposed", "body", "stands"),
    [
        ("One. Two three four.", "One.", "One.", True),
        ("One. Two three four.", "One.", "One. Five six seven.", False),
        ("A report is answered", "A report is answered.", "A report is answered", False),
        ("A report is answered", "A report is answered.", "A report is answered.", True),
        ("報告は三日以内に回答する", "報告は一日以内に回答する", "報告は一日以内に必ず回答する", True),
        ("報告は三日以内に回答する", "報告は一日以内に回答する", "報告は三日以内に回答する", False),
    ],
)
def test_wording_that_takes_away_or_uses_no_spaces_is_recognised(before, proposed, body, stands):
    assert contains_wording(before=before, proposed=proposed, body=body, share=1 / 2) is stands


@every(before=plain_words, proposed=plain_words)
def test_wording_stands_in_itself_and_not_in_what_was_there_before(before, proposed):
    assert contains_wording(before=before, proposed=proposed, body=proposed, share=1 / 2)
    if before.split() != proposed.split():
        assert not contains_wording(before=before, proposed=proposed, body=before, share=1 / 4)
