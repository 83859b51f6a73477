"""Several sign at the same moment, and one takes the text back meanwhile."""

import pytest

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Deliverable, Signature
from jukwaa.core.refusals import EditConflict
from tests.at_once import run_concurrently
from tests.cooperation.agreeing import begin_work_with_charter, create_spokesperson, proposed, sign
from tests.factories import AffiliationFactory


@pytest.mark.parametrize("turn", range(3))
def test_two_who_sign_at_once_both_sign_and_it_comes_into_force_once(transactional_db, coalition, turn):
    speakers = [create_spokesperson(coalition, f"Organisation {letter}") for letter in "ABCD"]
    charter = proposed(coalition, *speakers)
    came = run_concurrently(*((lambda who=who: sign(charter, who)) for who in speakers))

    assert [type(each) for each in came] == [Signature] * 4
    charter.refresh_from_db()
    assert charter.in_force_since is not None
    assert Activity.objects.filter(kind="charter", verb="in-force").count() == 1
    assert Deliverable.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_the_same_party_at_once_signs_once(transactional_db, coalition, turn):
    first, second = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "A provider")
    colleague = AffiliationFactory(organisation=first[1], may_speak=True).person, first[1]
    charter = proposed(coalition, first, second)
    came = run_concurrently(lambda: sign(charter, first), lambda: sign(charter, colleague))

    assert came[0] == came[1]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_text_that_is_taken_back_while_it_is_signed_is_signed_whole_or_not_at_all(transactional_db, coalition, turn):
    first, second = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "A provider")
    charter = proposed(coalition, first, second)
    sign(charter, first)
    take_back = charters.withdraw_charter
    signed, taken = run_concurrently(
        lambda: sign(charter, second), lambda: take_back(actor=first[0], work=charter.work, reason="One word.")
    )
    charter.refresh_from_db()

    if isinstance(signed, Signature):  # it was first: then it is in force, and is amended
        assert (charter.in_force_since is not None, charter.dropped_at) == (True, None)
        assert "in force" in str(taken)
    else:
        assert isinstance(signed, EditConflict)
        assert (charter.in_force_since, taken.number) == (None, 2)


def test_two_answer_different_questions_and_the_second_to_the_same_one_is_shown_the_first(
    coalition, helpline, provider
):
    work = begin_work_with_charter(coalition, helpline, provider)
    told = {"work": work, "from_version": 1}
    charters.write_charter_answer(actor=helpline[0], question="why", answer="So.", **told)
    charters.write_charter_answer(actor=provider[0], question="basis", answer="Openly.", **told)
    with pytest.raises(EditConflict) as stale:
        charters.write_charter_answer(actor=provider[0], question="why", answer="Thus.", **told)

    assert stale.value.current.answers["why"] == "So."
