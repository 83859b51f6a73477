"""For each check: a subject that meets a rule, one that fails, and one at the limit, built from its parameters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jukwaa.core.rule_checks import Rule, RuleOutcome
from jukwaa.eligibility.coalition_year import CoalitionYear, MeetingsAttended, PageStatus, RecordShare

TODAY = date(2026, 11, 28)
NOTHING = CoalitionYear(year=2026, today=TODAY)


@dataclass(frozen=True)
class Cases:
    """`at_limit` is as little as is enough, or what the check cannot decide. Nothing `passes` without an answer."""

    passes: CoalitionYear | None
    fails: CoalitionYear
    at_limit: CoalitionYear
    outcome_at_limit: RuleOutcome = RuleOutcome.MET


def _build_form_cases(_rule: Rule) -> Cases:
    opened, closed = (replace(NOTHING, is_form_open=is_open) for is_open in (True, False))
    return Cases(opened, closed, NOTHING, RuleOutcome.UNKNOWN)


def _make_share_builder(name: str, percent: int | None = None) -> Callable[[Rule], Cases]:
    def build(rule: Rule) -> Cases:
        least = percent or rule.parameters["min_percent"]
        passes, fails, limit = (
            replace(NOTHING, **{name: RecordShare(number, 200)}) for number in (200, 2 * least - 1, 2 * least)
        )
        return Cases(passes, fails, limit)

    return build


def _make_count_builder(name: str) -> Callable[[Rule], Cases]:
    def build(rule: Rule) -> Cases:
        least = rule.parameters["min"]
        passes, fails, limit = (replace(NOTHING, **{name: number}) for number in (least + 1, least - 1, least))
        return Cases(passes, fails, limit)

    return build


def _build_last_post_cases(rule: Rule) -> Cases:
    most = rule.parameters["max_days"]
    passes, fails, limit = (replace(NOTHING, last_post=TODAY - timedelta(days=days)) for days in (0, most + 1, most))
    return Cases(passes, fails, limit)


def _make_page_builder(name: str) -> Callable[[Rule], Cases]:
    """A page never meets the condition without a person's answer. At the limit, the page responds."""

    def build(_rule: Rule) -> Cases:
        failed, responded = (
            replace(NOTHING, **{name: page}) for page in (PageStatus.DID_NOT_RESPOND, PageStatus.RESPONDED)
        )
        return Cases(None, failed, responded, RuleOutcome.UNKNOWN)

    return build


def _build_coordination_cases(rule: Rule) -> Cases:
    least = rule.parameters["min_percent"]
    passes, fails, limit = (
        replace(NOTHING, coordination=MeetingsAttended(number, 200 - number))
        for number in (200, 2 * least - 1, 2 * least)
    )
    return Cases(passes, fails, limit)


def _build_last_coordination_cases(rule: Rule) -> Cases:
    most = rule.parameters["max_days"]
    passes, fails, limit = (
        replace(NOTHING, last_coordination=TODAY - timedelta(days=days)) for days in (0, most + 1, most)
    )
    return Cases(passes, fails, limit)


def _build_annual_report_cases(_rule: Rule) -> Cases:
    sent, not_sent = (replace(NOTHING, is_report_sent=is_sent) for is_sent in (True, False))
    return Cases(sent, not_sent, NOTHING, RuleOutcome.UNKNOWN)


BUILDERS: dict[str, Callable[[Rule], Cases]] = {
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
