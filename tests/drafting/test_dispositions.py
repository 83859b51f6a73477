"""Every input is answered with a reason, alone or together; a proposed wording goes into the text with one press."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.actions import InputAnswer, WordingAcceptance
from jukwaa.drafting.answer_queries import find_credited_inputs, find_unanswered_inputs
from jukwaa.drafting.models import Disposition, Placement, Text
from jukwaa.drafting.similarity import group_similar_texts
from tests.drafting.dispositions import (
    FASTER_WORDING,
    answer_text_input,
    create_two_clause_text,
    get_clause_body,
    list_input_dispositions,
    make_input_giver,
    rewrite_clause_body,
)
from tests.factories import ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return create_two_clause_text(coalition, member)


@pytest.fixture
def open_consultation(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def give_input(open_consultation, delegate):
    return make_input_giver(open_consultation, delegate)


@pytest.fixture
def propose_wording(give_input):
    return partial(give_input, body="Too slow.", kind="proposal", proposed=FASTER_WORDING)


def list_activity_verbs(activity_kind):
    return list(Activity.objects.filter(kind=activity_kind).order_by("pk").values_list("verb", flat=True))


# One by one.


def test_later_disposition_replaces_earlier_and_keeps_it_readable(text, give_input, member):
    given = give_input()
    first = answer_text_input(given, member)
    answer_text_input(given, member, "accepted", "You are right.", seen=first.pk)
    given.refresh_from_db()

    assert (given.disposition, list_input_dispositions(given)) == (
        "accepted",
        [("accepted", "You are right."), ("noted", "We know.")],
    )
    assert list_activity_verbs("disposition") == ["answered", "answered"]
    assert list(find_unanswered_inputs(text)) == []


@pytest.mark.parametrize("disposition", ["accepted", "in-part", "not-accepted", "noted"])
def test_disposition_requires_reason(give_input, member, disposition):
    given = give_input()
    with pytest.raises(ActionRefused, match="Enter a reason"):
        answer_text_input(given, member, disposition, "  ")
    assert list_input_dispositions(given) == []


@pytest.mark.parametrize("disposition", ["withdrawn", "maybe", ""])
def test_input_is_withdrawn_by_author_only(give_input, member, disposition):
    with pytest.raises(ActionRefused, match="Choose one of the responses"):
        answer_text_input(give_input(), member, disposition)


def test_disposition_sent_twice_is_saved_once(give_input, member):
    given = give_input()
    assert answer_text_input(given, member) == answer_text_input(given, member)
    assert list_input_dispositions(given) == [("noted", "We know.")]


def test_slower_disposition_raises_edit_conflict(give_input, member, rapporteur):
    given = give_input()
    theirs = answer_text_input(given, rapporteur, "accepted", "Yes.")
    with pytest.raises(EditConflict) as meanwhile:
        answer_text_input(given, member)

    assert (meanwhile.value.current, list_input_dispositions(given)) == (theirs, [("accepted", "Yes.")])


def test_author_of_input_cannot_answer_it(give_input, delegate):
    given = give_input()
    with pytest.raises(PermissionDenied):
        answer_text_input(given, delegate)
    with pytest.raises(PermissionDenied):
        actions.answer_inputs_together(
            actor=delegate, inputs=[given], input_answer=InputAnswer(answer="noted", reason="So.")
        )
    with pytest.raises(PermissionDenied):
        actions.accept_proposed_wording(actor=delegate, given_input=given)


def test_duplicate_refers_to_other_input_without_cycle(open_consultation, give_input, member):
    first, second, third = give_input("One"), give_input("Two"), give_input("Three")
    answer_text_input(second, member, "duplicate", "", duplicate_of=first)
    answer_text_input(third, member, "duplicate", "", duplicate_of=second)

    for other in (None, first, third, InputFactory()):
        with pytest.raises(ActionRefused) as refused:
            answer_text_input(first, member, "duplicate", "", duplicate_of=other)
        assert refused.value.field == "duplicate_of"
    assert [list_input_dispositions(each) for each in (first, second, third)] == [
        [],
        [("duplicate", "")],
        [("duplicate", "")],
    ]
    assert Disposition.objects.get(input=third).duplicate_of == second


def test_withdrawn_input_is_not_answered_and_reopens_duplicates(text, give_input, member, delegate):
    first, second = give_input("One"), give_input("Two")
    answer_text_input(second, member, "duplicate", "", duplicate_of=first)
    actions.withdraw_input(actor=delegate, given_input=first)

    assert list(find_unanswered_inputs(text)) == [second]
    with pytest.raises(ActionRefused, match="author has withdrawn this input"):
        answer_text_input(first, member)
    with pytest.raises(ActionRefused, match="hidden or withdrawn"):
        answer_text_input(second, member, "duplicate", "Again.", duplicate_of=first)


def test_answered_input_cannot_be_withdrawn(give_input, member, delegate):
    given = give_input()
    answer_text_input(given, member)
    with pytest.raises(ActionRefused):
        actions.withdraw_input(actor=delegate, given_input=given)
    with pytest.raises(PermissionDenied):
        actions.withdraw_input(actor=member, given_input=given)
    given.refresh_from_db()
    assert given.disposition == "noted"


def test_hidden_input_is_not_answered_and_reopens_duplicates(text, give_input, member, coordinator):
    first, second = give_input("One"), give_input("Two")
    answer_text_input(second, member, "duplicate", "", duplicate_of=first)
    actions.hide_input(actor=coordinator, given_input=first, reason="It names somebody.")

    with pytest.raises(ActionRefused, match="has been hidden"):
        answer_text_input(first, member)
    assert list(find_unanswered_inputs(text)) == [second]


# Together.


def test_joint_disposition_writes_one_activity_per_input(text, give_input, member, delegate):
    first, second, third, gone, done = (give_input(f"Why {n}?") for n in range(5))
    actions.withdraw_input(actor=delegate, given_input=gone)
    answer_text_input(done, member, "accepted", "Done.")
    together = InputAnswer(answer="noted", reason="All of you asked this.")
    made = actions.answer_inputs_together(actor=member, inputs=[first, second, gone, done], input_answer=together)

    assert [each.input for each in made] == [first, second]
    assert [list_input_dispositions(each) for each in (first, second, third, done)] == [
        [("noted", "All of you asked this.")],
        [("noted", "All of you asked this.")],
        [],
        [("accepted", "Done.")],
    ]
    assert list_activity_verbs("disposition") == ["answered"] * 3
    assert list(find_unanswered_inputs(text)) == [third]


def test_duplicates_are_answered_by_input_among_them(give_input, member):
    first, second, third = give_input("One"), give_input("Two"), give_input("Three")
    answering = InputAnswer(answer="duplicate", duplicate_of=first)
    actions.answer_inputs_together(actor=member, inputs=[first, second, third], input_answer=answering)

    assert [list_input_dispositions(each) for each in (first, second, third)] == [
        [],
        [("duplicate", "")],
        [("duplicate", "")],
    ]


def test_similar_inputs_are_grouped():
    said = [
        "The time of three working days is too long.",
        "Who pays for this?",
        "Three working days is too long a time!",
        "I agree",
        "I don't",
        "who pays for this",
        "",
        "",
    ]
    assert group_similar_texts(said) == [[0, 2], [1, 5], [3], [4], [6, 7]]


# A proposed wording.


def test_accepted_wording_enters_text_and_credits_author(text, propose_wording, member):
    given = propose_wording()
    actions.accept_proposed_wording(actor=member, given_input=given)
    given.refresh_from_db()

    assert (get_clause_body(text), given.disposition, given.credited_in) == (FASTER_WORDING, "accepted", None)
    assert list_input_dispositions(given) == [("accepted", "The proposed wording has been included in the text.")]
    revision = actions.create_named_revision(actor=member, text=text)
    assert list(find_credited_inputs(revision)) == [given]
    rewrite_clause_body(text, member, "Another second clause.")
    assert list(find_credited_inputs(actions.create_named_revision(actor=member, text=text))) == []


def test_author_of_finally_declined_wording_is_not_credited(text, propose_wording, member):
    given = propose_wording()
    done = actions.accept_proposed_wording(actor=member, given_input=given)
    answer_text_input(given, member, "not-accepted", "On second thoughts, no.", seen=done.pk)

    assert list(find_credited_inputs(actions.create_named_revision(actor=member, text=text))) == []


def test_wording_accepted_twice_is_applied_once(text, propose_wording, member):
    given = propose_wording()
    assert actions.accept_proposed_wording(actor=member, given_input=given) == actions.accept_proposed_wording(
        actor=member, given_input=given
    )
    assert Disposition.objects.count() == 1


@pytest.mark.parametrize("typed_fields", [{"body": "Mine, by hand."}, {"reason": "Mine."}, {"answer": "in-part"}])
def test_slower_acceptance_keeps_typed_wording(text, propose_wording, member, rapporteur, typed_fields):
    given, seen = propose_wording(), Placement.objects.now(text).get(clause__number=2).wording.digest
    theirs = actions.accept_proposed_wording(actor=rapporteur, given_input=given)
    with pytest.raises(EditConflict) as meanwhile:
        actions.accept_proposed_wording(
            actor=member, given_input=given, wording_acceptance=WordingAcceptance(from_digest=seen, **typed_fields)
        )
    assert (meanwhile.value.current, get_clause_body(text), given.dispositions.count()) == (theirs, FASTER_WORDING, 1)


def test_wording_for_changed_clause_needs_manual_merge(text, propose_wording, member):
    given = propose_wording()
    theirs = "A report is answered, in writing, within three working days."
    rewrite_clause_body(text, member, theirs)
    with pytest.raises(EditConflict) as changed:
        actions.accept_proposed_wording(actor=member, given_input=given)
    assert (changed.value.current.wording.body, get_clause_body(text), list_input_dispositions(given)) == (
        theirs,
        theirs,
        [],
    )

    merged = "A report is answered, in writing, within one working day."
    now = changed.value.current.wording.digest
    taking = WordingAcceptance(body=merged, from_digest=now, answer="in-part", reason="With both.")
    actions.accept_proposed_wording(actor=member, given_input=given, wording_acceptance=taking)
    assert (get_clause_body(text), list_input_dispositions(given)) == (merged, [("in-part", "With both.")])


def test_stale_merge_shows_current_clause(text, propose_wording, member, rapporteur):
    given, seen = propose_wording(), Placement.objects.now(text).get(clause__number=2).wording.digest
    rewrite_clause_body(text, rapporteur, "Theirs.")
    with pytest.raises(EditConflict) as changed:
        actions.accept_proposed_wording(
            actor=member, given_input=given, wording_acceptance=WordingAcceptance(body="Mine.", from_digest=seen)
        )

    assert (changed.value.current.wording.body, get_clause_body(text), list_input_dispositions(given)) == (
        "Theirs.",
        "Theirs.",
        [],
    )


def test_wording_for_removed_clause_is_not_applied(text, propose_wording, member):
    given, here = propose_wording(), Placement.objects.now(text).get(clause__number=2)
    actions.remove_clause(actor=member, clause=here.clause, seen_digest=here.wording.digest)
    with pytest.raises(EditConflict) as changed:
        actions.accept_proposed_wording(actor=member, given_input=given)

    assert (changed.value.current, list_input_dispositions(given)) == (None, [])
    answer_text_input(given, member, "not-accepted", "The clause is gone.")
    assert list_input_dispositions(given) == [("not-accepted", "The clause is gone.")]


def test_comment_cannot_be_accepted_as_wording(give_input, member):
    with pytest.raises(ActionRefused, match="does not propose one"):
        actions.accept_proposed_wording(actor=member, given_input=give_input())
