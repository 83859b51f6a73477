"""Each condition of each year: a coalition that meets it, one that does not, one at the limit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jukwaa.core.rule_checks import RuleOutcome, evaluate_rules
from jukwaa.eligibility.checks import CONDITION_CHECKS_BY_NAME, ConditionStatus, get_condition_status
from jukwaa.eligibility.coalition_year import MeetingsAttended, PageStatus, RecordShare
from jukwaa.eligibility.rule_sets import RuleFileError, find_rule_set, get_rule_sets, parse_rule_set
from tests.eligibility.rule_cases import CASE_BUILDERS_BY_CHECK, EMPTY_YEAR

HUMAN_ANSWER_CHECK = "answered by a person"
ALL_RULE_PARAMS = [
    pytest.param(rule, id=f"{year}:{rule.name}") for year, rules in get_rule_sets().items() for rule in rules.rules
]
RULE_FILE_TOML = """
title = "Conditions"
year = 2030
unknown = []
[sources]
page = "https://example.org/"
[[rule]]
name = "groups"
text = "Three groups."
check = "stakeholder groups"
min = 3
source = "page"
"""


def evaluate_rule(rule, checked_facts):
    return evaluate_rules(checked_facts, [rule], CONDITION_CHECKS_BY_NAME).results[0].verdict


@pytest.mark.parametrize("rule", [each for each in ALL_RULE_PARAMS if each.values[0].check != HUMAN_ANSWER_CHECK])
def test_rule_is_judged_for_met_unmet_and_boundary_cases(rule):
    cases = CASE_BUILDERS_BY_CHECK[rule.check](rule)

    assert cases.passes is None or evaluate_rule(rule, cases.passes).outcome is RuleOutcome.MET
    assert evaluate_rule(rule, cases.fails).outcome is RuleOutcome.NOT_MET
    assert evaluate_rule(rule, cases.at_limit).outcome is cases.outcome_at_limit


@pytest.mark.parametrize("rule", ALL_RULE_PARAMS)
def test_messages_are_complete_and_rules_have_sources(rule):
    built = CASE_BUILDERS_BY_CHECK[rule.check](rule) if rule.check != HUMAN_ANSWER_CHECK else None
    subjects = [EMPTY_YEAR] if built is None else [built.passes, built.fails, built.at_limit, EMPTY_YEAR]

    for subject in filter(None, subjects):
        text = str(evaluate_rule(rule, subject).message)
        assert "%(" not in text
        assert "None" not in text
    assert rule.source


def test_every_check_has_test_cases():
    assert {*CASE_BUILDERS_BY_CHECK, HUMAN_ANSWER_CHECK} == set(CONDITION_CHECKS_BY_NAME)


def test_condition_that_needs_human_answer_is_unknown():
    asked = next(rule for rule in get_rule_sets()[2018].rules if rule.check == HUMAN_ANSWER_CHECK)

    assert evaluate_rule(asked, EMPTY_YEAR).outcome is RuleOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("attended", "outcome"),
    [
        (MeetingsAttended(0, 0, 4), RuleOutcome.UNKNOWN),
        (MeetingsAttended(1, 1, 1), RuleOutcome.UNKNOWN),  # between a third and two thirds
        (MeetingsAttended(1, 3, 1), RuleOutcome.NOT_MET),
        (MeetingsAttended(2, 1, 1), RuleOutcome.MET),
    ],
)
def test_unlogged_meetings_make_attendance_unknown(attended, outcome):
    rule = get_rule_sets()[2024].get_rule("coordination-meetings")

    assert evaluate_rule(rule, replace(EMPTY_YEAR, coordination=attended)).outcome is outcome


@pytest.mark.parametrize("rule_name", ["open-list", "open-archive"])
@pytest.mark.parametrize("page", [None, PageStatus.NO_ADDRESS, PageStatus.NOT_CHECKED])
def test_mailing_list_page_is_unknown_until_checked(rule_name, page):
    rule = get_rule_sets()[2024].get_rule(rule_name)

    assert evaluate_rule(rule, replace(EMPTY_YEAR, list_page=page, list_archive=page)).outcome is RuleOutcome.UNKNOWN


@pytest.mark.parametrize("page", [None, *PageStatus])
def test_public_archive_with_post_meets_condition(page):
    rule = get_rule_sets()[2024].get_rule("open-archive")
    verdict = evaluate_rule(
        rule, replace(EMPTY_YEAR, list_archive=page, public_archive_until=EMPTY_YEAR.today - timedelta(days=4))
    )

    assert (verdict.outcome, verdict.message.values) == (RuleOutcome.MET, {"days": 4})


def test_members_without_group_make_group_count_unknown():
    rule = get_rule_sets()[2024].get_rule("stakeholder-groups")
    two = replace(EMPTY_YEAR, stakeholder_groups=2)

    assert evaluate_rule(rule, two).outcome is RuleOutcome.NOT_MET
    assert evaluate_rule(rule, replace(two, members_without_group=1)).outcome is RuleOutcome.UNKNOWN


def test_last_message_of_past_year_is_counted_from_its_end():
    rule = get_rule_sets()[2024].get_rule("list-traffic")
    subject = replace(EMPTY_YEAR, year=2022, last_post=date(2022, 1, 2))

    assert evaluate_rule(rule, subject).outcome is RuleOutcome.MET


def test_unmet_condition_is_at_risk_until_year_end():
    assert [get_condition_status(outcome, is_year_over=False) for outcome in RuleOutcome] == [
        ConditionStatus.MET,
        ConditionStatus.AT_RISK,
        ConditionStatus.UNKNOWN,
    ]
    assert [get_condition_status(outcome, is_year_over=True) for outcome in RuleOutcome] == [
        ConditionStatus.MET,
        ConditionStatus.MISSED,
        ConditionStatus.UNKNOWN,
    ]


def test_share_is_rounded_down():
    assert (RecordShare(999, 1000).percent, RecordShare(0, 0).percent) == (99, 0)


def test_year_uses_own_or_latest_known_conditions():
    assert list(get_rule_sets()) == [2011, 2018, 2022, 2024]
    assert [rules and rules.year for rules in map(find_rule_set, (2010, 2011, 2017, 2023, 2031))] == [
        None,
        2011,
        2011,
        2022,
        2024,
    ]


def test_coordination_meetings_are_condition_since_2024():
    has_rule = [rules.get_rule("coordination-meetings") is not None for rules in get_rule_sets().values()]

    assert has_rule == [False, False, False, True]


@pytest.mark.parametrize(
    ("replaced_text", "replacement_text", "expected_sentence"),
    [
        ('title = "Conditions"', "", "Add “title”."),
        ("min = 3", "min = 0", "“min” must be a whole number from 1"),
        ("min = 3", "least = 3", "takes these parameters: min"),
        ("stakeholder groups", "magic", "there is no check “magic”"),
        ('source = "page"', 'source = "book"', "there is no source “book”"),
        ('source = "page"', "", "add “source”"),
        ("[sources]", "[sources", "This is not TOML"),
        ("unknown = []", 'unknown = []\nincludes = ["more"]', "There is no shared file “more”"),
    ],
)
def test_invalid_rule_file_is_refused_with_message(replaced_text, replacement_text, expected_sentence):
    assert parse_rule_set(RULE_FILE_TOML).year == 2030
    with pytest.raises(RuleFileError, match=expected_sentence):
        parse_rule_set(RULE_FILE_TOML.replace(replaced_text, replacement_text))


def test_duplicate_rule_name_is_refused():
    with pytest.raises(RuleFileError, match="Two rules are called “groups”"):
        parse_rule_set(RULE_FILE_TOML + RULE_FILE_TOML.partition('example.org/"')[2])
