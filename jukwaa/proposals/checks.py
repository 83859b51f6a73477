"""The checks that a call can name. Each is a pure function from a proposal and parameters to a verdict.

A check never guesses: where an answer is missing that could change its outcome, it cannot be determined. Where a number
would say something about one person, the message gives none.
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
    judge_yes_no_answer,
)
from jukwaa.core.text_counts import LengthRange, measure_text_length
from jukwaa.proposals.balance import MIN_STATEMENTS
from jukwaa.proposals.diversity_checks import DIVERSITY_CHECKS
from jukwaa.proposals.proposal_values import Answer, AnswerFile, Participant, Proposal, Role

type Parameters = Mapping[str, Any]

FORMAT_FIELD = "format"
PRIVATE_CHECKS = frozenset({"other gender", "age bands"})  # only the team and the check page show their verdicts
UNCERTAIN_LENGTH = gettext_noop(
    "%(label)s: %(least)s to %(most)s %(unit)s, because we do not know how the form counts them."
)


def _is_field_asked(proposal: Proposal, formats: tuple[str, ...]) -> bool | None:
    """Return whether a field is asked of this format; None if no format has been chosen."""
    if not formats:
        return True
    chosen = _get_answer_options(proposal.answers.get(FORMAT_FIELD))
    return any(option in formats for option in chosen) if chosen else None


def _get_answer_options(answer: Answer | None) -> tuple[str, ...]:
    if isinstance(answer, tuple):
        return answer
    return (answer,) if isinstance(answer, str) and answer.strip() else ()


def _is_filled_in(proposal: Proposal, field: str, role: str = "") -> bool:
    if role:
        return any(each.is_in_form for each in proposal.with_roles(frozenset({Role(role)})))
    answer = proposal.answers.get(field)
    return isinstance(answer, AnswerFile) or bool(_get_answer_options(answer))


def judge_filled_in(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    field, values = parameters["field"], {"label": parameters["label"]}
    if _is_filled_in(proposal, field, parameters.get("role", "")):
        return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("%(label)s: filled in."), values), field)
    is_asked = _is_field_asked(proposal, tuple(parameters.get("formats", ())))
    if is_asked is None:
        return CheckVerdict(
            RuleOutcome.UNKNOWN, Message(gettext_noop("%(label)s: choose a format first."), values), field
        )
    if not is_asked:
        text = gettext_noop("%(label)s: not needed for this format.")
        return CheckVerdict(RuleOutcome.MET, Message(text, values), field)
    return CheckVerdict(RuleOutcome.NOT_MET, Message(gettext_noop("%(label)s: fill in this field."), values), field)


def judge_field_limit(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    field, label, unit = parameters["field"], parameters["label"], parameters["unit"]
    if not _is_filled_in(proposal, field, parameters.get("role", "")):
        return CheckVerdict(
            RuleOutcome.MET, Message(gettext_noop("%(label)s: nothing to count yet."), {"label": label}), field
        )
    length = _measure_answer_length(proposal, parameters)
    if length is None:
        text = gettext_noop("%(label)s: count the pages of the file yourself.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text, {"label": label}), field)
    values: dict[str, object] = {"label": label, "unit": unit, "least": length.least, "most": length.most}
    outcome = judge_count_in_range(length.least, length.most, parameters)
    if outcome is RuleOutcome.UNKNOWN:
        return CheckVerdict(outcome, Message(UNCERTAIN_LENGTH, values), field)
    return CheckVerdict(outcome, _describe_length_limit(outcome, values, length, parameters), field)


def _describe_length_limit(
    outcome: RuleOutcome, values: dict[str, object], length: LengthRange, parameters: Parameters
) -> Message:
    least, most = parameters.get("min"), parameters.get("max")
    values = {**values, "min": least, "max": most}
    if outcome is RuleOutcome.MET:
        if most is None:
            return Message(gettext_noop("%(label)s: %(most)s %(unit)s (minimum: %(min)s)."), values)
        return Message(gettext_noop("%(label)s: %(most)s of %(max)s %(unit)s."), values)
    if least is not None and length.most < least:
        return Message(gettext_noop("%(label)s: %(most)s %(unit)s. Write at least %(min)s."), values)
    return Message(gettext_noop("%(label)s: %(least)s %(unit)s. Shorten to at most %(max)s."), values)


def _measure_answer_length(proposal: Proposal, parameters: Parameters) -> LengthRange | None:
    answer = proposal.answers.get(parameters["field"])
    if role := parameters.get("role"):
        number = len({each.key for each in proposal.with_roles(frozenset({Role(role)}))})
    elif isinstance(answer, AnswerFile):
        if answer.pages is None:
            return None
        number = answer.pages
    elif isinstance(answer, tuple):
        number = len(answer)
    else:
        return measure_text_length(answer or "", parameters["unit"], parameters["counted"])
    return LengthRange(number, number)


def judge_submission_deadline(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    at = proposal.submitted_at
    if at is None:
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(gettext_noop("The time of submission is not known.")))
    if at <= parameters["earliest"]:
        return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("In time: before the deadline.")))
    if at > parameters["latest"]:
        return CheckVerdict(RuleOutcome.NOT_MET, Message(gettext_noop("The deadline has passed.")))
    text = gettext_noop("The deadline may have passed: its exact time is not stated. Ask the secretariat of the forum.")
    return CheckVerdict(RuleOutcome.UNKNOWN, Message(text))


def judge_number_of_people(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    """Count those in any of the roles, each person once: all, or those who are confirmed or on site."""
    roles = frozenset(map(Role, parameters["roles"]))
    people = {each.key: each for each in proposal.with_roles(roles)}.values()
    answers = [_counts_for_rule(each, parameters) for each in people]
    known, possible = answers.count(True), len(answers) - answers.count(False)
    values = {"known": known, "possible": possible, "min": parameters.get("min"), "max": parameters.get("max")}
    outcome = judge_count_in_range(known, possible, parameters)
    return CheckVerdict(
        outcome, Message(_describe_number_of_people(outcome, parameters, possible), values), parameters.get("field", "")
    )


def _describe_number_of_people(outcome: RuleOutcome, parameters: Parameters, possible: int) -> str:
    if outcome is RuleOutcome.UNKNOWN:
        return gettext_noop("Between %(known)s and %(possible)s people: some have not confirmed or answered yet.")
    if outcome is RuleOutcome.MET:
        return gettext_noop("The number of people meets the rule: %(known)s.")
    if "max" in parameters and possible > parameters["max"]:
        return gettext_noop("Too many people: %(known)s. At most %(max)s are allowed.")
    return gettext_noop("Not enough people: %(possible)s. At least %(min)s are needed.")


def _counts_for_rule(participant: Participant, parameters: Parameters) -> bool | None:
    asked = [
        participant.is_confirmed if parameters.get("confirmed") else True,
        participant.is_onsite if parameters.get("onsite") else True,
    ]
    if False in asked:
        return False
    return None if None in asked else True


def judge_other_gender(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    """At least one is of a gender that another is not. No number is given: it could say something about one person.

    For the same reason it cannot be determined as long as very few people have stated theirs.
    """
    people = proposal.with_roles(frozenset({Role(parameters["role"])}))
    stated = [each.gender for each in people if each.gender]
    field, are_enough = parameters.get("field", ""), len(stated) >= MIN_STATEMENTS
    if are_enough and len(set(stated)) > 1:
        return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("The rule on gender is met.")), field)
    if are_enough and len(stated) == len(people):
        text = gettext_noop("The rule on gender is not met. Invite a person of another gender.")
        return CheckVerdict(RuleOutcome.NOT_MET, Message(text), field)
    text = gettext_noop("We cannot determine yet whether the rule on gender is met.")
    return CheckVerdict(RuleOutcome.UNKNOWN, Message(text), field)


def judge_cap_per_person(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    number = proposal.proposals_by_person
    return _judge_sessions_cap(
        number, parameters, gettext_noop("Proposals by the proposer: %(number)s of at most %(max)s.")
    )


def judge_cap_per_institution(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    text = gettext_noop("Proposals by the institution of the proposer: %(number)s of at most %(max)s.")
    return _judge_sessions_cap(proposal.proposals_by_institution, parameters, text)


def _judge_sessions_cap(number: int | None, parameters: Parameters, text: str) -> CheckVerdict:
    if number is None:
        unknown = gettext_noop("We do not know how many proposals were submitted. At most %(max)s are allowed.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(unknown, {"max": parameters["max"]}))
    outcome = judge_count_in_range(number, number, parameters)
    return CheckVerdict(outcome, Message(text, {"number": number, "max": parameters["max"]}))


def judge_sessions_per_person(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    """Nobody in the role is in more sessions of this forum than the rule allows."""
    people = proposal.with_roles(frozenset({Role(parameters["role"])}))
    numbers = [each.sessions for each in people]
    known = max((max(each.sessions or 0, each.least_sessions) for each in people), default=0)
    values, field = {"max": parameters["max"]}, parameters.get("field", "")
    if known > parameters["max"]:
        text = gettext_noop(
            "At least 1 person is in more than %(max)s sessions. Invite another person or agree on a change."
        )
        return CheckVerdict(RuleOutcome.NOT_MET, Message(text, values), field)
    if None in numbers:
        text = gettext_noop("We do not know in how many sessions each person takes part. At most %(max)s are allowed.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text, values), field)
    return CheckVerdict(
        RuleOutcome.MET, Message(gettext_noop("Nobody is in more than %(max)s sessions."), values), field
    )


def judge_earlier_report(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    field = parameters["field"]
    if _is_filled_in(proposal, field):
        return CheckVerdict(
            RuleOutcome.MET, Message(gettext_noop("The report of the earlier session is linked.")), field
        )
    if proposal.had_session_before is None:
        text = gettext_noop(
            "State whether the coalition held a session at the last forum. If it did, link the session report."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text), field)
    if proposal.had_session_before:
        return CheckVerdict(
            RuleOutcome.NOT_MET, Message(gettext_noop("Link the report of the earlier session.")), field
        )
    return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("No earlier session, so no report is needed.")), field)


def judge_committee_member(proposal: Proposal, _parameters: Parameters) -> CheckVerdict:
    is_member = proposal.is_by_committee_member
    outcome = judge_yes_no_answer(answer=None if is_member is None else not is_member)
    text = {
        RuleOutcome.MET: gettext_noop("The proposer is not a member of the Multistakeholder Advisory Group."),
        RuleOutcome.NOT_MET: gettext_noop("A member of the Multistakeholder Advisory Group cannot submit a proposal."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "State whether the proposer is a member of the Multistakeholder Advisory Group."
        ),
    }[outcome]
    return CheckVerdict(outcome, Message(text))


def judge_option_combination(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    """An option can be chosen only beside one of some options of another field."""
    values = {"option": parameters["option"], "others": ", ".join(parameters["values"])}
    field = parameters["field"]
    if parameters["option"] not in _get_answer_options(proposal.answers.get(field)):
        return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("“%(option)s” has not been chosen."), values), field)
    other = _get_answer_options(proposal.answers.get(parameters["other"]))
    if not other:
        text = gettext_noop(
            "“%(option)s” can be chosen only together with one of these: %(others)s. Choose one of them."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text, values), field)
    if set(other) & set(parameters["values"]):
        return CheckVerdict(
            RuleOutcome.MET,
            Message(gettext_noop("“%(option)s” fits the other options that were chosen."), values),
            field,
        )
    return CheckVerdict(
        RuleOutcome.NOT_MET,
        Message(gettext_noop("“%(option)s” can be chosen only together with one of these: %(others)s."), values),
        field,
    )


def judge_confirmed_by_person(proposal: Proposal, parameters: Parameters) -> CheckVerdict:
    outcome = judge_yes_no_answer(answer=proposal.judgements.get(parameters["rule"]))
    text = {
        RuleOutcome.MET: gettext_noop("A person has checked that the proposal meets this rule."),
        RuleOutcome.NOT_MET: gettext_noop("A person has checked this rule. The proposal does not meet it."),
        RuleOutcome.UNKNOWN: gettext_noop("A person must check this rule."),
    }[outcome]
    return CheckVerdict(outcome, Message(text), parameters.get("field", ""))


RANGE_PARAMETERS = {"min": ParameterKind.COUNT, "max": ParameterKind.COUNT}
CALL_RULE_CHECKS: Mapping[str, Check[Proposal]] = {
    "people": Check(
        judge_number_of_people,
        {
            "roles": ParameterKind.ROLES,
            **RANGE_PARAMETERS,
            "confirmed": ParameterKind.FLAG,
            "onsite": ParameterKind.FLAG,
            "field": ParameterKind.FIELD,
        },
        optional=frozenset({"min", "max", "confirmed", "onsite", "field"}),
        one_of=frozenset({"min", "max"}),
    ),
    "other gender": Check(
        judge_other_gender, {"role": ParameterKind.ROLE, "field": ParameterKind.FIELD}, frozenset({"field"})
    ),
    **DIVERSITY_CHECKS,
    "proposals of a person": Check(judge_cap_per_person, {"max": ParameterKind.COUNT}),
    "proposals of an institution": Check(judge_cap_per_institution, {"max": ParameterKind.COUNT}),
    "sessions of a person": Check(
        judge_sessions_per_person,
        {"role": ParameterKind.ROLE, "max": ParameterKind.COUNT, "field": ParameterKind.FIELD},
        frozenset({"field"}),
    ),
    "earlier report": Check(judge_earlier_report, {"field": ParameterKind.FIELD}),
    "not a committee member": Check(judge_committee_member),
    "option": Check(
        judge_option_combination,
        {
            "field": ParameterKind.FIELD,
            "option": ParameterKind.TEXT,
            "other": ParameterKind.FIELD,
            "values": ParameterKind.TEXTS,
        },
    ),
    "judged by a person": Check(judge_confirmed_by_person, {"field": ParameterKind.FIELD}, frozenset({"field"})),
}
# Rules that follow from a form and its deadline: a file does not name them.
IMPLIED_CHECKS: Mapping[str, Check[Proposal]] = {
    "filled": Check(judge_filled_in),
    "limit": Check(judge_field_limit),
    "deadline": Check(judge_submission_deadline),
}
ALL_CHECKS: Mapping[str, Check[Proposal]] = {**IMPLIED_CHECKS, **CALL_RULE_CHECKS}
