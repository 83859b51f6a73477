"""Checks of the groups, regions and ages of people, and of people who are new. `checks.py` offers them to calls.

An answer that is missing never counts as met. Ages are private: their messages give no number, and the rule cannot be
determined as long as very few people have stated theirs.
"""

from collections.abc import Mapping
from typing import Any

from jukwaa.core.rule_checks import (
    Check,
    CheckVerdict,
    ParameterKind,
    RuleMessage,
    RuleOutcome,
    gettext_noop,
    judge_count_in_range,
)
from jukwaa.proposals.balance import (
    MIN_PRIVATE_STATEMENTS,
    STATEMENT_GETTERS_BY_DIMENSION,
    BalanceDimension,
    list_unique_people,
)
from jukwaa.proposals.proposal_values import CheckedParticipant, CheckedProposal, ProposalRole

type Parameters = Mapping[str, Any]


def _list_people_in_roles(proposal: CheckedProposal, rule_parameters: Parameters) -> list[CheckedParticipant]:
    return list_unique_people(
        proposal.find_participants_with_roles(frozenset(map(ProposalRole, rule_parameters["roles"])))
    )


def _judge_group_variety(
    proposal: CheckedProposal, rule_parameters: Parameters, balance_dimension: BalanceDimension
) -> tuple[RuleOutcome, int]:
    """Return whether at least `min` different groups are there, and how many are known to be."""
    stated = [
        STATEMENT_GETTERS_BY_DIMENSION[balance_dimension](each)
        for each in _list_people_in_roles(proposal, rule_parameters)
    ]
    known = len(set(stated) - {""})
    return judge_count_in_range(known, known + stated.count(""), rule_parameters), known


def judge_stakeholder_groups(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    outcome, known = _judge_group_variety(proposal, rule_parameters, BalanceDimension.STAKEHOLDER_GROUP)
    text = {
        RuleOutcome.MET: gettext_noop("Stakeholder groups: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("Stakeholder groups: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "Stakeholder groups: at least %(known)s. Some people have not stated theirs yet."
        ),
    }[outcome]
    return CheckVerdict(
        outcome, RuleMessage(text, {"known": known, "min": rule_parameters["min"]}), rule_parameters.get("field", "")
    )


def judge_regional_groups(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    outcome, known = _judge_group_variety(proposal, rule_parameters, BalanceDimension.REGION)
    text = {
        RuleOutcome.MET: gettext_noop("Regional groups: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("Regional groups: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "Regional groups: at least %(known)s. Some people have not stated theirs yet."
        ),
    }[outcome]
    return CheckVerdict(
        outcome, RuleMessage(text, {"known": known, "min": rule_parameters["min"]}), rule_parameters.get("field", "")
    )


def judge_age_bands(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    outcome, _known = _judge_group_variety(proposal, rule_parameters, BalanceDimension.AGE)
    if sum(bool(each.age_band) for each in _list_people_in_roles(proposal, rule_parameters)) < MIN_PRIVATE_STATEMENTS:
        outcome = RuleOutcome.UNKNOWN
    text = {
        RuleOutcome.MET: gettext_noop("The rule on age is met."),
        RuleOutcome.NOT_MET: gettext_noop("The rule on age is not met. Invite people of other ages."),
        RuleOutcome.UNKNOWN: gettext_noop("We cannot determine yet whether the rule on age is met."),
    }[outcome]
    return CheckVerdict(outcome, RuleMessage(text), rule_parameters.get("field", ""))


def judge_share_of_newcomers(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    answers = [each.is_newcomer for each in _list_people_in_roles(proposal, rule_parameters)]
    known, possible = answers.count(True), len(answers) - answers.count(False)
    outcome = judge_count_in_range(known, possible, rule_parameters)
    text = {
        RuleOutcome.MET: gettext_noop("People who are new to the forum: %(known)s."),
        RuleOutcome.NOT_MET: gettext_noop("People who are new to the forum: %(known)s. At least %(min)s are needed."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "People who are new to the forum: at least %(known)s. Some people have not answered yet."
        ),
    }[outcome]
    return CheckVerdict(
        outcome, RuleMessage(text, {"known": known, "min": rule_parameters["min"]}), rule_parameters.get("field", "")
    )


GROUP_PARAMETER_KINDS = {"roles": ParameterKind.ROLES, "min": ParameterKind.COUNT, "field": ParameterKind.FIELD}
OPTIONAL_PARAMETER_NAMES = frozenset({"field"})
DIVERSITY_CHECKS_BY_NAME: Mapping[str, Check[CheckedProposal]] = {
    "stakeholder groups": Check(judge_stakeholder_groups, GROUP_PARAMETER_KINDS, OPTIONAL_PARAMETER_NAMES),
    "regional groups": Check(judge_regional_groups, GROUP_PARAMETER_KINDS, OPTIONAL_PARAMETER_NAMES),
    "age bands": Check(judge_age_bands, GROUP_PARAMETER_KINDS, OPTIONAL_PARAMETER_NAMES),
    "newcomers": Check(judge_share_of_newcomers, GROUP_PARAMETER_KINDS, OPTIONAL_PARAMETER_NAMES),
}
