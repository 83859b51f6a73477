"""The checks that a rule set can name. Each is a pure function from a subject and parameters to a verdict.

A check never guesses: where the record cannot show it, a condition is unknown, and a person can answer.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from jukwaa.core.rule_checks import (
    Check,
    CheckVerdict,
    Message,
    ParameterKind,
    RuleOutcome,
    gettext_noop,
    judge_count_in_range,
)
from jukwaa.eligibility.coalition_year import CoalitionYear, PageStatus, RecordShare

type Parameters = Mapping[str, Any]

UNKNOWN_FOR_PAST_YEARS = CheckVerdict(
    RuleOutcome.UNKNOWN,
    Message(gettext_noop("We only know the current situation, not the situation in earlier years.")),
)


class Status(StrEnum):
    MET = "met"
    AT_RISK = "at-risk"  # not met, and the year is not over
    MISSED = "missed"
    UNKNOWN = "unknown"


def get_condition_status(outcome: RuleOutcome, *, is_over: bool) -> Status:
    if outcome is RuleOutcome.NOT_MET:
        return Status.MISSED if is_over else Status.AT_RISK
    return Status.MET if outcome is RuleOutcome.MET else Status.UNKNOWN


def judge_answered_by_person(_subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    return CheckVerdict(
        RuleOutcome.UNKNOWN, Message(gettext_noop("We have no data on this condition. Answer the question yourself."))
    )


def judge_application_form(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    if subject.is_form_open is None:
        return UNKNOWN_FOR_PAST_YEARS
    if subject.is_form_open:
        return CheckVerdict(RuleOutcome.MET, Message(gettext_noop("Anyone with an account can apply.")))
    return CheckVerdict(
        RuleOutcome.NOT_MET,
        Message(
            gettext_noop(
                "Open the application form, so that anyone with an account can apply. It is closed at the moment."
            )
        ),
    )


def judge_public_records(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    if subject.public_records is None:
        return UNKNOWN_FOR_PAST_YEARS
    if not subject.public_records.total:
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(gettext_noop("There are no published records yet.")))
    percent = {"percent": subject.public_records.percent}
    text = gettext_noop("%(percent)s%% of the published records are TLP:CLEAR.")
    return CheckVerdict(_judge_share_of_records(subject.public_records, parameters), Message(text, percent))


def judge_public_dissent(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    share = subject.public_dissent
    if not share.total:
        text = gettext_noop("No dissent is recorded for the year. If there was dissent, record it.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text))
    text = gettext_noop("Decisions with recorded dissent: %(total)s. The public can read %(number)s of them.")
    return CheckVerdict(_judge_share_of_records(share, {"min_percent": 100}), _build_share_message(share, text))


def judge_stakeholder_groups(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    number = subject.stakeholder_groups
    if number is None:
        return UNKNOWN_FOR_PAST_YEARS
    outcome = judge_count_in_range(number, number + subject.members_without_group, parameters)
    values = {"number": number, "unknown": subject.members_without_group}
    text = gettext_noop("Stakeholder groups: %(number)s. Members whose group is not known: %(unknown)s.")
    return CheckVerdict(outcome, Message(text, values))


def judge_number_of_meetings(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    text = gettext_noop("Recorded meetings in the year: %(number)s.")
    return CheckVerdict(
        judge_count_in_range(subject.meetings, subject.meetings, parameters),
        Message(text, {"number": subject.meetings}),
    )


def judge_public_minutes(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    share = subject.public_minutes
    if not share.total:
        return CheckVerdict(
            RuleOutcome.UNKNOWN, Message(gettext_noop("No meetings have been recorded for this year yet."))
        )
    text = gettext_noop("Meetings held: %(total)s. The public can read the minutes of %(number)s of them.")
    return CheckVerdict(_judge_share_of_records(share, parameters), _build_share_message(share, text))


def judge_session_reports(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    share = subject.session_reports
    if not share.total:
        text = gettext_noop("No session at a forum is recorded for %(year)s.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text, {"year": subject.year - 1}))
    text = gettext_noop("Sessions at a forum in %(year)s: %(total)s. Session reports published: %(number)s.")
    values = {"year": subject.year - 1, "number": share.number, "total": share.total}
    return CheckVerdict(_judge_share_of_records(share, {"min_percent": 100}), Message(text, values))


def judge_annual_report(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    year = {"year": subject.year - 1}
    if subject.is_report_sent is None:
        text = gettext_noop(
            "No annual report for %(year)s has been recorded. Record its submission, or answer the question yourself."
        )
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text, year))
    if subject.is_report_sent:
        return CheckVerdict(
            RuleOutcome.MET, Message(gettext_noop("The annual report for %(year)s has been submitted."), year)
        )
    text = gettext_noop(
        "We have no record that the annual report for %(year)s has been submitted. Submit the report and record its"
        " submission."
    )
    return CheckVerdict(RuleOutcome.NOT_MET, Message(text, year))


def judge_last_post(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    if subject.last_post is None:
        text = gettext_noop("No message on the mailing list has been recorded.")
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(text))
    days = (subject.last_day - subject.last_post).days
    outcome = RuleOutcome.MET if days <= parameters["max_days"] else RuleOutcome.NOT_MET
    return CheckVerdict(
        outcome, Message(gettext_noop("Days since the last message on the mailing list: %(days)s."), {"days": days})
    )


def judge_list_page(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    return _judge_page_response(
        subject.list_page,
        gettext_noop(
            "We were able to open the page of the mailing list. Check whether anyone can subscribe on this page,"
            " then answer the question yourself."
        ),
    )


def judge_list_archive(subject: CoalitionYear, _parameters: Parameters) -> CheckVerdict:
    """What everyone can read in Jukwaa itself needs nobody's answer."""
    if subject.public_archive_until is not None:
        text = gettext_noop(
            "Anyone can read the archive of the mailing list on this site without an account. Days since the last"
            " post: %(days)s."
        )
        days = (subject.last_day - subject.public_archive_until).days
        return CheckVerdict(RuleOutcome.MET, Message(text, {"days": days}))
    return _judge_page_response(
        subject.list_archive,
        gettext_noop(
            "We were able to open the archive of the mailing list. Check whether anyone can read it, then answer the"
            " question yourself."
        ),
    )


PAGE_VERDICTS: Mapping[PageStatus, tuple[RuleOutcome, str]] = {
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


def _judge_page_response(page: PageStatus | None, responds: str) -> CheckVerdict:
    """That a page responds does not show what a stranger can do on it: a person has to answer that."""
    if page is None:
        return UNKNOWN_FOR_PAST_YEARS
    outcome, text = PAGE_VERDICTS.get(page, (RuleOutcome.UNKNOWN, responds))
    return CheckVerdict(outcome, Message(text))


def judge_coordination_attendance(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    """Meetings that nobody has logged can have been attended or not."""
    yes, no, unlogged = subject.coordination.yes, subject.coordination.no, subject.coordination.open
    if not yes + no:
        return CheckVerdict(RuleOutcome.UNKNOWN, Message(gettext_noop("No attendance is logged for the year yet.")))
    wanted = parameters["min_percent"] * (yes + no + unlogged)
    outcome = judge_count_in_range(yes * 100, (yes + unlogged) * 100, {"min": wanted})
    values = {"number": yes, "total": yes + no + unlogged, "open": unlogged}
    text = gettext_noop("Coordination meetings: %(total)s. Attended: %(number)s. Attendance not logged: %(open)s.")
    return CheckVerdict(outcome, Message(text, values))


def judge_last_forum_contact(subject: CoalitionYear, parameters: Parameters) -> CheckVerdict:
    if subject.last_coordination is None:
        return CheckVerdict(
            RuleOutcome.UNKNOWN,
            Message(
                gettext_noop(
                    "We have no record of a coordination meeting that the coalition attended, or of a message to or"
                    " from the secretariat."
                )
            ),
        )
    days = (subject.last_day - subject.last_coordination).days
    outcome = RuleOutcome.MET if days <= parameters["max_days"] else RuleOutcome.NOT_MET
    text = gettext_noop(
        "Days since the coalition last attended a coordination meeting or exchanged a message with the secretariat:"
        " %(days)s."
    )
    return CheckVerdict(outcome, Message(text, {"days": days}))


def _judge_share_of_records(share: RecordShare, parameters: Parameters) -> RuleOutcome:
    is_enough = share.number * 100 >= parameters["min_percent"] * share.total
    return RuleOutcome.MET if is_enough else RuleOutcome.NOT_MET


def _build_share_message(share: RecordShare, text: str) -> Message:
    return Message(text, {"number": share.number, "total": share.total})


CONDITION_CHECKS: Mapping[str, Check[CoalitionYear]] = {
    "answered by a person": Check(judge_answered_by_person),
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
