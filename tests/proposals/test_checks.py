"""Each rule of each shipped call: a proposal that meets it, one that does not, one at its limit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jukwaa.core.rule_checks import Rule, RuleLevel, RuleOutcome, evaluate_rules
from jukwaa.proposals.call import NOT_STATED, CallDeadline, CallField, CallForProposals, FieldType
from jukwaa.proposals.call_files import get_shipped_calls
from jukwaa.proposals.checks import ALL_CHECKS
from jukwaa.proposals.proposal_values import AnswerFile, Participant, Proposal, Role
from tests.proposals.cases import BUILDERS, build_cases, people

ALL = [
    pytest.param(rule, id=f"{call.name}:{rule.name}")
    for call in get_shipped_calls().values()
    for rule in call.all_rules
]


def judge(rule, proposal):
    return evaluate_rules(proposal, [rule], ALL_CHECKS).results[0].verdict


@pytest.mark.parametrize("rule", ALL)
def test_rule_is_judged_for_met_unmet_and_boundary_proposals(rule):
    cases = build_cases(rule)

    assert judge(rule, cases.passes).outcome is RuleOutcome.MET
    assert judge(rule, cases.fails).outcome is RuleOutcome.NOT_MET
    assert judge(rule, cases.at_limit).outcome is cases.outcome_at_limit


@pytest.mark.parametrize("rule", ALL)
def test_messages_are_complete_and_name_form_field(rule):
    cases = build_cases(rule)
    for proposal in (cases.passes, cases.fails, cases.at_limit, Proposal()):
        verdict = judge(rule, proposal)

        assert "%(" not in str(verdict.message)
        assert "None" not in str(verdict.message)
        assert verdict.field == rule.parameters.get("field", "")


def test_every_check_has_test_cases():
    assert set(BUILDERS) == set(ALL_CHECKS)


def rule(check, **parameters):
    return Rule("rule", check, "", {"rule": "rule", **parameters})


def test_proposal_passes_only_if_all_binding_rules_are_met():
    person, liked = rule("judged by a person"), replace(rule("judged by a person"), name="liked", level=RuleLevel.LIKED)

    def is_green(rules, *, judgement):
        judged = {} if judgement is None else {"rule": judgement}
        return evaluate_rules(Proposal(judgements=judged), rules, ALL_CHECKS, ["The limits"]).is_green

    assert [is_green([person, liked], judgement=answer) for answer in (True, False, None)] == [True, False, False]
    assert not is_green([], judgement=True)
    assert not is_green([liked], judgement=True)


def test_unknown_rules_are_listed():
    assert evaluate_rules(Proposal(), [], ALL_CHECKS, ["The limits"]).unknown == ("The limits",)


def test_unconfirmed_speakers_make_outcome_unknown():
    three = rule("people", roles=("speaker",), min=3, confirmed=True)
    known = people(2, "speaker", is_confirmed=True)
    silent, declined = (
        Participant("other", frozenset({Role.SPEAKER}), is_confirmed=answer) for answer in (None, False)
    )

    assert judge(three, Proposal(participants=(*known, silent))).outcome is RuleOutcome.UNKNOWN
    assert judge(three, Proposal(participants=(*known, declined))).outcome is RuleOutcome.NOT_MET


def test_person_with_two_roles_counts_once():
    two = rule("people", roles=("speaker", "rapporteur"), min=2)
    both = Participant("same", frozenset({Role.SPEAKER, Role.RAPPORTEUR}))

    assert judge(two, Proposal(participants=(both, both))).outcome is RuleOutcome.NOT_MET


@pytest.mark.parametrize(
    ("genders", "outcome"),
    [
        (("woman", "woman", "woman", ""), RuleOutcome.UNKNOWN),
        (("woman", "man", "woman", ""), RuleOutcome.MET),
        (("woman", "woman", "woman"), RuleOutcome.NOT_MET),
        (("woman", "man", ""), RuleOutcome.UNKNOWN),  # each of the two would learn what the other stated
        (("woman",), RuleOutcome.UNKNOWN),
        ((), RuleOutcome.UNKNOWN),
    ],
)
def test_gender_rule_message_has_no_counts(genders, outcome):
    speakers = tuple(Participant(str(n), frozenset({Role.SPEAKER}), gender=each) for n, each in enumerate(genders))
    verdict = judge(rule("other gender", role="speaker"), Proposal(participants=speakers))

    assert verdict.outcome is outcome
    assert not any(letter.isdigit() for letter in str(verdict.message))


def test_unstated_stakeholder_groups_make_outcome_unknown():
    groups = rule("stakeholder groups", roles=("speaker",), min=2)
    known = Participant("a", frozenset({Role.SPEAKER}), "government")
    silent = Participant("b", frozenset({Role.SPEAKER}))

    assert judge(groups, Proposal(participants=(known, silent))).outcome is RuleOutcome.UNKNOWN


def test_unknown_session_count_makes_outcome_unknown():
    sessions = rule("sessions of a person", role="speaker", max=3)

    assert judge(sessions, Proposal(participants=people(1, "speaker"))).outcome is RuleOutcome.UNKNOWN


@pytest.mark.parametrize("check", ["proposals of a person", "proposals of an institution"])
def test_unknown_proposal_count_makes_outcome_unknown(check):
    assert judge(rule(check, max=3), Proposal()).outcome is RuleOutcome.UNKNOWN


def test_unknown_history_makes_earlier_report_unknown():
    assert judge(rule("earlier report", field="report"), Proposal()).outcome is RuleOutcome.UNKNOWN


def test_option_requires_other_field():
    short = rule("option", field="duration", option="30 minutes", other="format", values=("Flash",))

    assert judge(short, Proposal(answers={"duration": "30 minutes"})).outcome is RuleOutcome.UNKNOWN


FILLED = rule("filled", field="paper", label="Paper", formats=("Panel",))


@pytest.mark.parametrize(
    ("format_", "outcome"), [("Panel", RuleOutcome.NOT_MET), ("Debate", RuleOutcome.MET), ("", RuleOutcome.UNKNOWN)]
)
def test_field_is_required_only_for_its_formats(format_, outcome):
    assert judge(FILLED, Proposal(answers={"format": format_})).outcome is outcome


def test_unknown_page_count_makes_limit_unknown():
    pages = rule("limit", field="paper", label="Paper", unit="pages", counted="not known", max=3)

    assert judge(pages, Proposal(answers={"paper": AnswerFile("paper.doc")})).outcome is RuleOutcome.UNKNOWN


def test_limit_is_unknown_if_counting_methods_disagree():
    limit = rule("limit", field="title", label="Title", unit="characters", counted="not known", max=3)
    text = "ab\N{WOMAN}"  # three characters for readers, four for JavaScript

    assert judge(limit, Proposal(answers={"title": text})).outcome is RuleOutcome.UNKNOWN
    assert (
        judge(
            rule(**limit.parameters | {"check": "limit", "counted": "graphemes"}), Proposal(answers={"title": text})
        ).outcome
        is RuleOutcome.MET
    )
    assert (
        judge(
            rule(**limit.parameters | {"check": "limit", "counted": "UTF-16"}), Proposal(answers={"title": text})
        ).outcome
        is RuleOutcome.NOT_MET
    )


@pytest.mark.parametrize(
    ("text", "outcome"), [("ab", RuleOutcome.NOT_MET), ("abc", RuleOutcome.MET), ("", RuleOutcome.MET)]
)
def test_minimum_length_applies_only_to_written_text(text, outcome):
    limit = rule("limit", field="title", label="Title", unit="characters", counted="UTF-16", min=3)

    assert judge(limit, Proposal(answers={"title": text})).outcome is outcome


def test_deadline_is_unknown_without_time_zone():
    deadline = CallDeadline(datetime(2027, 5, 24, tzinfo=UTC).date(), None, NOT_STATED)
    call = CallForProposals("call", "Call", "IGF", "2027", 2027, "Workshop", deadlines=(deadline,))
    at = datetime(2027, 5, 24, 12, tzinfo=UTC)

    assert judge(call.all_rules[0], Proposal(submitted_at=at)).outcome is RuleOutcome.UNKNOWN
    assert judge(call.all_rules[0], Proposal()).outcome is RuleOutcome.UNKNOWN


def test_field_without_limit_and_mark_creates_no_rule():
    call = CallForProposals(
        "call", "Call", "IGF", "2027", 2027, "Workshop", fields=(CallField("a", "A", FieldType.TEXT),)
    )

    assert call.all_rules == ()
