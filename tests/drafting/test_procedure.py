"""The rules of silence procedures: what they allow to be declared, and laws that hold for any positions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.drafting.models import Rules
from jukwaa.drafting.silence_procedure import (
    DECIDED_CALL_OUTCOMES,
    DecisionRules,
    PositionTally,
    determine_call_verdict,
)

GROUP_STRATEGY = st.sampled_from(["civil-society", "government", "technical"])
COUNT_STRATEGY = st.integers(0, 5)
RULES_STRATEGY = st.builds(
    DecisionRules,
    silence=st.sampled_from(Rules.Silence.values),
    objections=st.integers(1, 4),
    objections_from=st.sampled_from(Rules.From.values),
    amendments_object=st.booleans(),
    procedure_objections=st.integers(1, 3),
)
TALLY_STRATEGY = st.builds(
    PositionTally,
    support=COUNT_STRATEGY,
    silent=COUNT_STRATEGY,
    objections=st.lists(GROUP_STRATEGY, max_size=5).map(tuple),
    amendments=st.lists(GROUP_STRATEGY, max_size=3).map(tuple),
    to_procedure=st.integers(0, 3),
    awaiting=COUNT_STRATEGY,
    unreached=COUNT_STRATEGY,
)


def is_text_adopted(consensus_rules, position_tally):
    return bool(determine_call_verdict(consensus_rules, position_tally).outcomes & DECIDED_CALL_OUTCOMES)


@given(RULES_STRATEGY, TALLY_STRATEGY, COUNT_STRATEGY, COUNT_STRATEGY)
def test_awaiting_and_unreached_members_do_not_change_verdict(
    consensus_rules, position_tally, awaiting_count, unreached_count
):
    assert determine_call_verdict(
        consensus_rules, replace(position_tally, awaiting=awaiting_count, unreached=unreached_count)
    ) == determine_call_verdict(consensus_rules, position_tally)


@given(RULES_STRATEGY, TALLY_STRATEGY)
def test_silence_alone_adopts_only_where_the_rules_say_so(consensus_rules, position_tally):
    alone = replace(position_tally, support=0)

    if is_text_adopted(consensus_rules, alone):
        assert (consensus_rules.silence, alone.silent > 0) == (Rules.Silence.SUPPORT, True)


@given(RULES_STRATEGY, TALLY_STRATEGY, GROUP_STRATEGY)
def test_additional_objection_never_leads_to_adoption(consensus_rules, position_tally, regional_group):
    more = [
        replace(position_tally, objections=(*position_tally.objections, regional_group)),
        replace(position_tally, amendments=(*position_tally.amendments, regional_group)),
        replace(position_tally, to_procedure=position_tally.to_procedure + 1),
    ]

    assert is_text_adopted(consensus_rules, position_tally) or not any(
        is_text_adopted(consensus_rules, each) for each in more
    )


@given(RULES_STRATEGY, TALLY_STRATEGY)
def test_dissent_is_never_declared_as_consensus(consensus_rules, position_tally):
    dissents = bool(position_tally.objections or position_tally.amendments or position_tally.to_procedure)

    assert not (dissents and "consensus" in determine_call_verdict(consensus_rules, position_tally).outcomes)


@given(RULES_STRATEGY, TALLY_STRATEGY)
def test_some_outcome_is_always_allowed_and_adoption_is_not_immediate(consensus_rules, position_tally):
    verdict = determine_call_verdict(consensus_rules, position_tally)

    assert verdict.outcomes
    assert verdict.at_once <= verdict.outcomes - DECIDED_CALL_OUTCOMES


@given(RULES_STRATEGY, TALLY_STRATEGY)
def test_enough_procedural_objections_require_meeting(consensus_rules, position_tally):
    if position_tally.to_procedure >= consensus_rules.procedure_objections:
        assert determine_call_verdict(consensus_rules, position_tally).outcomes == {"to-meeting"}


@pytest.mark.parametrize(
    ("consensus_rules", "position_tally", "outcomes"),
    [
        ({}, {"silent": 3}, {"consensus", "no-consensus"}),
        ({}, {"awaiting": 3}, {"no-consensus"}),
        ({}, {"unreached": 3}, {"no-consensus"}),
        ({"silence": "nothing"}, {"silent": 3}, {"no-consensus"}),
        ({"silence": "aside"}, {"silent": 3, "support": 1}, {"consensus", "no-consensus"}),
        ({}, {"support": 5, "objections": ("government",)}, {"no-consensus", "to-meeting"}),
        ({}, {"support": 5, "amendments": ("government",)}, {"no-consensus", "to-meeting"}),
        ({"amendments_object": False}, {"support": 5, "amendments": ("government",)}, {"with-dissent", "no-consensus"}),
        ({"objections": 2}, {"support": 5, "objections": ("government",)}, {"with-dissent", "no-consensus"}),
        (
            {"objections": 2, "objections_from": "group"},
            {"support": 5, "objections": ("government", "technical")},
            {"with-dissent", "no-consensus"},
        ),
        (
            {"objections": 2, "objections_from": "group"},
            {"support": 5, "objections": ("government", "government")},
            {"no-consensus", "to-meeting"},
        ),
        ({}, {"support": 5, "to_procedure": 1}, {"to-meeting"}),
        (
            {"procedure_objections": 2},
            {"support": 5, "to_procedure": 1},
            {"with-dissent", "no-consensus", "to-meeting"},
        ),
    ],
)
def test_rules_decide_what_may_be_declared(consensus_rules, position_tally, outcomes):
    assert (
        determine_call_verdict(DecisionRules(**consensus_rules), PositionTally(**position_tally)).outcomes == outcomes
    )
