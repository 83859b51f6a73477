"""Checks of the groups, regions and ages of people, and of people who are new. `checks.py` offers them to calls.

An answer that is missing never counts as met. Ages are private: their messages give no number, and the rule cannot be
determined as long as very few people have stated theirs.
"""

from collections.abc import Mapping
from typing import Any

from jukwaa.core.rule_checks import (
    Check,
    CheckVerdict,
    Message,
    ParameterKind,
    RuleOutcome,
    gettext_noop,
    judge_count_in_range,
)
from jukwaa.proposals.balance import MIN_STATEMENTS, STATEMENT_GETTERS, BalanceDimension, list_unique_people
from jukwaa.proposals.proposal_values import Participant, Proposal, Role

type Parameters = Mapping[str, Any]


def _list_people_in_roles(proposal: Proposal, parameters: Parameters) -> list[Participant]:
    return list_unique_people(proposal.with_roles(frozenset(map(Role, parameters["roles"]))))


def _judge_group_variety(
    proposal: Proposal, parameters: Parameters, dimension: BalanceDimension
) -> tuple[RuleOutcome, int]:
    """Return whether at least `min` different groups are there, and how many are known to be."""
    stated = [STATEMENT_GETTERS[dimension](each) for each in _list_people_in_roles(proposal, parameters)]
    known = len(set(stated) - {""})
    return judge_count_in_range(known, known + stated.count(""), parameters), known


def judge_stakeholder_groups(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    outcome, known = _judge_group_variety(proposal, parameters, BalanceDimension.STAKEHOLDER_GROUP)
    text = {
        RuleOutcome.MET: gettext_noop("Stakeholder groups: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("Stakeholder groups: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "Stakeholder groups: at least %(known)s. Some people have not stated theirs yet."
        ),
    }[outcome]
    return CheckVerdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


def judge_regional_groups(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    outcome, known = _judge_group_variety(proposal, parameters, BalanceDimension.REGION)
    text = {
        RuleOutcome.MET: gettext_noop("Regional groups: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("Regional groups: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "Regional groups: at least %(known)s. Some people have not stated theirs yet."
        ),
    }[outcome]
    return CheckVerdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


def judge_age_bands(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    outcome, _known = _judge_group_variety(proposal, parameters, BalanceDimension.AGE)
    if sum(bool(each.age_band) for each in _list_people_in_roles(proposal, parameters)) < MIN_STATEMENTS:
        outcome = RuleOutcome.UNKNOWN
    text = {
        RuleOutcome.MET: gettext_noop("The rule on age is met."),
        RuleOutcome.NOT_MET: gettext_noop("The rule on age is not met. Invite people of other ages."),
        RuleOutcome.UNKNOWN: gettext_noop("We cannot determine yet whether the rule on age is met."),
    }[outcome]
    return CheckVerdict(outcome, Message(text), parameters.get("field", ""))


def judge_share_of_newcomers(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    answers = [each.is_newcomer for each in _list_people_in_roles(proposal, parameters)]
    known, possible = answers.count(True), len(answers) - answers.count(False)
    outcome = judge_count_in_range(known, possible, parameters)
    text = {
        RuleOutcome.MET: gettext_noop("People who are new to the forum: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("People who are new to the forum: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "People who are new to the forum: at least %(known)s. Some people have not answered yet."
        ),
    }[outcome]
    return CheckVerdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


GROUP_PARAMETERS = {"roles": ParameterKind.ROLES, "min": ParameterKind.COUNT, "field": ParameterKind.FIELD}
OPTIONAL_PARAMETERS = frozenset({"field"})
DIVERSITY_CHECKS: Mapping[str, Check[Proposal]] = {
    "stakeholder groups": Check(judge_stakeholder_groups, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "regional groups": Check(judge_regional_groups, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "age bands": Check(judge_age_bands, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "newcomers": Check(judge_share_of_newcomers, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
}
