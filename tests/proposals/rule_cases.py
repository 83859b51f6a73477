"""For each rule of a call: a proposal that meets it, one that does not, and one at its limit.

They are built from the rule's own parameters, so that a new call is covered by its file. A new check needs a
function here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from jukwaa.core.rule_checks import Rule, RuleOutcome
from jukwaa.proposals.proposal_values import CheckedParticipant, CheckedProposal, ProposalRole, UploadedAnswerFile

EMPTY_PROPOSAL = CheckedProposal()


class RuleCases(NamedTuple):
    passes: CheckedProposal
    fails: CheckedProposal
    at_limit: CheckedProposal
    outcome_at_limit: RuleOutcome = RuleOutcome.MET


def build_participants(participant_count, role, **more):
    return tuple(
        CheckedParticipant(f"person-{n}", frozenset({ProposalRole(role)}), **more) for n in range(participant_count)
    )


def build_rule_cases(rule: Rule) -> RuleCases:
    return CASE_BUILDERS_BY_CHECK[rule.check](rule.parameters)


def _build_answered_proposal(rule_parameters, field_answer):
    return replace(EMPTY_PROPOSAL, answers={rule_parameters["field"]: field_answer})


def _build_filled_cases(rule_parameters):
    if role := rule_parameters.get("role"):
        return RuleCases(
            _build_proposal_with(build_participants(3, role)),
            EMPTY_PROPOSAL,
            _build_proposal_with(build_participants(1, role)),
        )
    formats = rule_parameters.get("formats")
    missing = replace(EMPTY_PROPOSAL, answers={"format": formats[0]}) if formats else EMPTY_PROPOSAL
    return RuleCases(
        _build_answered_proposal(rule_parameters, ("one", "two")),
        missing,
        _build_answered_proposal(rule_parameters, "x"),
    )


def _build_proposal_with(participants):
    return replace(EMPTY_PROPOSAL, participants=participants)


def _build_limit_cases(rule_parameters):
    least, most = rule_parameters.get("min"), rule_parameters.get("max")
    edge = most or least
    outside = most + 1 if most else least - 1
    inside = (edge - 1 or edge) if most else edge + 1
    return RuleCases(*(_build_answer_of_length(rule_parameters, number) for number in (inside, outside, edge)))


def _build_answer_of_length(rule_parameters, answer_length):
    match rule_parameters["unit"]:
        case "characters":
            return _build_answered_proposal(rule_parameters, "a" * answer_length)
        case "words":
            return _build_answered_proposal(rule_parameters, " ".join(["word"] * answer_length))
        case "options":
            return _build_answered_proposal(rule_parameters, tuple(f"option {n}" for n in range(answer_length)))
        case "pages":
            return _build_answered_proposal(rule_parameters, UploadedAnswerFile("paper.pdf", answer_length))
        case "items":
            return _build_proposal_with(build_participants(answer_length, rule_parameters["role"]))


def _build_deadline_cases(rule_parameters):
    at = (rule_parameters["earliest"] - timedelta(hours=1), rule_parameters["latest"] + timedelta(seconds=1))
    return RuleCases(*(replace(EMPTY_PROPOSAL, submitted_at=moment) for moment in (*at, rule_parameters["earliest"])))


def _build_people_cases(rule_parameters):
    least, most = rule_parameters.get("min"), rule_parameters.get("max")
    edge = least or most
    inside, outside = (edge + 1, edge - 1) if least else (edge - 1, edge + 1)
    fits = {"is_confirmed": True, "is_onsite": True}
    return RuleCases(
        *(
            _build_proposal_with(build_participants(number, rule_parameters["roles"][-1], **fits))
            for number in (inside, outside, edge)
        )
    )


def _build_other_gender_cases(rule_parameters):
    same = build_participants(3, rule_parameters["role"], gender="woman")
    other = replace(same[0], gender="man")
    return RuleCases(
        _build_proposal_with((other, replace(same[1], gender="non-binary"), same[2])),
        _build_proposal_with(same),
        _build_proposal_with((other, *same[1:])),
    )


def _build_stakeholder_group_cases(rule_parameters):
    def build_proposal_of_groups(group_count):
        return _build_proposal_with(
            tuple(
                replace(each, stakeholder_group=f"group {n}")
                for n, each in enumerate(build_participants(group_count, rule_parameters["roles"][0]))
            )
        )

    return RuleCases(*(build_proposal_of_groups(rule_parameters["min"] + more) for more in (1, -1, 0)))


def _build_regional_group_cases(rule_parameters):
    return _build_distinct_value_cases(rule_parameters, "regional_group")


def _build_age_band_cases(rule_parameters):
    return _build_distinct_value_cases(rule_parameters, "age_band", other_participant_count=3)


def _build_distinct_value_cases(rule_parameters, parameter_name, other_participant_count=0):
    """As many people as groups: more than are needed, one fewer, and just enough.

    `other_participant_count` more belong to the last group.
    """

    def build_proposal_of_values(group_count):
        found = enumerate(build_participants(group_count + other_participant_count, rule_parameters["roles"][0]))
        return _build_proposal_with(
            tuple(replace(each, **{parameter_name: f"group {min(n, group_count - 1)}"}) for n, each in found)
        )

    return RuleCases(*(build_proposal_of_values(rule_parameters["min"] + more) for more in (1, -1, 0)))


def _build_newcomer_cases(rule_parameters):
    def build_proposal_of_newcomers(group_count):
        role = rule_parameters["roles"][0]
        others = tuple(
            CheckedParticipant(f"other-{n}", frozenset({ProposalRole(role)}), is_newcomer=False) for n in range(2)
        )
        return _build_proposal_with((*build_participants(group_count, role, is_newcomer=True), *others))

    return RuleCases(*(build_proposal_of_newcomers(rule_parameters["min"] + more) for more in (1, -1, 0)))


def _build_maximum_cases(parameter_name):
    return lambda parameters: RuleCases(
        *(
            replace(EMPTY_PROPOSAL, **{parameter_name: number})
            for number in (1, parameters["max"] + 1, parameters["max"])
        )
    )


def _build_session_count_cases(rule_parameters):
    most = rule_parameters["max"]
    return RuleCases(
        *(
            _build_proposal_with(build_participants(2, rule_parameters["role"], sessions=number))
            for number in (1, most + 1, most)
        )
    )


def _build_earlier_report_cases(rule_parameters):
    first_time = replace(EMPTY_PROPOSAL, had_session_before=False)
    return RuleCases(
        _build_answered_proposal(rule_parameters, "https://example.org/report"),
        replace(EMPTY_PROPOSAL, had_session_before=True),
        first_time,
    )


def _build_committee_cases(_parameters):
    outside, member = (
        replace(EMPTY_PROPOSAL, is_by_committee_member=False),
        replace(EMPTY_PROPOSAL, is_by_committee_member=True),
    )
    return RuleCases(outside, member, EMPTY_PROPOSAL, RuleOutcome.UNKNOWN)


def _build_option_cases(rule_parameters):
    def build_proposal_with_answer(other_answer):
        return replace(
            EMPTY_PROPOSAL,
            answers={rule_parameters["field"]: rule_parameters["option"], rule_parameters["other"]: other_answer},
        )

    return RuleCases(
        build_proposal_with_answer(rule_parameters["values"][0]),
        build_proposal_with_answer("Something else"),
        EMPTY_PROPOSAL,
    )


def _build_human_judgement_cases(rule_parameters):
    yes, no = (replace(EMPTY_PROPOSAL, judgements={rule_parameters["rule"]: answer}) for answer in (True, False))
    return RuleCases(yes, no, EMPTY_PROPOSAL, RuleOutcome.UNKNOWN)


CASE_BUILDERS_BY_CHECK: dict[str, Callable] = {
    "filled": _build_filled_cases,
    "limit": _build_limit_cases,
    "deadline": _build_deadline_cases,
    "people": _build_people_cases,
    "other gender": _build_other_gender_cases,
    "stakeholder groups": _build_stakeholder_group_cases,
    "regional groups": _build_regional_group_cases,
    "age bands": _build_age_band_cases,
    "newcomers": _build_newcomer_cases,
    "proposals of a person": _build_maximum_cases("proposals_by_person"),
    "proposals of an institution": _build_maximum_cases("proposals_by_institution"),
    "sessions of a person": _build_session_count_cases,
    "earlier report": _build_earlier_report_cases,
    "not a committee member": _build_committee_cases,
    "option": _build_option_cases,
    "judged by a person": _build_human_judgement_cases,
}
