"""The checks that a call can name. Each is a pure function from a proposal and parameters to a verdict.

A check never guesses: where an answer is missing that could change its outcome, it cannot be determined. Where a number
would say something about one person, the message gives none.
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
    judge_yes_no_answer,
)
from jukwaa.core.text_counts import LengthRange, measure_text_length
from jukwaa.proposals.balance import MIN_PRIVATE_STATEMENTS
from jukwaa.proposals.diversity_checks import DIVERSITY_CHECKS_BY_NAME
from jukwaa.proposals.proposal_values import (
    Answer,
    CheckedParticipant,
    CheckedProposal,
    ProposalRole,
    UploadedAnswerFile,
)

type Parameters = Mapping[str, Any]

FORMAT_FIELD_NAME = "format"
PRIVATE_CHECK_NAMES = frozenset({"other gender", "age bands"})  # only the team and the check page show their verdicts
UNCERTAIN_LENGTH_TEXT = gettext_noop(
    "%(label)s: %(least)s to %(most)s %(unit)s, because we do not know how the form counts them."
)


def _is_format_field_asked(proposal: CheckedProposal, format_names: tuple[str, ...]) -> bool | None:
    """Return whether a field is asked of this format; None if no format has been chosen."""
    if not format_names:
        return True
    chosen = _get_answer_options(proposal.answers.get(FORMAT_FIELD_NAME))
    return any(option in format_names for option in chosen) if chosen else None


def _get_answer_options(field_answer: Answer | None) -> tuple[str, ...]:
    if isinstance(field_answer, tuple):
        return field_answer
    return (field_answer,) if isinstance(field_answer, str) and field_answer.strip() else ()


def _is_filled_in(proposal: CheckedProposal, field_name: str, role_name: str = "") -> bool:
    if role_name:
        return any(
            each.is_in_form for each in proposal.find_participants_with_roles(frozenset({ProposalRole(role_name)}))
        )
    answer = proposal.answers.get(field_name)
    return isinstance(answer, UploadedAnswerFile) or bool(_get_answer_options(answer))


def judge_filled_in(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    field, values = rule_parameters["field"], {"label": rule_parameters["label"]}
    if _is_filled_in(proposal, field, rule_parameters.get("role", "")):
        return CheckVerdict(RuleOutcome.MET, RuleMessage(gettext_noop("%(label)s: filled in."), values), field)
    is_asked = _is_format_field_asked(proposal, tuple(rule_parameters.get("formats", ())))
    if is_asked is None:
        return CheckVerdict(
            RuleOutcome.UNKNOWN, RuleMessage(gettext_noop("%(label)s: choose a format first."), values), field
        )
    if not is_asked:
        text = gettext_noop("%(label)s: not needed for this format.")
        return CheckVerdict(RuleOutcome.MET, RuleMessage(text, values), field)
    return CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(gettext_noop("%(label)s: fill in this field."), values), field)


def judge_field_limit(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    field, label, unit = rule_parameters["field"], rule_parameters["label"], rule_parameters["unit"]
    if not _is_filled_in(proposal, field, rule_parameters.get("role", "")):
        return CheckVerdict(
            RuleOutcome.MET, RuleMessage(gettext_noop("%(label)s: nothing to count yet."), {"label": label}), field
        )
    length = _measure_answer_length(proposal, rule_parameters)
    if length is None:
        text = gettext_noop("%(label)s: count the pages of the file yourself.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text, {"label": label}), field)
    values: dict[str, object] = {"label": label, "unit": unit, "least": length.least, "most": length.most}
    outcome = judge_count_in_range(length.least, length.most, rule_parameters)
    if outcome is RuleOutcome.UNKNOWN:
        return CheckVerdict(outcome, RuleMessage(UNCERTAIN_LENGTH_TEXT, values), field)
    return CheckVerdict(outcome, _describe_length_limit(outcome, values, length, rule_parameters), field)


def _describe_length_limit(
    rule_outcome: RuleOutcome, message_values: dict[str, object], length_range: LengthRange, rule_parameters: Parameters
) -> RuleMessage:
    least, most = rule_parameters.get("min"), rule_parameters.get("max")
    message_values = {**message_values, "min": least, "max": most}
    if rule_outcome is RuleOutcome.MET:
        if most is None:
            return RuleMessage(gettext_noop("%(label)s: %(most)s %(unit)s (minimum: %(min)s)."), message_values)
        return RuleMessage(gettext_noop("%(label)s: %(most)s of %(max)s %(unit)s."), message_values)
    if least is not None and length_range.most < least:
        return RuleMessage(gettext_noop("%(label)s: %(most)s %(unit)s. Write at least %(min)s."), message_values)
    return RuleMessage(gettext_noop("%(label)s: %(least)s %(unit)s. Shorten to at most %(max)s."), message_values)


def _measure_answer_length(proposal: CheckedProposal, rule_parameters: Parameters) -> LengthRange | None:
    answer = proposal.answers.get(rule_parameters["field"])
    if role := rule_parameters.get("role"):
        number = len({each.key for each in proposal.find_participants_with_roles(frozenset({ProposalRole(role)}))})
    elif isinstance(answer, UploadedAnswerFile):
        if answer.pages is None:
            return None
        number = answer.pages
    elif isinstance(answer, tuple):
        number = len(answer)
    else:
        return measure_text_length(answer or "", rule_parameters["unit"], rule_parameters["counted"])
    return LengthRange(number, number)


def judge_submission_deadline(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    at = proposal.submitted_at
    if at is None:
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(gettext_noop("The time of submission is not known.")))
    if at <= rule_parameters["earliest"]:
        return CheckVerdict(RuleOutcome.MET, RuleMessage(gettext_noop("On time: submitted before the deadline.")))
    if at > rule_parameters["latest"]:
        return CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(gettext_noop("The deadline has passed.")))
    text = gettext_noop("The deadline may have passed: its exact time is not stated. Ask the secretariat of the forum.")
    return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text))


def judge_number_of_people(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    """Count those in any of the roles, each person once: all, or those who are confirmed or on site."""
    roles = frozenset(map(ProposalRole, rule_parameters["roles"]))
    people = {each.key: each for each in proposal.find_participants_with_roles(roles)}.values()
    answers = [_does_participant_count_for_rule(each, rule_parameters) for each in people]
    known, possible = answers.count(True), len(answers) - answers.count(False)
    values = {
        "known": known,
        "possible": possible,
        "min": rule_parameters.get("min"),
        "max": rule_parameters.get("max"),
    }
    outcome = judge_count_in_range(known, possible, rule_parameters)
    return CheckVerdict(
        outcome,
        RuleMessage(_describe_number_of_people(outcome, rule_parameters, possible), values),
        rule_parameters.get("field", ""),
    )


def _describe_number_of_people(rule_outcome: RuleOutcome, rule_parameters: Parameters, possible_count: int) -> str:
    if rule_outcome is RuleOutcome.UNKNOWN:
        return gettext_noop(
            "Number of people: %(known)s to %(possible)s, because some have not confirmed or answered yet."
        )
    if rule_outcome is RuleOutcome.MET:
        return gettext_noop("Number of people: %(known)s. The rule is met.")
    if "max" in rule_parameters and possible_count > rule_parameters["max"]:
        return gettext_noop("Too many people: %(known)s. At most %(max)s are allowed.")
    return gettext_noop("Not enough people: %(possible)s. At least %(min)s are needed.")


def _does_participant_count_for_rule(participant: CheckedParticipant, rule_parameters: Parameters) -> bool | None:
    asked = [
        participant.is_confirmed if rule_parameters.get("confirmed") else True,
        participant.is_onsite if rule_parameters.get("onsite") else True,
    ]
    if False in asked:
        return False
    return None if None in asked else True


def judge_other_gender(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    """At least one is of a gender that another is not. No number is given: it could say something about one person.

    For the same reason it cannot be determined as long as very few people have stated theirs.
    """
    people = proposal.find_participants_with_roles(frozenset({ProposalRole(rule_parameters["role"])}))
    stated = [each.gender for each in people if each.gender]
    field, are_enough = rule_parameters.get("field", ""), len(stated) >= MIN_PRIVATE_STATEMENTS
    if are_enough and len(set(stated)) > 1:
        return CheckVerdict(RuleOutcome.MET, RuleMessage(gettext_noop("The rule on gender is met.")), field)
    if are_enough and len(stated) == len(people):
        text = gettext_noop("The rule on gender is not met. Invite a person of another gender.")
        return CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(text), field)
    text = gettext_noop("We cannot determine yet whether the rule on gender is met.")
    return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text), field)


def judge_cap_per_person(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    number = proposal.proposals_by_person
    return _judge_sessions_cap(
        number, rule_parameters, gettext_noop("Proposals by the proposer: %(number)s of at most %(max)s.")
    )


def judge_cap_per_institution(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    text = gettext_noop("Proposals by the proposer's institution: %(number)s of at most %(max)s.")
    return _judge_sessions_cap(proposal.proposals_by_institution, rule_parameters, text)


def _judge_sessions_cap(session_number: int | None, rule_parameters: Parameters, text: str) -> CheckVerdict:
    if session_number is None:
        unknown = gettext_noop("We do not know how many proposals were submitted. At most %(max)s are allowed.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(unknown, {"max": rule_parameters["max"]}))
    outcome = judge_count_in_range(session_number, session_number, rule_parameters)
    return CheckVerdict(outcome, RuleMessage(text, {"number": session_number, "max": rule_parameters["max"]}))


def judge_sessions_per_person(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    """Nobody in the role is in more sessions of this forum than the rule allows."""
    people = proposal.find_participants_with_roles(frozenset({ProposalRole(rule_parameters["role"])}))
    numbers = [each.sessions for each in people]
    known = max((max(each.sessions or 0, each.least_sessions) for each in people), default=0)
    values, field = {"max": rule_parameters["max"]}, rule_parameters.get("field", "")
    if known > rule_parameters["max"]:
        text = gettext_noop(
            "At least 1 person is in more than %(max)s sessions. Invite another person or agree on a change."
        )
        return CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(text, values), field)
    if None in numbers:
        text = gettext_noop("We do not know in how many sessions each person takes part. At most %(max)s are allowed.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text, values), field)
    return CheckVerdict(
        RuleOutcome.MET, RuleMessage(gettext_noop("Nobody is in more than %(max)s sessions."), values), field
    )


def judge_earlier_report(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    field = rule_parameters["field"]
    if _is_filled_in(proposal, field):
        return CheckVerdict(
            RuleOutcome.MET, RuleMessage(gettext_noop("The report of the earlier session is linked.")), field
        )
    if proposal.had_session_before is None:
        text = gettext_noop(
            "State whether the coalition held a session at the last forum. If it did, link the session report."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text), field)
    if proposal.had_session_before:
        return CheckVerdict(
            RuleOutcome.NOT_MET, RuleMessage(gettext_noop("Link the report of the earlier session.")), field
        )
    return CheckVerdict(
        RuleOutcome.MET, RuleMessage(gettext_noop("No earlier session, so no report is needed.")), field
    )


def judge_committee_member(proposal: CheckedProposal, _rule_parameters: Parameters) -> CheckVerdict:
    is_member = proposal.is_by_committee_member
    outcome = judge_yes_no_answer(yes_no_answer=None if is_member is None else not is_member)
    text = {
        RuleOutcome.MET: gettext_noop("The proposer is not a member of the Multistakeholder Advisory Group."),
        RuleOutcome.NOT_MET: gettext_noop("A member of the Multistakeholder Advisory Group cannot submit a proposal."),
        RuleOutcome.UNKNOWN: gettext_noop(
            "State whether the proposer is a member of the Multistakeholder Advisory Group."
        ),
    }[outcome]
    return CheckVerdict(outcome, RuleMessage(text))


def judge_option_combination(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    """An option can be chosen only beside one of some options of another field."""
    values = {"option": rule_parameters["option"], "others": ", ".join(rule_parameters["values"])}
    field = rule_parameters["field"]
    if rule_parameters["option"] not in _get_answer_options(proposal.answers.get(field)):
        return CheckVerdict(
            RuleOutcome.MET, RuleMessage(gettext_noop("“%(option)s” has not been chosen."), values), field
        )
    other = _get_answer_options(proposal.answers.get(rule_parameters["other"]))
    if not other:
        text = gettext_noop(
            "“%(option)s” can be chosen only together with one of these: %(others)s. Choose one of them."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text, values), field)
    if set(other) & set(rule_parameters["values"]):
        return CheckVerdict(
            RuleOutcome.MET,
            RuleMessage(gettext_noop("“%(option)s” can be chosen together with the other chosen options."), values),
            field,
        )
    return CheckVerdict(
        RuleOutcome.NOT_MET,
        RuleMessage(gettext_noop("“%(option)s” can be chosen only together with one of these: %(others)s."), values),
        field,
    )


def judge_confirmed_by_person(proposal: CheckedProposal, rule_parameters: Parameters) -> CheckVerdict:
    outcome = judge_yes_no_answer(yes_no_answer=proposal.judgements.get(rule_parameters["rule"]))
    text = {
        RuleOutcome.MET: gettext_noop("A person has checked that the proposal meets this rule."),
        RuleOutcome.NOT_MET: gettext_noop("A person has checked this rule. The proposal does not meet it."),
        RuleOutcome.UNKNOWN: gettext_noop("A person must check this rule."),
    }[outcome]
    return CheckVerdict(outcome, RuleMessage(text), rule_parameters.get("field", ""))


RANGE_PARAMETER_KINDS = {"min": ParameterKind.COUNT, "max": ParameterKind.COUNT}
CALL_RULE_CHECKS_BY_NAME: Mapping[str, Check[CheckedProposal]] = {
    "people": Check(
        judge_number_of_people,
        {
            "roles": ParameterKind.ROLES,
            **RANGE_PARAMETER_KINDS,
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
    **DIVERSITY_CHECKS_BY_NAME,
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
IMPLIED_CHECKS_BY_NAME: Mapping[str, Check[CheckedProposal]] = {
    "filled": Check(judge_filled_in),
    "limit": Check(judge_field_limit),
    "deadline": Check(judge_submission_deadline),
}
ALL_CHECKS_BY_NAME: Mapping[str, Check[CheckedProposal]] = {**IMPLIED_CHECKS_BY_NAME, **CALL_RULE_CHECKS_BY_NAME}
