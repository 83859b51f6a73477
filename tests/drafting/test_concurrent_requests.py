"""What two send at the same moment is done once, and nobody is told of a fault of ours.

SQLite lets one write at a time; on PostgreSQL (`make test-postgres`) both are in the middle of it together.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails, InputAnswer, InputContent, PositionContent, WordingAcceptance
from jukwaa.drafting.actions.returned_files import ReturnedFile
from jukwaa.drafting.models import Clause, Edition, Input, Placement, Position, Returned, Revision, Text
from jukwaa.drafting.returned_word_file import FileFinding, FileFindings
from tests.drafting.consensus import create_open_text, name_text_revision
from tests.factories import ConsultationFactory

pytestmark = pytest.mark.usefixtures("transactional_db")
EXPECTED_ERRORS = (ActionRefused, EditConflict, PermissionDenied)


def run_concurrently(*deeds: Callable[[], object]) -> Counter[str]:
    """What became of each, begun together: the name of its refusal, or that it was done."""
    start, ended = Barrier(len(deeds), timeout=20), Counter()

    def run_action_in_thread(action: Callable[[], object]) -> None:
        try:
            start.wait()
            action()
            ended["done"] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks at
            ended[type(error).__name__ if isinstance(error, EXPECTED_ERRORS) else repr(error)] += 1
        finally:
            connection.close()

    threads = [Thread(target=run_action_in_thread, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


@pytest.fixture
def text(coalition, member) -> Text:
    return create_open_text(coalition, member)


@pytest.fixture
def consultation_on_text(text):
    return ConsultationFactory(text=text)


def get_numbered_clause(text, clause_number=3):
    return Clause.objects.get(text=text, number=clause_number)


def test_text_form_sent_concurrently_creates_one_text(coalition, member):
    token = uuid.uuid4()

    def open_second_consultation():
        actions.begin_text(actor=member, coalition=coalition, title="Young", form="guideline", token=token)

    assert run_concurrently(*[open_second_consultation] * 4) == {"done": 4}
    assert Text.objects.count() == 1


def test_input_form_sent_concurrently_creates_one_input(consultation_on_text, member):
    token = uuid.uuid4()

    def give_one_input():
        actions.give_consultation_input(
            actor=member, consultation=consultation_on_text, said=InputContent(body="Why so slow?"), token=token
        )

    assert run_concurrently(*[give_one_input] * 4) == {"done": 4}
    assert Input.objects.count() == 1


def test_concurrent_support_counts_once(consultation_on_text, member):
    third = get_numbered_clause(consultation_on_text.text)

    def support_one_input():
        actions.give_consultation_input(
            actor=member, consultation=consultation_on_text, said=InputContent(kind="support", clause=third)
        )

    assert run_concurrently(*[support_one_input] * 4) == {"done": 4}
    assert Input.objects.count() == 1


def test_file_sent_concurrently_is_kept_once(consultation_on_text, member):
    found = FileFindings([FileFinding("comment", None, "Why?")], found=3)
    brought = ReturnedFile("draft.docx", "1" * 64, consultation_on_text.revision, ours=True, said=found)

    def add_glossary_term():
        actions.save_returned_file(actor=member, consultation=consultation_on_text, returned_file=brought)

    assert run_concurrently(*[add_glossary_term] * 4) == {"done": 4}
    returned = Returned.objects.select_related("consultation__text", "text").get()
    assert run_concurrently(
        *[lambda: actions.add_returned_inputs(actor=member, returned_file=returned, chosen_numbers=[0])] * 3
    ) == {"done": 3}
    assert Input.objects.count() == 1


def test_concurrent_dispositions_save_one_and_refuse_other(consultation_on_text, member, rapporteur):
    given = actions.give_consultation_input(
        actor=member, consultation=consultation_on_text, said=InputContent(body="Why?")
    )

    def answer_one_input(actor, disposition):
        return lambda: actions.answer_input(
            actor=actor, given_input=given, input_answer=InputAnswer(answer=disposition, reason="So.")
        )

    assert run_concurrently(answer_one_input(member, "noted"), answer_one_input(rapporteur, "accepted")) == {
        "done": 1,
        "EditConflict": 1,
    }
    assert given.dispositions.count() == 1


def test_wording_is_accepted_while_revision_is_named(consultation_on_text, member, rapporteur):
    said = InputContent(
        kind="proposal",
        body="Too few.",
        proposed="Each provider names two.",
        clause=get_numbered_clause(consultation_on_text.text),
    )
    given = actions.give_consultation_input(actor=member, consultation=consultation_on_text, said=said)
    here = Placement.objects.now(consultation_on_text.text).get(clause__number=2)
    actions.write_clause_body(actor=member, clause=here.clause, clause_body="Changed.", from_digest=here.wording.digest)

    ended = run_concurrently(
        lambda: actions.accept_proposed_wording(actor=rapporteur, given_input=given),
        lambda: actions.create_named_revision(actor=member, text=consultation_on_text.text),
    )
    assert ended == {"done": 2}
    assert Revision.objects.count() == 2


def test_concurrent_wordings_save_one_and_report_conflict(consultation_on_text, member, rapporteur):
    here = Placement.objects.now(consultation_on_text.text).get(clause__number=3)
    said = InputContent(kind="proposal", body="Too few.", proposed="Each provider names two.", clause=here.clause)
    given = actions.give_consultation_input(actor=member, consultation=consultation_on_text, said=said)

    def accept_wording_of(actor, clause_body):
        taking = WordingAcceptance(body=clause_body, from_digest=here.wording.digest)
        return lambda: actions.accept_proposed_wording(actor=actor, given_input=given, wording_acceptance=taking)

    ended = run_concurrently(
        accept_wording_of(member, "Each provider names two."),
        accept_wording_of(rapporteur, "Each names two, in writing."),
    )

    assert ended == {"done": 1, "EditConflict": 1}
    assert given.dispositions.count() == 1


def test_input_is_given_while_consultation_closes(consultation_on_text, member, rapporteur):
    ended = run_concurrently(
        lambda: actions.close_consultation(actor=rapporteur, consultation=consultation_on_text),
        *[
            lambda: actions.give_consultation_input(
                actor=member, consultation=consultation_on_text, said=InputContent(body="Why?")
            )
        ]
        * 3,
    )
    consultation_on_text.refresh_from_db()

    assert ended["done"] + ended["ConsultationClosedError"] == 4
    assert Input.objects.count() == ended["done"] - 1
    assert not Input.objects.filter(at__gt=consultation_on_text.closes_at + timedelta(seconds=2)).exists()


def test_concurrent_publishing_creates_one_edition(text, rapporteur, coalition):
    def publish_first_edition():
        actions.publish_edition(
            actor=rapporteur, text=text, edition_details=EditionDetails(without_call="It was agreed elsewhere.")
        )

    assert run_concurrently(*[publish_first_edition] * 3) == {"done": 3}
    assert Edition.objects.count() == 1


def test_concurrent_calls_and_positions_create_one_each(text, coordinator, organisation, delegate):
    token = uuid.uuid4()
    closes = timezone.now() + timedelta(days=20)

    def open_one_call():
        actions.call_for_consensus(actor=coordinator, text=text, closes_at=closes, token=token)

    assert run_concurrently(*[open_one_call] * 3) == {"done": 3}
    current = text.calls.get()

    def take_one_position(stance):
        return lambda: actions.take_call_position(
            actor=delegate, call=current, organisation=organisation, stand=PositionContent(stance, "So."), seen=0
        )

    assert run_concurrently(take_one_position("support"), take_one_position("object")) == {"done": 1, "EditConflict": 1}
    assert Position.objects.filter(stands=True).count() == 1


def test_concurrent_definitions_create_one_term(coalition, member):
    def define_same_term(term_meaning):
        return lambda: actions.define_glossary_term(
            actor=member, coalition=coalition, name="hotline", language="en", meaning=term_meaning
        )

    assert run_concurrently(*map(define_same_term, "abc")) == {"done": 1, "ActionRefused": 2}


def test_concurrent_naming_creates_one_revision(text, member, rapporteur):
    name_text_revision(text, rapporteur)
    here = Placement.objects.now(text).get(clause__number=2)
    actions.write_clause_body(
        actor=rapporteur, clause=here.clause, clause_body="Changed.", from_digest=here.wording.digest
    )

    assert run_concurrently(*[lambda: actions.create_named_revision(actor=member, text=text)] * 3) == {
        "done": 1,
        "NothingChangedError": 2,
    }
