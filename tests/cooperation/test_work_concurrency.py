"""Several sign at the same moment, and one takes the text back meanwhile."""

import pytest

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Deliverable, Signature
from jukwaa.core.refusals import EditConflict
from tests.concurrency import run_concurrently
from tests.cooperation.charter_steps import (
    begin_work_with_charter,
    create_proposed_charter,
    create_spokesperson,
    sign_charter_for,
)
from tests.factories import AffiliationFactory


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_signatures_put_charter_into_force_once(transactional_db, coalition, repetition):
    speakers = [create_spokesperson(coalition, f"Organisation {letter}") for letter in "ABCD"]
    charter = create_proposed_charter(coalition, *speakers)
    came = run_concurrently(*((lambda who=who: sign_charter_for(charter, who)) for who in speakers))

    assert [type(each) for each in came] == [Signature] * 4
    charter.refresh_from_db()
    assert charter.in_force_since is not None
    assert Activity.objects.filter(kind="charter", verb="in-force").count() == 1
    assert Deliverable.objects.count() == 1


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_signatures_of_one_party_count_once(transactional_db, coalition, repetition):
    first, second = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "A provider")
    colleague = AffiliationFactory(organisation=first[1], may_speak=True).person, first[1]
    charter = create_proposed_charter(coalition, first, second)
    came = run_concurrently(lambda: sign_charter_for(charter, first), lambda: sign_charter_for(charter, colleague))

    assert came[0] == came[1]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("repetition", range(3))
def test_charter_withdrawn_during_signing_is_consistent(transactional_db, coalition, repetition):
    first, second = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "A provider")
    charter = create_proposed_charter(coalition, first, second)
    sign_charter_for(charter, first)
    take_back = charters.withdraw_charter_proposal
    signed, taken = run_concurrently(
        lambda: sign_charter_for(charter, second),
        lambda: take_back(actor=first[0], work=charter.work, reason="One word."),
    )
    charter.refresh_from_db()

    if isinstance(signed, Signature):  # it was first: then it is in force, and is amended
        assert (charter.in_force_since is not None, charter.dropped_at) == (True, None)
        assert "in force" in str(taken)
    else:
        assert isinstance(signed, EditConflict)
        assert (charter.in_force_since, taken.number) == (None, 2)


def test_concurrent_charter_answers_conflict_only_on_same_question(coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    told = {"work": work, "from_version": 1}
    charters.write_charter_answer(actor=helpline[0], question="why", answer="So.", **told)
    charters.write_charter_answer(actor=provider[0], question="basis", answer="Openly.", **told)
    with pytest.raises(EditConflict) as stale:
        charters.write_charter_answer(actor=provider[0], question="why", answer="Thus.", **told)

    assert stale.value.current.answers["why"] == "So."
