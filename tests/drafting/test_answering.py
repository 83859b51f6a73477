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
from tests.drafting.said import FASTER, answer, answers_of, begun, body_of, sayer, write
from tests.factories import ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return begun(coalition, member)


@pytest.fixture
def asked(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def say(asked, delegate):
    return sayer(asked, delegate)


@pytest.fixture
def propose(say):
    return partial(say, body="Too slow.", kind="proposal", proposed=FASTER)


def verbs(kind):
    return list(Activity.objects.filter(kind=kind).order_by("pk").values_list("verb", flat=True))


# One by one.


def test_an_answer_has_a_reason_and_a_later_one_takes_its_place_while_it_stays_readable(text, say, member):
    given = say()
    first = answer(given, member)
    answer(given, member, "accepted", "You are right.", seen=first.pk)
    given.refresh_from_db()

    assert (given.disposition, answers_of(given)) == (
        "accepted",
        [("accepted", "You are right."), ("noted", "We know.")],
    )
    assert verbs("disposition") == ["answered", "answered"]
    assert list(find_unanswered_inputs(text)) == []


@pytest.mark.parametrize("word", ["accepted", "in-part", "not-accepted", "noted"])
def test_without_a_reason_there_is_no_answer(say, member, word):
    given = say()
    with pytest.raises(ActionRefused, match="Enter a reason"):
        answer(given, member, word, "  ")
    assert answers_of(given) == []


@pytest.mark.parametrize("word", ["withdrawn", "maybe", ""])
def test_only_its_author_takes_an_input_back(say, member, word):
    with pytest.raises(ActionRefused, match="Choose one of the responses"):
        answer(say(), member, word)


def test_the_same_answer_pressed_twice_is_given_once(say, member):
    given = say()
    assert answer(given, member) == answer(given, member)
    assert answers_of(given) == [("noted", "We know.")]


def test_whoever_was_slower_sees_what_was_answered_meanwhile(say, member, rapporteur):
    given = say()
    theirs = answer(given, rapporteur, "accepted", "Yes.")
    with pytest.raises(EditConflict) as meanwhile:
        answer(given, member)

    assert (meanwhile.value.current, answers_of(given)) == (theirs, [("accepted", "Yes.")])


def test_whoever_gave_it_does_not_answer_it(say, delegate):
    given = say()
    with pytest.raises(PermissionDenied):
        answer(given, delegate)
    with pytest.raises(PermissionDenied):
        actions.answer_together(actor=delegate, inputs=[given], answering=InputAnswer(answer="noted", reason="So."))
    with pytest.raises(PermissionDenied):
        actions.accept_wording(actor=delegate, given=given)


def test_a_duplicate_names_another_input_and_never_leads_back_to_itself(asked, say, member):
    first, second, third = say("One"), say("Two"), say("Three")
    answer(second, member, "duplicate", "", duplicate_of=first)
    answer(third, member, "duplicate", "", duplicate_of=second)

    for other in (None, first, third, InputFactory()):
        with pytest.raises(ActionRefused) as refused:
            answer(first, member, "duplicate", "", duplicate_of=other)
        assert refused.value.field == "duplicate_of"
    assert [answers_of(each) for each in (first, second, third)] == [[], [("duplicate", "")], [("duplicate", "")]]
    assert Disposition.objects.get(input=third).duplicate_of == second


def test_what_its_author_took_back_is_not_answered_and_its_duplicates_wait_again(text, say, member, delegate):
    first, second = say("One"), say("Two")
    answer(second, member, "duplicate", "", duplicate_of=first)
    actions.withdraw_input(actor=delegate, given=first)

    assert list(find_unanswered_inputs(text)) == [second]
    with pytest.raises(ActionRefused, match="author has withdrawn this input"):
        answer(first, member)
    with pytest.raises(ActionRefused, match="hidden or withdrawn"):
        answer(second, member, "duplicate", "Again.", duplicate_of=first)


def test_what_is_answered_is_not_taken_back_any_more(say, member, delegate):
    given = say()
    answer(given, member)
    with pytest.raises(ActionRefused):
        actions.withdraw_input(actor=delegate, given=given)
    with pytest.raises(PermissionDenied):
        actions.withdraw_input(actor=member, given=given)
    given.refresh_from_db()
    assert given.disposition == "noted"


def test_what_is_hidden_is_not_answered_and_its_duplicates_wait_again(text, say, member, coordinator):
    first, second = say("One"), say("Two")
    answer(second, member, "duplicate", "", duplicate_of=first)
    actions.hide_input(actor=coordinator, given=first, reason="It names somebody.")

    with pytest.raises(ActionRefused, match="has been hidden"):
        answer(first, member)
    assert list(find_unanswered_inputs(text)) == [second]


# Together.


def test_several_inputs_get_one_reason_and_an_activity_each(text, say, member, delegate):
    first, second, third, gone, done = (say(f"Why {n}?") for n in range(5))
    actions.withdraw_input(actor=delegate, given=gone)
    answer(done, member, "accepted", "Done.")
    together = InputAnswer(answer="noted", reason="All of you asked this.")
    made = actions.answer_together(actor=member, inputs=[first, second, gone, done], answering=together)

    assert [each.input for each in made] == [first, second]
    assert [answers_of(each) for each in (first, second, third, done)] == [
        [("noted", "All of you asked this.")],
        [("noted", "All of you asked this.")],
        [],
        [("accepted", "Done.")],
    ]
    assert verbs("disposition") == ["answered"] * 3
    assert list(find_unanswered_inputs(text)) == [third]


def test_duplicates_are_answered_together_by_the_one_among_them_that_they_repeat(say, member):
    first, second, third = say("One"), say("Two"), say("Three")
    answering = InputAnswer(answer="duplicate", duplicate_of=first)
    actions.answer_together(actor=member, inputs=[first, second, third], answering=answering)

    assert [answers_of(each) for each in (first, second, third)] == [[], [("duplicate", "")], [("duplicate", "")]]


def test_texts_that_say_nearly_the_same_stand_beside_each_other():
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


def test_a_proposed_wording_goes_into_the_text_and_its_author_is_credited_in_the_next_revision(text, propose, member):
    given = propose()
    actions.accept_wording(actor=member, given=given)
    given.refresh_from_db()

    assert (body_of(text), given.disposition, given.credited_in) == (FASTER, "accepted", None)
    assert answers_of(given) == [("accepted", "The proposed wording has been included in the text.")]
    revision = actions.name_revision(actor=member, text=text)
    assert list(find_credited_inputs(revision)) == [given]
    write(text, member, "Another second clause.")
    assert list(find_credited_inputs(actions.name_revision(actor=member, text=text))) == []


def test_who_is_refused_in_the_end_is_not_credited(text, propose, member):
    given = propose()
    done = actions.accept_wording(actor=member, given=given)
    answer(given, member, "not-accepted", "On second thoughts, no.", seen=done.pk)

    assert list(find_credited_inputs(actions.name_revision(actor=member, text=text))) == []


def test_a_wording_pressed_twice_is_taken_up_once(text, propose, member):
    given = propose()
    assert actions.accept_wording(actor=member, given=given) == actions.accept_wording(actor=member, given=given)
    assert Disposition.objects.count() == 1


@pytest.mark.parametrize("typed", [{"body": "Mine, by hand."}, {"reason": "Mine."}, {"answer": "in-part"}])
def test_accepting_after_somebody_else_did_never_drops_what_was_typed(text, propose, member, rapporteur, typed):
    given, seen = propose(), Placement.objects.now(text).get(clause__number=2).wording.digest
    theirs = actions.accept_wording(actor=rapporteur, given=given)
    with pytest.raises(EditConflict) as meanwhile:
        actions.accept_wording(actor=member, given=given, taking=WordingAcceptance(from_digest=seen, **typed))
    assert (meanwhile.value.current, body_of(text), given.dispositions.count()) == (theirs, FASTER, 1)


def test_where_the_clause_has_changed_nothing_is_written_until_it_was_merged_by_hand(text, propose, member):
    given = propose()
    theirs = "A report is answered, in writing, within three working days."
    write(text, member, theirs)
    with pytest.raises(EditConflict) as changed:
        actions.accept_wording(actor=member, given=given)
    assert (changed.value.current.wording.body, body_of(text), answers_of(given)) == (theirs, theirs, [])

    merged = "A report is answered, in writing, within one working day."
    now = changed.value.current.wording.digest
    taking = WordingAcceptance(body=merged, from_digest=now, answer="in-part", reason="With both.")
    actions.accept_wording(actor=member, given=given, taking=taking)
    assert (body_of(text), answers_of(given)) == (merged, [("in-part", "With both.")])


def test_a_merge_that_was_begun_before_somebody_else_wrote_is_shown_what_they_wrote(text, propose, member, rapporteur):
    given, seen = propose(), Placement.objects.now(text).get(clause__number=2).wording.digest
    write(text, rapporteur, "Theirs.")
    with pytest.raises(EditConflict) as changed:
        actions.accept_wording(actor=member, given=given, taking=WordingAcceptance(body="Mine.", from_digest=seen))

    assert (changed.value.current.wording.body, body_of(text), answers_of(given)) == ("Theirs.", "Theirs.", [])


def test_a_wording_for_a_clause_that_was_taken_out_is_not_written_anywhere(text, propose, member):
    given, here = propose(), Placement.objects.now(text).get(clause__number=2)
    actions.remove_clause(actor=member, clause=here.clause, from_digest=here.wording.digest)
    with pytest.raises(EditConflict) as changed:
        actions.accept_wording(actor=member, given=given)

    assert (changed.value.current, answers_of(given)) == (None, [])
    answer(given, member, "not-accepted", "The clause is gone.")
    assert answers_of(given) == [("not-accepted", "The clause is gone.")]


def test_a_comment_is_no_wording(say, member):
    with pytest.raises(ActionRefused, match="does not propose one"):
        actions.accept_wording(actor=member, given=say())
