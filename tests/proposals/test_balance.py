"""The balance of a proposal: counts add up, missing answers never meet a rule, and no count identifies a person."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.rule_checks import Rule, RuleOutcome, evaluate_rules
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.proposals.balance import (
    MIN_SHOWN_GROUP_SIZE,
    OPEN_BALANCE_DIMENSIONS,
    PRIVATE_BALANCE_DIMENSIONS,
    PRIVATE_COUNT_ROUNDING_STEP,
    STATEMENT_GETTERS_BY_DIMENSION,
    BalanceDimension,
    GroupShare,
    count_by_dimension,
    count_statements_privately,
    list_unique_people,
)
from jukwaa.proposals.checks import CALL_RULE_CHECKS_BY_NAME
from jukwaa.proposals.proposal_values import CheckedParticipant, CheckedProposal, ProposalRole

UN_GROUP_VALUES = [group.value for group in UN_REGIONAL_GROUPS]
ANSWER_STRATEGY = st.sampled_from([None, True, False])
PARTICIPANTS_STRATEGY = st.lists(
    st.builds(
        CheckedParticipant,
        key=st.sampled_from("abcdefghijkl"),
        roles=st.sets(st.sampled_from(list(ProposalRole)), min_size=1).map(frozenset),
        stakeholder_group=st.sampled_from(["", "unknown", "government", "civil-society", "private-sector"]),
        regional_group=st.sampled_from(["", "unknown", *UN_GROUP_VALUES, "igo"]),
        gender=st.sampled_from(["", "woman", "man", "other"]),
        age_band=st.sampled_from(["", "18-24", "25-34"]),
        is_newcomer=ANSWER_STRATEGY,
        is_confirmed=ANSWER_STRATEGY,
        is_onsite=ANSWER_STRATEGY,
    ),
    max_size=14,
)
GENDERS_STRATEGY = st.lists(st.sampled_from(["", "woman", "man", "other"]), max_size=24)
PARTICIPANT_ROLES = tuple(role.value for role in ProposalRole)


def build_speakers_by_gender(stated_genders):
    return [
        CheckedParticipant(str(n), frozenset({ProposalRole.SPEAKER}), gender=each)
        for n, each in enumerate(stated_genders)
    ]


def test_balance_counts_groups_by_confirmation():
    speaker, row = frozenset({ProposalRole.SPEAKER}), [("a", True), ("b", None), ("c", False)]
    people = [CheckedParticipant(key, speaker, regional_group="african", is_confirmed=yes) for key, yes in row]
    silent = CheckedParticipant("d", speaker, regional_group="unknown", is_confirmed=True)
    table = count_by_dimension(list_unique_people([*people, silent]), BalanceDimension.REGION, ["african", "grulac"])

    assert table.shares == (GroupShare("african", 1, 1), GroupShare("grulac", 0, 0))
    assert (table.not_stated, table.total, table.missing_groups) == (GroupShare("", 1, 0), 3, ("grulac",))


def test_person_with_two_roles_is_counted_once_in_balance():
    speaker = CheckedParticipant("a", frozenset({ProposalRole.SPEAKER}), is_onsite=True)
    rapporteur = CheckedParticipant("a", frozenset({ProposalRole.RAPPORTEUR}), stakeholder_group="government")

    assert list_unique_people([speaker, rapporteur]) == [
        replace(speaker, roles=speaker.roles | rapporteur.roles, stakeholder_group="government")
    ]


@given(PARTICIPANTS_STRATEGY, st.sampled_from(OPEN_BALANCE_DIMENSIONS))
def test_balance_counts_add_up_to_number_of_participants(session_participants, balance_dimension):
    people = list_unique_people(session_participants)
    table = count_by_dimension(
        people, balance_dimension, UN_GROUP_VALUES if balance_dimension is BalanceDimension.REGION else []
    )
    staying = {each.key for each in session_participants if each.is_confirmed is not False}

    assert len(people) == table.total == len(staying)
    assert sum(share.confirmed for share in (*table.shares, table.not_stated)) == sum(
        each.is_confirmed is True for each in people
    )
    assert not set(table.missing_groups) & {STATEMENT_GETTERS_BY_DIMENSION[balance_dimension](each) for each in people}


@pytest.mark.parametrize("balance_dimension", PRIVATE_BALANCE_DIMENSIONS)
def test_private_dimension_has_no_table_of_counts(balance_dimension):
    with pytest.raises(ValueError, match="private"):
        count_by_dimension([], balance_dimension, [])


@pytest.mark.parametrize(
    ("check_name", "rule_name", "dimension_values"),
    [
        ("regional groups", "regional_group", UN_GROUP_VALUES),
        ("stakeholder groups", "stakeholder_group", ["government", "civil-society", "other"]),
        ("age bands", "age_band", ["18-24", "25-34"]),
        ("newcomers", "is_newcomer", [True, False]),
    ],
)
@given(session_participants=PARTICIPANTS_STRATEGY, minimum_count=st.integers(1, 4), drawn_data=st.data())
def test_met_rule_remains_met_after_any_missing_answers(
    check_name, rule_name, dimension_values, session_participants, minimum_count, drawn_data
):
    roles = (
        {"roles": PARTICIPANT_ROLES}
        if "roles" in CALL_RULE_CHECKS_BY_NAME[check_name].parameters
        else {"role": "speaker"}
    )
    judge = lambda found: _get_check_outcome(check_name, {**roles, "min": minimum_count}, found)  # noqa: E731 - used twice
    session_participants = list_unique_people(session_participants)
    silent = [
        not STATEMENT_GETTERS_BY_DIMENSION[_DIMENSION_BY_PARAMETER[rule_name]](each) for each in session_participants
    ]
    answered = [
        replace(each, **{rule_name: drawn_data.draw(st.sampled_from(dimension_values))}) if is_silent else each
        for each, is_silent in zip(session_participants, silent, strict=True)
    ]

    assert judge(session_participants) in (RuleOutcome.UNKNOWN, judge(answered))


_DIMENSION_BY_PARAMETER = {
    "regional_group": BalanceDimension.REGION,
    "stakeholder_group": BalanceDimension.STAKEHOLDER_GROUP,
    "age_band": BalanceDimension.AGE,
    "is_newcomer": BalanceDimension.NEWCOMER,
}


def _get_check_outcome(check_name, rule_parameters, session_participants):
    proposal = CheckedProposal(participants=tuple(session_participants))
    return (
        evaluate_rules(proposal, [Rule("rule", check_name, "", rule_parameters)], CALL_RULE_CHECKS_BY_NAME)
        .results[0]
        .verdict.outcome
    )


@given(GENDERS_STRATEGY)
def test_private_counts_are_shown_only_if_every_group_is_large(stated_genders):
    found = count_statements_privately(build_speakers_by_gender(stated_genders), BalanceDimension.GENDER)
    numbers = Counter(stated_genders)

    if found.at_least:
        assert min(numbers.values()) >= MIN_SHOWN_GROUP_SIZE
        assert len(set(numbers) - {""}) > 1
        assert found.at_least.keys() == numbers.keys()  # nothing is left to subtract
        assert all(
            number % PRIVATE_COUNT_ROUNDING_STEP == 0 and number <= numbers[each]
            for each, number in found.at_least.items()
        )


@given(GENDERS_STRATEGY, GENDERS_STRATEGY)
def test_hidden_private_counts_reveal_only_outcome(first_gender, second_gender):
    one, other = (
        count_statements_privately(build_speakers_by_gender(each), BalanceDimension.GENDER)
        for each in (first_gender, second_gender)
    )

    if not one.at_least and not other.at_least and one.outcome is other.outcome:
        assert one == other


@given(GENDERS_STRATEGY, st.sampled_from(["woman", "man", "other"]))
def test_one_more_answer_changes_count_only_at_multiple_of_five(stated_genders, private_answer):
    """One more answer changes a published count only if the count reaches a multiple of five."""
    before = count_statements_privately(build_speakers_by_gender([*stated_genders, ""]), BalanceDimension.GENDER)
    after = count_statements_privately(
        build_speakers_by_gender([*stated_genders, private_answer]), BalanceDimension.GENDER
    )

    if before.at_least and after.at_least:
        changed = {each for each in after.at_least if after.at_least[each] != before.at_least[each]}
        assert changed <= {private_answer, ""}
        assert (
            private_answer not in changed
            or Counter([*stated_genders, private_answer])[private_answer] % PRIVATE_COUNT_ROUNDING_STEP == 0
        )


@pytest.mark.parametrize(
    ("stated_genders", "outcome"),
    [
        (["woman", "man"], RuleOutcome.UNKNOWN),
        (["woman", "woman", "woman"], RuleOutcome.NOT_MET),
        (["woman", "woman", "woman", ""], RuleOutcome.UNKNOWN),
        (["woman", "woman", "man"], RuleOutcome.MET),
        ([], RuleOutcome.UNKNOWN),
    ],
)
def test_diversity_of_few_people_is_described_without_counts(stated_genders, outcome):
    found = count_statements_privately(build_speakers_by_gender(stated_genders), BalanceDimension.GENDER)

    assert (found.outcome, found.at_least) == (outcome, {})


def test_counts_of_large_groups_are_rounded_down():
    found = count_statements_privately(build_speakers_by_gender(["woman"] * 9 + ["man"] * 5), BalanceDimension.GENDER)

    assert found.at_least == {"man": 5, "woman": 5}
