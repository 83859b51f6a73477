"""The checks that a rule set can name. Each is a pure function from a subject and parameters to a verdict.

A check never guesses: where the record cannot show it, a condition is unknown, and a person can answer.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from jukwaa.core.rule_checks import (
    Check,
    CheckVerdict,
    ParameterKind,
    RuleMessage,
    RuleOutcome,
    gettext_noop,
    judge_count_in_range,
)
from jukwaa.eligibility.coalition_year import CoalitionYear, PageStatus, RecordShare

type Parameters = Mapping[str, Any]

UNKNOWN_FOR_PAST_YEARS_VERDICT = CheckVerdict(
    RuleOutcome.UNKNOWN,
    RuleMessage(gettext_noop("We only know the current situation, not the situation in earlier years.")),
)


class ConditionStatus(StrEnum):
    MET = "met"
    AT_RISK = "at-risk"  # not met, and the year is not over
    MISSED = "missed"
    UNKNOWN = "unknown"


def get_condition_status(rule_outcome: RuleOutcome, *, is_year_over: bool) -> ConditionStatus:
    if rule_outcome is RuleOutcome.NOT_MET:
        return ConditionStatus.MISSED if is_year_over else ConditionStatus.AT_RISK
    return ConditionStatus.MET if rule_outcome is RuleOutcome.MET else ConditionStatus.UNKNOWN


def judge_as_unknown(_coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    return CheckVerdict(
        RuleOutcome.UNKNOWN,
        RuleMessage(gettext_noop("We have no data on this condition. Answer the question yourself.")),
    )


def judge_application_form(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    if coalition_year.is_form_open is None:
        return UNKNOWN_FOR_PAST_YEARS_VERDICT
    if coalition_year.is_form_open:
        return CheckVerdict(RuleOutcome.MET, RuleMessage(gettext_noop("Anyone with an account can apply.")))
    return CheckVerdict(
        RuleOutcome.NOT_MET,
        RuleMessage(
            gettext_noop(
                "Open the application form, so that anyone with an account can apply. It is closed at the moment."
            )
        ),
    )


def judge_public_records(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    if coalition_year.public_records is None:
        return UNKNOWN_FOR_PAST_YEARS_VERDICT
    if not coalition_year.public_records.total:
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(gettext_noop("There are no published records yet.")))
    percent = {"percent": coalition_year.public_records.percent}
    text = gettext_noop("%(percent)s%% of the published records are TLP:CLEAR.")
    return CheckVerdict(
        _judge_share_of_records(coalition_year.public_records, rule_parameters), RuleMessage(text, percent)
    )


def judge_public_dissent(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    share = coalition_year.public_dissent
    if not share.total:
        text = gettext_noop("No dissent is recorded for the year. If there was dissent, record it.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text))
    text = gettext_noop("Decisions with recorded dissent: %(total)s. The public can read %(number)s of them.")
    return CheckVerdict(_judge_share_of_records(share, {"min_percent": 100}), _build_share_message(share, text))


def judge_stakeholder_groups(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    number = coalition_year.stakeholder_groups
    if number is None:
        return UNKNOWN_FOR_PAST_YEARS_VERDICT
    outcome = judge_count_in_range(number, number + coalition_year.members_without_group, rule_parameters)
    values = {"number": number, "unknown": coalition_year.members_without_group}
    text = gettext_noop("Stakeholder groups: %(number)s. Members whose group is not known: %(unknown)s.")
    return CheckVerdict(outcome, RuleMessage(text, values))


def judge_number_of_meetings(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    text = gettext_noop("Recorded meetings in the year: %(number)s.")
    return CheckVerdict(
        judge_count_in_range(coalition_year.meetings, coalition_year.meetings, rule_parameters),
        RuleMessage(text, {"number": coalition_year.meetings}),
    )


def judge_public_minutes(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    share = coalition_year.public_minutes
    if not share.total:
        return CheckVerdict(
            RuleOutcome.UNKNOWN, RuleMessage(gettext_noop("No meetings have been recorded for this year yet."))
        )
    text = gettext_noop("Meetings held: %(total)s. The public can read the minutes of %(number)s of them.")
    return CheckVerdict(_judge_share_of_records(share, rule_parameters), _build_share_message(share, text))


def judge_session_reports(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    share = coalition_year.session_reports
    if not share.total:
        text = gettext_noop("No session at a forum is recorded for %(year)s.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text, {"year": coalition_year.year - 1}))
    text = gettext_noop("Sessions at a forum in %(year)s: %(total)s. Session reports published: %(number)s.")
    values = {"year": coalition_year.year - 1, "number": share.number, "total": share.total}
    return CheckVerdict(_judge_share_of_records(share, {"min_percent": 100}), RuleMessage(text, values))


def judge_annual_report(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    year = {"year": coalition_year.year - 1}
    if coalition_year.is_report_sent is None:
        text = gettext_noop(
            "No annual report for %(year)s has been recorded. Record its submission, or answer the question yourself."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text, year))
    if coalition_year.is_report_sent:
        return CheckVerdict(
            RuleOutcome.MET, RuleMessage(gettext_noop("The annual report for %(year)s has been submitted."), year)
        )
    text = gettext_noop(
        "We have no record that the annual report for %(year)s has been submitted. Submit the report and record its"
        " submission."
    )
    return CheckVerdict(RuleOutcome.NOT_MET, RuleMessage(text, year))


def judge_last_post(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    if coalition_year.last_post is None:
        text = gettext_noop("No messages on the mailing list have been recorded yet.")
        return CheckVerdict(RuleOutcome.UNKNOWN, RuleMessage(text))
    days = (coalition_year.last_day - coalition_year.last_post).days
    outcome = RuleOutcome.MET if days <= rule_parameters["max_days"] else RuleOutcome.NOT_MET
    return CheckVerdict(
        outcome, RuleMessage(gettext_noop("Days since the last message on the mailing list: %(days)s."), {"days": days})
    )


def judge_list_page(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    return _judge_page_response(
        coalition_year.list_page,
        gettext_noop(
            "We were able to open the mailing list page. Check whether anyone can subscribe on that page, then answer "
            "the question yourself."
        ),
    )


def judge_list_archive(coalition_year: CoalitionYear, _rule_parameters: Parameters) -> CheckVerdict:
    """What everyone can read in Jukwaa itself needs nobody's answer."""
    if coalition_year.public_archive_until is not None:
        text = gettext_noop(
            "Anyone can read the archive of the mailing list on this site without an account. Days since the last"
            " post: %(days)s."
        )
        days = (coalition_year.last_day - coalition_year.public_archive_until).days
        return CheckVerdict(RuleOutcome.MET, RuleMessage(text, {"days": days}))
    return _judge_page_response(
        coalition_year.list_archive,
        gettext_noop(
            "We were able to open the archive of the mailing list. Check whether anyone can read it, then answer the"
            " question yourself."
        ),
    )


VERDICTS_BY_PAGE_STATUS: Mapping[PageStatus, tuple[RuleOutcome, str]] = {
    PageStatus.NO_ADDRESS: (
        RuleOutcome.UNKNOWN,
        gettext_noop("Enter the address of the page in the settings, then answer the question yourself."),
    ),
    PageStatus.NOT_CHECKED: (
        RuleOutcome.UNKNOWN,
        gettext_noop("We have not checked the page yet. Answer the question yourself."),
    ),
    PageStatus.DID_NOT_RESPOND: (
        RuleOutcome.NOT_MET,
        gettext_noop("We could not open the page when we last checked it."),
    ),
}


def _judge_page_response(page: PageStatus | None, text_when_responding: str) -> CheckVerdict:
    """That a page responds does not show what a stranger can do on it: a person has to answer that."""
    if page is None:
        return UNKNOWN_FOR_PAST_YEARS_VERDICT
    outcome, text = VERDICTS_BY_PAGE_STATUS.get(page, (RuleOutcome.UNKNOWN, text_when_responding))
    return CheckVerdict(outcome, RuleMessage(text))


def judge_coordination_attendance(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    """Meetings that nobody has logged can have been attended or not."""
    yes, no, unlogged = (
        coalition_year.coordination.yes,
        coalition_year.coordination.no,
        coalition_year.coordination.open,
    )
    if not yes + no:
        return CheckVerdict(
            RuleOutcome.UNKNOWN, RuleMessage(gettext_noop("No attendance has been recorded for the year yet."))
        )
    wanted = rule_parameters["min_percent"] * (yes + no + unlogged)
    outcome = judge_count_in_range(yes * 100, (yes + unlogged) * 100, {"min": wanted})
    values = {"number": yes, "total": yes + no + unlogged, "open": unlogged}
    text = gettext_noop("Coordination meetings: %(total)s. Attended: %(number)s. Attendance not recorded: %(open)s.")
    return CheckVerdict(outcome, RuleMessage(text, values))


def judge_last_forum_contact(coalition_year: CoalitionYear, rule_parameters: Parameters) -> CheckVerdict:
    if coalition_year.last_coordination is None:
        return CheckVerdict(
            RuleOutcome.UNKNOWN,
            RuleMessage(
                gettext_noop(
                    "We have no record of a coordination meeting that the coalition attended, or of a message to or"
                    " from the secretariat."
                )
            ),
        )
    days = (coalition_year.last_day - coalition_year.last_coordination).days
    outcome = RuleOutcome.MET if days <= rule_parameters["max_days"] else RuleOutcome.NOT_MET
    text = gettext_noop(
        "Days since the coalition last attended a coordination meeting or exchanged a message with the secretariat:"
        " %(days)s."
    )
    return CheckVerdict(outcome, RuleMessage(text, {"days": days}))


def _judge_share_of_records(record_share: RecordShare, rule_parameters: Parameters) -> RuleOutcome:
    is_enough = record_share.number * 100 >= rule_parameters["min_percent"] * record_share.total
    return RuleOutcome.MET if is_enough else RuleOutcome.NOT_MET


def _build_share_message(record_share: RecordShare, text: str) -> RuleMessage:
    return RuleMessage(text, {"number": record_share.number, "total": record_share.total})


CONDITION_CHECKS_BY_NAME: Mapping[str, Check[CoalitionYear]] = {
    "answered by a person": Check(judge_as_unknown),
    "application form is open": Check(judge_application_form),
    "public records": Check(judge_public_records, {"min_percent": ParameterKind.COUNT}),
    "dissent is public": Check(judge_public_dissent),
    "stakeholder groups": Check(judge_stakeholder_groups, {"min": ParameterKind.COUNT}),
    "meetings held": Check(judge_number_of_meetings, {"min": ParameterKind.COUNT}),
    "public minutes": Check(judge_public_minutes, {"min_percent": ParameterKind.COUNT}),
    "session reports": Check(judge_session_reports),
    "annual report": Check(judge_annual_report),
    "last message": Check(judge_last_post, {"max_days": ParameterKind.COUNT}),
    "list page responds": Check(judge_list_page),
    "list archive responds": Check(judge_list_archive),
    "coordination meetings": Check(judge_coordination_attendance, {"min_percent": ParameterKind.COUNT}),
    "last coordination": Check(judge_last_forum_contact, {"max_days": ParameterKind.COUNT}),
}
