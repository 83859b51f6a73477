"""Each rule of each shipped call: a proposal that meets it, one that does not, one at its limit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jukwaa.core.rule_checks import Rule, RuleLevel, RuleOutcome, evaluate_rules
from jukwaa.proposals.call import NOT_STATED_TIME_ZONE, CallDeadline, CallField, CallFieldType, CallForProposals
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.checks import ALL_CHECKS_BY_NAME
from jukwaa.proposals.proposal_values import CheckedParticipant, CheckedProposal, ProposalRole, UploadedAnswerFile
from tests.proposals.rule_cases import CASE_BUILDERS_BY_CHECK, build_participants, build_rule_cases

ALL_RULE_PARAMS = [
    pytest.param(rule, id=f"{call.name}:{rule.name}")
    for call in get_shipped_calls_for_proposals().values()
    for rule in call.all_rules
]


def get_rule_outcome(rule, proposal):
    return evaluate_rules(proposal, [rule], ALL_CHECKS_BY_NAME).results[0].verdict


@pytest.mark.parametrize("rule", ALL_RULE_PARAMS)
def test_rule_has_expected_outcome_for_met_unmet_and_boundary_cases(rule):
    cases = build_rule_cases(rule)

    assert get_rule_outcome(rule, cases.passes).outcome is RuleOutcome.MET
    assert get_rule_outcome(rule, cases.fails).outcome is RuleOutcome.NOT_MET
    assert get_rule_outcome(rule, cases.at_limit).outcome is cases.outcome_at_limit


@pytest.mark.parametrize("rule", ALL_RULE_PARAMS)
def test_messages_are_complete_and_name_form_field(rule):
    cases = build_rule_cases(rule)
    for proposal in (cases.passes, cases.fails, cases.at_limit, CheckedProposal()):
        verdict = get_rule_outcome(rule, proposal)

        assert "%(" not in str(verdict.message)
        assert "None" not in str(verdict.message)
        assert verdict.field == rule.parameters.get("field", "")


def test_every_check_has_test_cases():
    assert set(CASE_BUILDERS_BY_CHECK) == set(ALL_CHECKS_BY_NAME)


def build_rule(check, **parameters):
    return Rule("rule", check, "", {"rule": "rule", **parameters})


def test_proposal_passes_only_if_all_binding_rules_are_met():
    person, liked = (
        build_rule("judged by a person"),
        replace(build_rule("judged by a person"), name="liked", level=RuleLevel.LIKED),
    )

    def is_proposal_green(call_rules, *, human_judgement):
        judged = {} if human_judgement is None else {"rule": human_judgement}
        return evaluate_rules(
            CheckedProposal(judgements=judged), call_rules, ALL_CHECKS_BY_NAME, ["The limits"]
        ).is_green

    assert [is_proposal_green([person, liked], human_judgement=answer) for answer in (True, False, None)] == [
        True,
        False,
        False,
    ]
    assert not is_proposal_green([], human_judgement=True)
    assert not is_proposal_green([liked], human_judgement=True)


def test_facts_without_rule_are_listed_as_unknown():
    assert evaluate_rules(CheckedProposal(), [], ALL_CHECKS_BY_NAME, ["The limits"]).unknown == ("The limits",)


def test_unconfirmed_speakers_make_outcome_unknown():
    three = build_rule("people", roles=("speaker",), min=3, confirmed=True)
    known = build_participants(2, "speaker", is_confirmed=True)
    silent, declined = (
        CheckedParticipant("other", frozenset({ProposalRole.SPEAKER}), is_confirmed=answer) for answer in (None, False)
    )

    assert get_rule_outcome(three, CheckedProposal(participants=(*known, silent))).outcome is RuleOutcome.UNKNOWN
    assert get_rule_outcome(three, CheckedProposal(participants=(*known, declined))).outcome is RuleOutcome.NOT_MET


def test_person_with_two_roles_counts_once():
    two = build_rule("people", roles=("speaker", "rapporteur"), min=2)
    both = CheckedParticipant("same", frozenset({ProposalRole.SPEAKER, ProposalRole.RAPPORTEUR}))

    assert get_rule_outcome(two, CheckedProposal(participants=(both, both))).outcome is RuleOutcome.NOT_MET


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
    speakers = tuple(
        CheckedParticipant(str(n), frozenset({ProposalRole.SPEAKER}), gender=each) for n, each in enumerate(genders)
    )
    verdict = get_rule_outcome(build_rule("other gender", role="speaker"), CheckedProposal(participants=speakers))

    assert verdict.outcome is outcome
    assert not any(letter.isdigit() for letter in str(verdict.message))


def test_unstated_stakeholder_groups_make_outcome_unknown():
    groups = build_rule("stakeholder groups", roles=("speaker",), min=2)
    known = CheckedParticipant("a", frozenset({ProposalRole.SPEAKER}), "government")
    silent = CheckedParticipant("b", frozenset({ProposalRole.SPEAKER}))

    assert get_rule_outcome(groups, CheckedProposal(participants=(known, silent))).outcome is RuleOutcome.UNKNOWN


def test_unknown_session_count_makes_outcome_unknown():
    sessions = build_rule("sessions of a person", role="speaker", max=3)

    assert (
        get_rule_outcome(sessions, CheckedProposal(participants=build_participants(1, "speaker"))).outcome
        is RuleOutcome.UNKNOWN
    )


@pytest.mark.parametrize("check_name", ["proposals of a person", "proposals of an institution"])
def test_unknown_proposal_count_makes_outcome_unknown(check_name):
    assert get_rule_outcome(build_rule(check_name, max=3), CheckedProposal()).outcome is RuleOutcome.UNKNOWN


def test_unknown_history_makes_earlier_report_unknown():
    assert (
        get_rule_outcome(build_rule("earlier report", field="report"), CheckedProposal()).outcome is RuleOutcome.UNKNOWN
    )


def test_option_requires_other_field():
    short = build_rule("option", field="duration", option="30 minutes", other="format", values=("Flash",))

    assert get_rule_outcome(short, CheckedProposal(answers={"duration": "30 minutes"})).outcome is RuleOutcome.UNKNOWN


FILLED_RULE = build_rule("filled", field="paper", label="Paper", formats=("Panel",))


@pytest.mark.parametrize(
    ("proposal_format", "outcome"),
    [("Panel", RuleOutcome.NOT_MET), ("Debate", RuleOutcome.MET), ("", RuleOutcome.UNKNOWN)],
)
def test_field_is_required_only_for_its_formats(proposal_format, outcome):
    assert get_rule_outcome(FILLED_RULE, CheckedProposal(answers={"format": proposal_format})).outcome is outcome


def test_unknown_page_count_makes_limit_unknown():
    pages = build_rule("limit", field="paper", label="Paper", unit="pages", counted="not known", max=3)

    assert (
        get_rule_outcome(pages, CheckedProposal(answers={"paper": UploadedAnswerFile("paper.doc")})).outcome
        is RuleOutcome.UNKNOWN
    )


def test_limit_is_unknown_if_counting_methods_disagree():
    limit = build_rule("limit", field="title", label="Title", unit="characters", counted="not known", max=3)
    text = "ab\N{WOMAN}"  # three characters for readers, four for JavaScript

    assert get_rule_outcome(limit, CheckedProposal(answers={"title": text})).outcome is RuleOutcome.UNKNOWN
    assert (
        get_rule_outcome(
            build_rule(**limit.parameters | {"check": "limit", "counted": "graphemes"}),
            CheckedProposal(answers={"title": text}),
        ).outcome
        is RuleOutcome.MET
    )
    assert (
        get_rule_outcome(
            build_rule(**limit.parameters | {"check": "limit", "counted": "UTF-16"}),
            CheckedProposal(answers={"title": text}),
        ).outcome
        is RuleOutcome.NOT_MET
    )


@pytest.mark.parametrize(
    ("text", "outcome"), [("ab", RuleOutcome.NOT_MET), ("abc", RuleOutcome.MET), ("", RuleOutcome.MET)]
)
def test_minimum_length_applies_only_to_written_text(text, outcome):
    limit = build_rule("limit", field="title", label="Title", unit="characters", counted="UTF-16", min=3)

    assert get_rule_outcome(limit, CheckedProposal(answers={"title": text})).outcome is outcome


def test_deadline_is_unknown_without_time_zone():
    deadline = CallDeadline(datetime(2027, 5, 24, tzinfo=UTC).date(), None, NOT_STATED_TIME_ZONE)
    call = CallForProposals("call", "Call", "IGF", "2027", 2027, "Workshop", deadlines=(deadline,))
    at = datetime(2027, 5, 24, 12, tzinfo=UTC)

    assert get_rule_outcome(call.all_rules[0], CheckedProposal(submitted_at=at)).outcome is RuleOutcome.UNKNOWN
    assert get_rule_outcome(call.all_rules[0], CheckedProposal()).outcome is RuleOutcome.UNKNOWN


def test_optional_field_without_limit_creates_no_rule():
    call = CallForProposals(
        "call", "Call", "IGF", "2027", 2027, "Workshop", fields=(CallField("a", "A", CallFieldType.TEXT),)
    )

    assert call.all_rules == ()
