"""For each check: a subject that meets a rule, one that fails, and one at the limit, built from its parameters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jukwaa.core.rule_checks import Rule, RuleOutcome
from jukwaa.eligibility.coalition_year import CoalitionYear, MeetingsAttended, PageStatus, RecordShare

CHECK_DAY = date(2026, 11, 28)
EMPTY_YEAR = CoalitionYear(year=2026, today=CHECK_DAY)


@dataclass(frozen=True)
class RuleCases:
    """`at_limit` is as little as is enough, or what the check cannot decide. Nothing `passes` without an answer."""

    passes: CoalitionYear | None
    fails: CoalitionYear
    at_limit: CoalitionYear
    outcome_at_limit: RuleOutcome = RuleOutcome.MET


def _build_form_cases(_rule: Rule) -> RuleCases:
    opened, closed = (replace(EMPTY_YEAR, is_form_open=is_open) for is_open in (True, False))
    return RuleCases(opened, closed, EMPTY_YEAR, RuleOutcome.UNKNOWN)


def _make_share_builder(fact_name: str, min_percent: int | None = None) -> Callable[[Rule], RuleCases]:
    def build_share_cases(rule: Rule) -> RuleCases:
        least = min_percent or rule.parameters["min_percent"]
        passes, fails, limit = (
            replace(EMPTY_YEAR, **{fact_name: RecordShare(number, 200)}) for number in (200, 2 * least - 1, 2 * least)
        )
        return RuleCases(passes, fails, limit)

    return build_share_cases


def _make_count_builder(fact_name: str) -> Callable[[Rule], RuleCases]:
    def build_count_cases(rule: Rule) -> RuleCases:
        least = rule.parameters["min"]
        passes, fails, limit = (replace(EMPTY_YEAR, **{fact_name: number}) for number in (least + 1, least - 1, least))
        return RuleCases(passes, fails, limit)

    return build_count_cases


def _build_last_post_cases(rule: Rule) -> RuleCases:
    most = rule.parameters["max_days"]
    passes, fails, limit = (
        replace(EMPTY_YEAR, last_post=CHECK_DAY - timedelta(days=days)) for days in (0, most + 1, most)
    )
    return RuleCases(passes, fails, limit)


def _make_page_builder(fact_name: str) -> Callable[[Rule], RuleCases]:
    """A page never meets the condition without a person's answer. At the limit, the page responds."""

    def build_page_cases(_rule: Rule) -> RuleCases:
        failed, responded = (
            replace(EMPTY_YEAR, **{fact_name: page}) for page in (PageStatus.DID_NOT_RESPOND, PageStatus.RESPONDED)
        )
        return RuleCases(None, failed, responded, RuleOutcome.UNKNOWN)

    return build_page_cases


def _build_coordination_cases(rule: Rule) -> RuleCases:
    least = rule.parameters["min_percent"]
    passes, fails, limit = (
        replace(EMPTY_YEAR, coordination=MeetingsAttended(number, 200 - number))
        for number in (200, 2 * least - 1, 2 * least)
    )
    return RuleCases(passes, fails, limit)


def _build_last_coordination_cases(rule: Rule) -> RuleCases:
    most = rule.parameters["max_days"]
    passes, fails, limit = (
        replace(EMPTY_YEAR, last_coordination=CHECK_DAY - timedelta(days=days)) for days in (0, most + 1, most)
    )
    return RuleCases(passes, fails, limit)


def _build_annual_report_cases(_rule: Rule) -> RuleCases:
    sent, not_sent = (replace(EMPTY_YEAR, is_report_sent=is_sent) for is_sent in (True, False))
    return RuleCases(sent, not_sent, EMPTY_YEAR, RuleOutcome.UNKNOWN)


CASE_BUILDERS_BY_CHECK: dict[str, Callable[[Rule], RuleCases]] = {
    "application form is open": _build_form_cases,
    "public records": _make_share_builder("public_records"),
    "dissent is public": _make_share_builder("public_dissent", 100),
    "stakeholder groups": _make_count_builder("stakeholder_groups"),
    "meetings held": _make_count_builder("meetings"),
    "public minutes": _make_share_builder("public_minutes"),
    "session reports": _make_share_builder("session_reports", 100),
    "annual report": _build_annual_report_cases,
    "last message": _build_last_post_cases,
    "list page responds": _make_page_builder("list_page"),
    "list archive responds": _make_page_builder("list_archive"),
    "coordination meetings": _build_coordination_cases,
    "last coordination": _build_last_coordination_cases,
}
