"""The self-check of a coalition for a year: each condition with its status, its evidence and what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.standing import Standing
from jukwaa.core.rule_checks import (
    CheckVerdict,
    RuleLevel,
    RuleMessage,
    RuleOutcome,
    RuleReport,
    RuleResult,
    evaluate_rules,
    gettext_noop,
    judge_yes_no_answer,
)
from jukwaa.eligibility.checks import CONDITION_CHECKS_BY_NAME, ConditionStatus, get_condition_status
from jukwaa.eligibility.evidence import gather_year_evidence
from jukwaa.eligibility.evidence_links import EvidenceLink, describe_link_check
from jukwaa.eligibility.models import ANNUAL_REPORT_RULE_NAME, ConditionAnswer, LinkCheck
from jukwaa.eligibility.rule_sets import RuleSet
from jukwaa.eligibility.year_records import YearRecords

CONDITION_STATUS_LABELS: Mapping[ConditionStatus, Promise] = {
    ConditionStatus.MET: pgettext_lazy("condition", "Met"),
    ConditionStatus.AT_RISK: pgettext_lazy("condition", "At risk"),
    ConditionStatus.MISSED: pgettext_lazy("condition", "Not met"),
    ConditionStatus.UNKNOWN: pgettext_lazy("condition", "Unknown"),
}
CONDITION_STATUS_STYLES: Mapping[ConditionStatus, str] = {
    ConditionStatus.MET: "good",
    ConditionStatus.AT_RISK: "waits",
    ConditionStatus.MISSED: "waits",
    ConditionStatus.UNKNOWN: "gone",
}
RULE_LEVEL_TITLES: Mapping[RuleLevel, Promise] = {
    RuleLevel.MUST: gettext_lazy("Conditions"),
    RuleLevel.LIKED: gettext_lazy("Recommendations"),
}


@dataclass(frozen=True)
class CheckedCondition:
    """One condition as the page shows it. `is_answered` says that a person's answer decides it."""

    result: RuleResult
    status: ConditionStatus
    links: list[EvidenceLink]
    answer: ConditionAnswer | None
    responsible: str
    is_answered: bool
    link_note: str = ""  # what was found when the link of the answer was checked

    @property
    def label(self) -> Promise:
        return CONDITION_STATUS_LABELS[self.status]

    @property
    def style_class(self) -> str:
        return CONDITION_STATUS_STYLES[self.status]

    @property
    def has_open_step(self) -> bool:
        """Whether a next step is planned and not done. Recording the submission of the annual report does its step."""
        answer = self.answer
        if answer is None or not answer.step or answer.is_done:
            return False
        return (
            self.result.rule.name != ANNUAL_REPORT_RULE_NAME
            or self.status is not ConditionStatus.MET
            or self.is_answered
        )

    @property
    def message(self) -> str:
        message = self.result.verdict.message
        return _(message.text) % message.values if message.values else _(message.text)


@dataclass(frozen=True)
class SelfCheck:
    rules: RuleSet
    report: RuleReport
    conditions: list[CheckedCondition]

    @property
    def sections(self) -> list[tuple[RuleLevel, Promise, list[CheckedCondition]]]:
        grouped = [
            (level, title, [each for each in self.conditions if each.result.rule.level is level])
            for level, title in RULE_LEVEL_TITLES.items()
        ]
        return [section for section in grouped if section[2]]

    @property
    def status_counts(self) -> list[tuple[Promise, str, int]]:
        """How many binding conditions have each status."""
        found = [each.status for each in self.binding_conditions]
        return [
            (CONDITION_STATUS_LABELS[status], CONDITION_STATUS_STYLES[status], found.count(status))
            for status in ConditionStatus
        ]

    @property
    def binding_conditions(self) -> list[CheckedCondition]:
        return [each for each in self.conditions if each.result.rule.level is RuleLevel.MUST]


def build_self_check(
    viewer_standing: Standing,
    rule_set: RuleSet,
    year: int,
    only_rule_name: str = "",
    known_answers: Iterable[ConditionAnswer] | None = None,
    year_records: YearRecords | None = None,
) -> SelfCheck:
    """Check the conditions of a year, or only one by its name.

    `known_answers` and `year_records` are what was read already.
    """
    found_answers = _find_condition_answers(viewer_standing, year) if known_answers is None else known_answers
    answers = {answer.rule: answer for answer in found_answers}
    addresses = [answer.link for answer in answers.values()]
    evidence = gather_year_evidence(viewer_standing, year, year_records, addresses)
    chosen = [rule for rule in rule_set.rules if not only_rule_name or rule.name == only_rule_name]
    found = evaluate_rules(evidence.subject, chosen, CONDITION_CHECKS_BY_NAME, rule_set.unknown)
    results = [
        _apply_condition_answer(result, answers.get(result.rule.name), evidence.checks) for result in found.results
    ]
    conditions = [
        CheckedCondition(
            result=result,
            status=get_condition_status(result.verdict.outcome, is_year_over=evidence.subject.is_over),
            links=evidence.links.get(result.rule.check, []),
            answer=(answer := answers.get(result.rule.name)),
            responsible=get_display_name(answer.responsible, viewer_standing) if answer and answer.responsible else "",
            is_answered=result is not before,
            link_note=_describe_answer_link(viewer_standing, answer, evidence.checks),
        )
        for before, result in zip(found.results, results, strict=True)
    ]
    return SelfCheck(rule_set, replace(found, results=tuple(results)), conditions)


def _find_condition_answers(viewer_standing: Standing, year: int) -> QuerySet[ConditionAnswer]:
    return ConditionAnswer.objects.of(viewer_standing.coalition, year).select_related("responsible")


def _describe_answer_link(
    viewer_standing: Standing, condition_answer: ConditionAnswer | None, checks_by_address: Mapping[str, LinkCheck]
) -> str:
    if condition_answer is None or not condition_answer.link:
        return ""
    return describe_link_check(viewer_standing.coalition, checks_by_address.get(condition_answer.link))


def _apply_condition_answer(
    rule_result: RuleResult, condition_answer: ConditionAnswer | None, checks_by_address: Mapping[str, LinkCheck]
) -> RuleResult:
    """A person's answer counts where the record cannot show it; a “yes” with a link only while the link responds."""
    if (
        rule_result.verdict.outcome is not RuleOutcome.UNKNOWN
        or condition_answer is None
        or condition_answer.is_yes is None
    ):
        return rule_result
    check = checks_by_address.get(condition_answer.link)
    if condition_answer.is_yes and check is not None and not check.has_responded:
        text = gettext_noop("The answer is “yes”, but we could not open the link to the evidence.")
        return replace(rule_result, verdict=CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(text)))
    text = gettext_noop("This answer comes from a coordinator or the person in charge.")
    return replace(
        rule_result, verdict=CheckVerdict(judge_yes_no_answer(yes_no_answer=condition_answer.is_yes), RuleMessage(text))
    )
