"""For each rule of a call: a proposal that meets it, one that does not, and one at its limit.

They are built from the rule's own parameters, so that a new call is covered by its file. A new check needs a
function here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from jukwaa.core.rule_checks import Rule, RuleOutcome
from jukwaa.proposals.proposal_values import AnswerFile, Participant, Proposal, Role

PLAIN = Proposal()


class Cases(NamedTuple):
    passes: Proposal
    fails: Proposal
    at_limit: Proposal
    outcome_at_limit: RuleOutcome = RuleOutcome.MET


def people(number, role, **more):
    return tuple(Participant(f"person-{n}", frozenset({Role(role)}), **more) for n in range(number))


def build_cases(rule: Rule) -> Cases:
    return BUILDERS[rule.check](rule.parameters)


def _build_answered_proposal(parameters, answer):
    return replace(PLAIN, answers={parameters["field"]: answer})


def _build_filled_cases(parameters):
    if role := parameters.get("role"):
        return Cases(_build_proposal_with(people(3, role)), PLAIN, _build_proposal_with(people(1, role)))
    formats = parameters.get("formats")
    missing = replace(PLAIN, answers={"format": formats[0]}) if formats else PLAIN
    return Cases(
        _build_answered_proposal(parameters, ("one", "two")), missing, _build_answered_proposal(parameters, "x")
    )


def _build_proposal_with(participants):
    return replace(PLAIN, participants=participants)


def _build_limit_cases(parameters):
    least, most = parameters.get("min"), parameters.get("max")
    edge = most or least
    outside = most + 1 if most else least - 1
    inside = (edge - 1 or edge) if most else edge + 1
    return Cases(*(_build_answer_of_length(parameters, number) for number in (inside, outside, edge)))


def _build_answer_of_length(parameters, number):
    match parameters["unit"]:
        case "characters":
            return _build_answered_proposal(parameters, "a" * number)
        case "words":
            return _build_answered_proposal(parameters, " ".join(["word"] * number))
        case "options":
            return _build_answered_proposal(parameters, tuple(f"option {n}" for n in range(number)))
        case "pages":
            return _build_answered_proposal(parameters, AnswerFile("paper.pdf", number))
        case "items":
            return _build_proposal_with(people(number, parameters["role"]))


def _build_deadline_cases(parameters):
    at = (parameters["earliest"] - timedelta(hours=1), parameters["latest"] + timedelta(seconds=1))
    return Cases(*(replace(PLAIN, submitted_at=moment) for moment in (*at, parameters["earliest"])))


def _build_people_cases(parameters):
    least, most = parameters.get("min"), parameters.get("max")
    edge = least or most
    inside, outside = (edge + 1, edge - 1) if least else (edge - 1, edge + 1)
    fits = {"is_confirmed": True, "is_onsite": True}
    return Cases(
        *(_build_proposal_with(people(number, parameters["roles"][-1], **fits)) for number in (inside, outside, edge))
    )


def _build_other_gender_cases(parameters):
    same = people(3, parameters["role"], gender="woman")
    other = replace(same[0], gender="man")
    return Cases(
        _build_proposal_with((other, replace(same[1], gender="non-binary"), same[2])),
        _build_proposal_with(same),
        _build_proposal_with((other, *same[1:])),
    )


def _build_stakeholder_group_cases(parameters):
    def of(number):
        return _build_proposal_with(
            tuple(
                replace(each, stakeholder_group=f"group {n}")
                for n, each in enumerate(people(number, parameters["roles"][0]))
            )
        )

    return Cases(*(of(parameters["min"] + more) for more in (1, -1, 0)))


def _build_regional_group_cases(parameters):
    return _build_distinct_value_cases(parameters, "regional_group")


def _build_age_band_cases(parameters):
    return _build_distinct_value_cases(parameters, "age_band", others=3)


def _build_distinct_value_cases(parameters, name, others=0):
    """As many people as groups: more than are needed, one fewer, and just enough; `others` are of the last group."""

    def of(number):
        found = enumerate(people(number + others, parameters["roles"][0]))
        return _build_proposal_with(tuple(replace(each, **{name: f"group {min(n, number - 1)}"}) for n, each in found))

    return Cases(*(of(parameters["min"] + more) for more in (1, -1, 0)))


def _build_newcomer_cases(parameters):
    def of(number):
        role = parameters["roles"][0]
        others = tuple(Participant(f"other-{n}", frozenset({Role(role)}), is_newcomer=False) for n in range(2))
        return _build_proposal_with((*people(number, role, is_newcomer=True), *others))

    return Cases(*(of(parameters["min"] + more) for more in (1, -1, 0)))


def _build_cap_cases(name):
    return lambda parameters: Cases(
        *(replace(PLAIN, **{name: number}) for number in (1, parameters["max"] + 1, parameters["max"]))
    )


def _build_session_cases(parameters):
    most = parameters["max"]
    return Cases(
        *(_build_proposal_with(people(2, parameters["role"], sessions=number)) for number in (1, most + 1, most))
    )


def _build_earlier_report_cases(parameters):
    first_time = replace(PLAIN, had_session_before=False)
    return Cases(
        _build_answered_proposal(parameters, "https://example.org/report"),
        replace(PLAIN, had_session_before=True),
        first_time,
    )


def _build_committee_cases(_parameters):
    outside, member = replace(PLAIN, is_by_committee_member=False), replace(PLAIN, is_by_committee_member=True)
    return Cases(outside, member, PLAIN, RuleOutcome.UNKNOWN)


def _build_option_cases(parameters):
    def of(other):
        return replace(PLAIN, answers={parameters["field"]: parameters["option"], parameters["other"]: other})

    return Cases(of(parameters["values"][0]), of("Something else"), PLAIN)


def _build_human_judgement_cases(parameters):
    yes, no = (replace(PLAIN, judgements={parameters["rule"]: answer}) for answer in (True, False))
    return Cases(yes, no, PLAIN, RuleOutcome.UNKNOWN)


BUILDERS: dict[str, Callable] = {
    "filled": _build_filled_cases,
    "limit": _build_limit_cases,
    "deadline": _build_deadline_cases,
    "people": _build_people_cases,
    "other gender": _build_other_gender_cases,
    "stakeholder groups": _build_stakeholder_group_cases,
    "regional groups": _build_regional_group_cases,
    "age bands": _build_age_band_cases,
    "newcomers": _build_newcomer_cases,
    "proposals of a person": _build_cap_cases("proposals_by_person"),
    "proposals of an institution": _build_cap_cases("proposals_by_institution"),
    "sessions of a person": _build_session_cases,
    "earlier report": _build_earlier_report_cases,
    "not a committee member": _build_committee_cases,
    "option": _build_option_cases,
    "judged by a person": _build_human_judgement_cases,
}
