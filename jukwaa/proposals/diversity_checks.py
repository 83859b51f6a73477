"""Checks of the groups, regions and ages of people, and of people who are new. `checks.py` offers them to calls.

An answer that is missing never counts as met. Ages are private: their messages give no number, and the rule cannot be
determined as long as very few people have stated theirs.
"""

from collections.abc import Mapping
from typing import Any

from jukwaa.core.rule_checks import Check, Message, Outcome, ParameterKind, Verdict, gettext_noop, judge_count
from jukwaa.proposals.balance import MIN_STATEMENTS, STATEMENT_GETTERS, Dimension, list_unique_people
from jukwaa.proposals.proposal_values import Participant, Proposal, Role

type Parameters = Mapping[str, Any]


def _list_people_in_roles(proposal: Proposal, parameters: Parameters) -> list[Participant]:
    return list_unique_people(proposal.with_roles(frozenset(map(Role, parameters["roles"]))))


def _judge_groups(proposal: Proposal, parameters: Parameters, dimension: Dimension) -> tuple[Outcome, int]:
    """Return whether at least `min` different groups are there, and how many are known to be."""
    stated = [STATEMENT_GETTERS[dimension](each) for each in _list_people_in_roles(proposal, parameters)]
    known = len(set(stated) - {""})
    return judge_count(known, known + stated.count(""), parameters), known


def judge_stakeholder_groups(proposal: Proposal, parameters: Parameters) -> Verdict:
    outcome, known = _judge_groups(proposal, parameters, Dimension.STAKEHOLDER_GROUP)
    text = {
        Outcome.MET: gettext_noop("Stakeholder groups: %(known)s."),
        Outcome.NOT_MET: gettext_noop("Stakeholder groups: %(known)s. At least %(min)s are needed."),
        Outcome.UNKNOWN: gettext_noop(
            "Stakeholder groups: at least %(known)s. Some people have not stated theirs yet."
        ),
    }[outcome]
    return Verdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


def judge_regional_groups(proposal: Proposal, parameters: Parameters) -> Verdict:
    outcome, known = _judge_groups(proposal, parameters, Dimension.REGION)
    text = {
        Outcome.MET: gettext_noop("Regional groups: %(known)s."),
        Outcome.NOT_MET: gettext_noop("Regional groups: %(known)s. At least %(min)s are needed."),
        Outcome.UNKNOWN: gettext_noop("Regional groups: at least %(known)s. Some people have not stated theirs yet."),
    }[outcome]
    return Verdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


def judge_age_bands(proposal: Proposal, parameters: Parameters) -> Verdict:
    outcome, _known = _judge_groups(proposal, parameters, Dimension.AGE)
    if sum(bool(each.age_band) for each in _list_people_in_roles(proposal, parameters)) < MIN_STATEMENTS:
        outcome = Outcome.UNKNOWN
    text = {
        Outcome.MET: gettext_noop("The rule on age is met."),
        Outcome.NOT_MET: gettext_noop("The rule on age is not met. Invite people of other ages."),
        Outcome.UNKNOWN: gettext_noop("We cannot determine yet whether the rule on age is met."),
    }[outcome]
    return Verdict(outcome, Message(text), parameters.get("field", ""))


def judge_newcomers(proposal: Proposal, parameters: Parameters) -> Verdict:
    answers = [each.is_newcomer for each in _list_people_in_roles(proposal, parameters)]
    known, possible = answers.count(True), len(answers) - answers.count(False)
    outcome = judge_count(known, possible, parameters)
    text = {
        Outcome.MET: gettext_noop("People who are new to the forum: %(known)s."),
        Outcome.NOT_MET: gettext_noop("People who are new to the forum: %(known)s. At least %(min)s are needed."),
        Outcome.UNKNOWN: gettext_noop(
            "People who are new to the forum: at least %(known)s. Some people have not answered yet."
        ),
    }[outcome]
    return Verdict(outcome, Message(text, {"known": known, "min": parameters["min"]}), parameters.get("field", ""))


GROUP_PARAMETERS = {"roles": ParameterKind.ROLES, "min": ParameterKind.COUNT, "field": ParameterKind.FIELD}
OPTIONAL_PARAMETERS = frozenset({"field"})
DIVERSITY_CHECKS: Mapping[str, Check[Proposal]] = {
    "stakeholder groups": Check(judge_stakeholder_groups, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "regional groups": Check(judge_regional_groups, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "age bands": Check(judge_age_bands, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
    "newcomers": Check(judge_newcomers, GROUP_PARAMETERS, OPTIONAL_PARAMETERS),
}
