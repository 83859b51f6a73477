"""The balance of a proposal: counts add up, missing answers never meet a rule, and no count identifies a person."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.rule_checks import Rule, RuleOutcome, evaluate_rules
from jukwaa.places.regions import UN_GROUPS
from jukwaa.proposals.balance import (
    MIN_GROUP_SIZE,
    OPEN_DIMENSIONS,
    PRIVATE_DIMENSIONS,
    ROUNDING_STEP,
    STATEMENT_GETTERS,
    BalanceDimension,
    GroupShare,
    count_by_dimension,
    count_statements_privately,
    list_unique_people,
)
from jukwaa.proposals.checks import CALL_RULE_CHECKS
from jukwaa.proposals.proposal_values import Participant, Proposal, Role

REGIONS = [group.value for group in UN_GROUPS]
ANSWER = st.sampled_from([None, True, False])
PEOPLE = st.lists(
    st.builds(
        Participant,
        key=st.sampled_from("abcdefghijkl"),
        roles=st.sets(st.sampled_from(list(Role)), min_size=1).map(frozenset),
        stakeholder_group=st.sampled_from(["", "unknown", "government", "civil-society", "private-sector"]),
        regional_group=st.sampled_from(["", "unknown", *REGIONS, "igo"]),
        gender=st.sampled_from(["", "woman", "man", "other"]),
        age_band=st.sampled_from(["", "18-24", "25-34"]),
        is_newcomer=ANSWER,
        is_confirmed=ANSWER,
        is_onsite=ANSWER,
    ),
    max_size=14,
)
GENDERS = st.lists(st.sampled_from(["", "woman", "man", "other"]), max_size=24)
ROLES = tuple(role.value for role in Role)


def build_speakers_by_gender(genders):
    return [Participant(str(n), frozenset({Role.SPEAKER}), gender=each) for n, each in enumerate(genders)]


def test_balance_counts_groups_by_confirmation():
    speaker, row = frozenset({Role.SPEAKER}), [("a", True), ("b", None), ("c", False)]
    people = [Participant(key, speaker, regional_group="african", is_confirmed=yes) for key, yes in row]
    silent = Participant("d", speaker, regional_group="unknown", is_confirmed=True)
    table = count_by_dimension(list_unique_people([*people, silent]), BalanceDimension.REGION, ["african", "grulac"])

    assert table.shares == (GroupShare("african", 1, 1), GroupShare("grulac", 0, 0))
    assert (table.not_stated, table.total, table.missing) == (GroupShare("", 1, 0), 3, ("grulac",))


def test_person_with_two_roles_is_counted_once_in_balance():
    speaker = Participant("a", frozenset({Role.SPEAKER}), is_onsite=True)
    rapporteur = Participant("a", frozenset({Role.RAPPORTEUR}), stakeholder_group="government")

    assert list_unique_people([speaker, rapporteur]) == [
        replace(speaker, roles=speaker.roles | rapporteur.roles, stakeholder_group="government")
    ]


@given(PEOPLE, st.sampled_from(OPEN_DIMENSIONS))
def test_balance_counts_add_up_to_number_of_participants(participants, dimension):
    people = list_unique_people(participants)
    table = count_by_dimension(people, dimension, REGIONS if dimension is BalanceDimension.REGION else [])
    staying = {each.key for each in participants if each.is_confirmed is not False}

    assert len(people) == table.total == len(staying)
    assert sum(share.confirmed for share in (*table.shares, table.not_stated)) == sum(
        each.is_confirmed is True for each in people
    )
    assert not set(table.missing) & {STATEMENT_GETTERS[dimension](each) for each in people}


@pytest.mark.parametrize("dimension", PRIVATE_DIMENSIONS)
def test_private_dimension_has_no_table_of_counts(dimension):
    with pytest.raises(ValueError, match="private"):
        count_by_dimension([], dimension, [])


@pytest.mark.parametrize(
    ("check", "name", "values"),
    [
        ("regional groups", "regional_group", REGIONS),
        ("stakeholder groups", "stakeholder_group", ["government", "civil-society", "other"]),
        ("age bands", "age_band", ["18-24", "25-34"]),
        ("newcomers", "is_newcomer", [True, False]),
    ],
)
@given(people=PEOPLE, least=st.integers(1, 4), data=st.data())
def test_met_rule_stays_met_after_any_missing_answers(check, name, values, people, least, data):
    roles = {"roles": ROLES} if "roles" in CALL_RULE_CHECKS[check].parameters else {"role": "speaker"}
    judge = lambda found: _judge(check, {**roles, "min": least}, found)  # noqa: E731 - used twice
    people = list_unique_people(people)
    silent = [not STATEMENT_GETTERS[_DIMENSIONS[name]](each) for each in people]
    answered = [
        replace(each, **{name: data.draw(st.sampled_from(values))}) if is_silent else each
        for each, is_silent in zip(people, silent, strict=True)
    ]

    assert judge(people) in (RuleOutcome.UNKNOWN, judge(answered))


_DIMENSIONS = {
    "regional_group": BalanceDimension.REGION,
    "stakeholder_group": BalanceDimension.STAKEHOLDER_GROUP,
    "age_band": BalanceDimension.AGE,
    "is_newcomer": BalanceDimension.NEWCOMER,
}


def _judge(check, parameters, people):
    proposal = Proposal(participants=tuple(people))
    return evaluate_rules(proposal, [Rule("rule", check, "", parameters)], CALL_RULE_CHECKS).results[0].verdict.outcome


@given(GENDERS)
def test_private_counts_are_shown_only_if_every_group_is_large(genders):
    found = count_statements_privately(build_speakers_by_gender(genders), BalanceDimension.GENDER)
    numbers = Counter(genders)

    if found.at_least:
        assert min(numbers.values()) >= MIN_GROUP_SIZE
        assert len(set(numbers) - {""}) > 1
        assert found.at_least.keys() == numbers.keys()  # nothing is left to subtract
        assert all(number % ROUNDING_STEP == 0 and number <= numbers[each] for each, number in found.at_least.items())


@given(GENDERS, GENDERS)
def test_hidden_private_counts_reveal_only_outcome(first, second):
    one, other = (
        count_statements_privately(build_speakers_by_gender(each), BalanceDimension.GENDER) for each in (first, second)
    )

    if not one.at_least and not other.at_least and one.outcome is other.outcome:
        assert one == other


@given(GENDERS, st.sampled_from(["woman", "man", "other"]))
def test_one_more_answer_changes_count_only_at_multiple_of_five(genders, answer):
    """One more answer changes a published count only if the count reaches a multiple of five."""
    before = count_statements_privately(build_speakers_by_gender([*genders, ""]), BalanceDimension.GENDER)
    after = count_statements_privately(build_speakers_by_gender([*genders, answer]), BalanceDimension.GENDER)

    if before.at_least and after.at_least:
        changed = {each for each in after.at_least if after.at_least[each] != before.at_least[each]}
        assert changed <= {answer, ""}
        assert answer not in changed or Counter([*genders, answer])[answer] % ROUNDING_STEP == 0


@pytest.mark.parametrize(
    ("genders", "outcome"),
    [
        (["woman", "man"], RuleOutcome.UNKNOWN),
        (["woman", "woman", "woman"], RuleOutcome.NOT_MET),
        (["woman", "woman", "woman", ""], RuleOutcome.UNKNOWN),
        (["woman", "woman", "man"], RuleOutcome.MET),
        ([], RuleOutcome.UNKNOWN),
    ],
)
def test_diversity_of_few_people_is_described_without_counts(genders, outcome):
    found = count_statements_privately(build_speakers_by_gender(genders), BalanceDimension.GENDER)

    assert (found.outcome, found.at_least) == (outcome, {})


def test_counts_of_large_groups_are_rounded_down():
    found = count_statements_privately(build_speakers_by_gender(["woman"] * 9 + ["man"] * 5), BalanceDimension.GENDER)

    assert found.at_least == {"man": 5, "woman": 5}
