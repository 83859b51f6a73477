"""The steps of the forum's year, from the call to the annual report."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.eligibility.checks import ConditionStatus
from jukwaa.eligibility.cycle.steps import ForumYearStep, StepStatus, format_time_line
from jukwaa.eligibility.cycle.year_facts import NO_SESSION_OUTCOMES, ForumYearFacts
from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.models import ANNUAL_REPORT_RULE_NAME
from jukwaa.eligibility.self_check import CheckedCondition
from jukwaa.meetings.report import get_report_deadline
from jukwaa.meetings.time_formatting import build_meeting_time_lines, format_meeting_day
from jukwaa.proposals.call import ONE_MINUTE, CallDateKind, CallMilestone, CallPhase, get_call_phase
from jukwaa.proposals.call_labels import CALL_DATE_LABELS
from jukwaa.proposals.call_page import describe_call_deadline
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal

REPORT_RULE_NAMES = (ANNUAL_REPORT_RULE_NAME, "session-report")
COORDINATOR, CHAIR, RAPPORTEUR = Role.Kind.COORDINATOR, Role.Kind.CHAIR, Role.Kind.RAPPORTEUR
SCREENING_DATE_KINDS = (CallDateKind.SCREENING, CallDateKind.SCORES, CallDateKind.SYNTHESIS, CallDateKind.SELECTION)
CONFIRMATION_DATE_KINDS = (CallDateKind.CONFIRMATION, CallDateKind.FREEZE)
UNKNOWN_SESSION_REPORT_CONDITION = ("session-report", ConditionStatus.UNKNOWN)
STEP_STATUS_BY_CALL_PHASE = {CallPhase.UPCOMING: StepStatus.LATER, CallPhase.OPEN: StepStatus.OPEN}


def build_forum_year_steps(year_facts: ForumYearFacts) -> Iterator[ForumYearStep]:
    yield _build_call_step(year_facts)
    if reports := _build_previous_reports_step(year_facts):
        yield reports
    yield _build_proposal_step(year_facts)
    yield _build_screening_step(year_facts)
    yield _build_results_step(year_facts)
    yield _build_confirmation_step(year_facts)
    yield _build_session_step(year_facts)
    yield _build_session_report_step(year_facts)
    yield _build_annual_report_step(year_facts)


def _build_step_link(year_facts: ForumYearFacts, title: str | Promise, url_name: str, *args: object) -> EvidenceLink:
    return EvidenceLink(title, reverse(url_name, args=[year_facts.standing.coalition.slug, *args]))


def _find_call_milestones(year_facts: ForumYearFacts, *kinds: CallDateKind) -> list[CallMilestone]:
    return [each for each in year_facts.call.dates if each.kind in kinds] if year_facts.call else []


def _describe_call_milestones(year_facts: ForumYearFacts, *kinds: CallDateKind) -> tuple[str, ...]:
    return tuple(
        f"{CALL_DATE_LABELS[each.kind]}: {_describe_milestone_days(each)}"
        for each in _find_call_milestones(year_facts, *kinds)
    )


def _describe_milestone_days(milestone: CallMilestone) -> str:
    if milestone.last_day is None:
        return format_long_date(milestone.day)
    return _("%(first)s to %(last)s") % {
        "first": format_long_date(milestone.day),
        "last": format_long_date(milestone.last_day),
    }


def _format_step_day(step_time: datetime) -> str:
    return format_long_date(timezone.localtime(step_time).date())


def _have_call_milestones_passed(year_facts: ForumYearFacts, *kinds: CallDateKind) -> bool:
    days = [each.last_day or each.day for each in _find_call_milestones(year_facts, *kinds)]
    return bool(days) and max(days) < year_facts.today


def _has_deadline_passed(year_facts: ForumYearFacts) -> bool:
    """Whether the deadline of the call has passed wherever one lives."""
    deadline = year_facts.call.deadline if year_facts.call else None
    return deadline is not None and deadline.latest + ONE_MINUTE <= year_facts.now


def _build_call_step(year_facts: ForumYearFacts) -> ForumYearStep:
    call = year_facts.call
    who = year_facts.format_role_holders(COORDINATOR)
    if call is None:
        missing = _(
            "No call for proposals for this year or a later year has been added. Add the call when the forum"
            " publishes it."
        )
        link = _build_step_link(year_facts, _("Calls for proposals"), "proposals:call_list")
        return ForumYearStep(name="call", title=_("Call for proposals"), done=(missing,), links=(link,), who=who)
    phase = get_call_phase(call, year_facts.now)
    status = STEP_STATUS_BY_CALL_PHASE.get(phase, StepStatus.DONE)
    opens = (
        _("Opens on %(day)s") % {"day": format_long_date(call.opens_on)}
        if call.opens_on
        else _("Opening date not known")
    )
    if phase is CallPhase.OPEN and call.deadline is not None:
        opens = _("Open until %(day)s") % {"day": format_long_date(call.deadline.day)}
    link = _build_step_link(year_facts, call.title, "proposals:call_detail", call.name)
    return ForumYearStep(
        name="call", title=_("Call for proposals"), status=status, when=(opens,), links=(link,), who=who
    )


def _build_previous_reports_step(year_facts: ForumYearFacts) -> ForumYearStep | None:
    """The reports of the year before, which the forum asks for with the proposal, as the self-check has them."""
    if year_facts.self_check is None:
        return None
    found = [each for each in year_facts.self_check.conditions if each.result.rule.name in REPORT_RULE_NAMES]
    missing = _find_unmet_conditions(found)
    if not found:
        return None
    status = StepStatus.LATER if missing else StepStatus.DONE
    if missing and _has_deadline_passed(year_facts):
        is_known = any(each.status is not ConditionStatus.UNKNOWN for each in missing)
        status = StepStatus.MISSED if is_known else StepStatus.PASSED
    year = year_facts.today.year
    can_read = year_facts.standing.is_coordinator
    due = [each.answer.due_on for each in missing if each.answer and each.answer.due_on and not each.answer.is_done]
    when = (
        (_("Planned for %(day)s") % {"day": format_long_date(min(due))},)
        if due
        else (_("Due by the proposal deadline"),)
    )
    return ForumYearStep(
        name="reports-before",
        title=_("Reports for %(year)s") % {"year": year - 1},
        status=status,
        when=when if missing else (_("Submitted with the proposal"),),
        conditions=tuple(found),
        links=(_build_step_link(year_facts, _("Self-check"), "eligibility:check_year", year),) if can_read else (),
        who=_get_responsible_name(missing) or year_facts.format_role_holders(RAPPORTEUR, COORDINATOR),
    )


def _find_unmet_conditions(checked_conditions: list[CheckedCondition]) -> list[CheckedCondition]:
    """Return the conditions that keep the step open.

    A session report is asked for only if there was a session: once another report is there, one that is unknown
    since no session is recorded does not hold up the year.
    """
    missing = [each for each in checked_conditions if each.status is not ConditionStatus.MET]
    if len(missing) == len(checked_conditions):
        return missing
    return [each for each in missing if (each.result.rule.name, each.status) != UNKNOWN_SESSION_REPORT_CONDITION]


def _get_responsible_name(checked_conditions: list[CheckedCondition]) -> str:
    names = [
        each.responsible for each in checked_conditions if each.responsible and each.answer and not each.answer.is_done
    ]
    return next(iter(names), "")


def _build_proposal_step(year_facts: ForumYearFacts) -> ForumYearStep:
    call, proposal, submission = year_facts.call, year_facts.proposal, year_facts.submission
    status = StepStatus.LATER
    done: tuple[str, ...] = (_("No proposal has been started yet."),)
    links: list[EvidenceLink] = []
    if proposal is not None:
        shown = [proposal, *(each for each in _find_open_proposals(year_facts) if each is not proposal)]
        links += [_build_step_link(year_facts, each.title, "proposals:proposal_detail", each.pk) for each in shown]
        done = (_("A proposal is in progress."),)
    elif call is not None:
        links.append(_build_step_link(year_facts, _("Start a proposal"), "proposals:proposal_new", call.name))
    if submission is not None:
        status, done = StepStatus.DONE, (_("Submitted on %(day)s.") % {"day": _format_step_day(submission.at)},)
        if drafts := sum(not each.is_submitted for each in _find_open_proposals(year_facts)):
            done = (*done, _("Other proposals in progress: %(number)s.") % {"number": drafts})
    elif _has_deadline_passed(year_facts):
        status, done = StepStatus.MISSED, (*done, _("The deadline has passed."))
    return ForumYearStep(
        name="proposal",
        title=_("Proposal submitted"),
        status=status,
        when=_describe_report_deadline(year_facts),
        done=done,
        links=tuple(links),
        who=year_facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _find_open_proposals(year_facts: ForumYearFacts) -> list[Proposal]:
    """Return the proposals in this call that can still be submitted, or that can get a session or have one."""
    return [
        each
        for each in year_facts.own_proposals
        if (
            each.submission.outcome not in NO_SESSION_OUTCOMES
            if each.is_submitted
            else not _has_deadline_passed(year_facts)
        )
    ]


def _describe_report_deadline(year_facts: ForumYearFacts) -> tuple[str, ...]:
    """The deadline as it was printed, with its zone, and in the reader's time."""
    call = year_facts.call
    if call is None or call.deadline is None:
        return ()
    text = describe_call_deadline(call, call.deadline)
    printed = _("Deadline: %(deadline)s") % {"deadline": text.printed}
    if text.safe_until:
        return printed, _("To be safe, submit before %(time)s.") % {"time": text.safe_until}
    return printed, *(f"{line.label}: {line.text}" for line in text.lines[:1])


def _build_screening_step(year_facts: ForumYearFacts) -> ForumYearStep:
    status = StepStatus.LATER
    if year_facts.submission is not None and year_facts.submission.outcome:
        status = StepStatus.DONE
    elif year_facts.submission is None and _has_deadline_passed(year_facts):
        status = StepStatus.NOT_NEEDED
    elif _have_call_milestones_passed(year_facts, *SCREENING_DATE_KINDS):
        status = StepStatus.PASSED
    when = _describe_call_milestones(year_facts, *SCREENING_DATE_KINDS)
    who = _("The forum (no action needed from the coalition)")
    return ForumYearStep(name="screening", title=_("Screening by the forum"), status=status, when=when, who=who)


def _build_results_step(year_facts: ForumYearFacts) -> ForumYearStep:
    submission, status, done = year_facts.submission, StepStatus.LATER, ("",)
    links: list[EvidenceLink] = []
    if submission is None:
        status = StepStatus.NOT_NEEDED if _has_deadline_passed(year_facts) else StepStatus.LATER
    elif submission.outcome:
        status, done = StepStatus.DONE, (str(submission.get_outcome_display()),)
    else:
        done = (_("Record the outcome when the forum announces it."),)
        links.append(
            _build_step_link(year_facts, _("Record the outcome"), "proposals:proposal_outcome", submission.proposal_id)
        )
    return ForumYearStep(
        name="results",
        title=pgettext("of a call for proposals", "Results"),
        status=status,
        when=_describe_call_milestones(year_facts, CallDateKind.RESULTS),
        done=tuple(filter(None, done)),
        links=tuple(links),
        who=year_facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _build_confirmation_step(year_facts: ForumYearFacts) -> ForumYearStep:
    status = (
        StepStatus.PASSED if _have_call_milestones_passed(year_facts, CallDateKind.CONFIRMATION) else StepStatus.LATER
    )
    done: tuple[str, ...] = (
        _("Check that everyone in the proposal will take part, and inform the forum of any changes."),
    )
    links: list[EvidenceLink] = []
    proposals = _find_proposals_to_confirm(year_facts)
    unconfirmed = [each for each in proposals if each.confirmed_count < each.people_count]
    if unconfirmed:
        number = sum(each.people_count - each.confirmed_count for each in unconfirmed)
        done = (_("People who have not confirmed yet: %(number)s.") % {"number": number}, *done)
        if year_facts.standing.is_coordinator:
            title = _("People in this proposal")
            links = [_build_step_link(year_facts, title, "proposals:participant_list", each.pk) for each in unconfirmed]
    elif any(each.people_count for each in proposals):
        status, done = StepStatus.DONE, (_("Everyone listed in the proposal has confirmed that they will take part."),)
    if year_facts.session is not None and year_facts.session.is_held:
        status = StepStatus.DONE
    if _has_no_session(year_facts):
        status = StepStatus.NOT_NEEDED
    return ForumYearStep(
        name="confirmation",
        title=_("Speakers confirmed"),
        status=status,
        when=_describe_call_milestones(year_facts, *CONFIRMATION_DATE_KINDS),
        done=done,
        links=tuple(links),
        who=year_facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _find_proposals_to_confirm(year_facts: ForumYearFacts) -> list[Proposal]:
    """Return the proposals whose people have to confirm: those accepted, else those submitted, else the drafts."""
    found = _find_open_proposals(year_facts)
    submitted = [each for each in found if each.is_submitted]
    accepted = [each for each in submitted if each.submission.outcome in ACCEPTED_OUTCOMES]
    return accepted or submitted or found


def _has_no_session(year_facts: ForumYearFacts) -> bool:
    """The proposal was not accepted, or none was submitted; and no session is recorded."""
    if year_facts.session is not None:
        return False
    return (
        year_facts.submission.outcome in NO_SESSION_OUTCOMES
        if year_facts.submission
        else _has_deadline_passed(year_facts)
    )


def _build_session_step(year_facts: ForumYearFacts) -> ForumYearStep:
    session, who = year_facts.session, year_facts.format_role_holders(COORDINATOR, CHAIR)
    title = _("Session at the forum")
    if session is None:
        status = StepStatus.NOT_NEEDED if _has_no_session(year_facts) else StepStatus.LATER
        missing = _("No session has been recorded for %(year)s.") % {"year": year_facts.year}
        when = _describe_call_milestones(year_facts, CallDateKind.SESSION)
        links = (_build_step_link(year_facts, _("Meetings"), "meetings:meeting_list"),)
        return ForumYearStep(
            name="session", title=title, status=status, when=when, done=(missing,), links=links, who=who
        )
    lines = [format_time_line(line) for line in build_meeting_time_lines(session)[:1]] or [format_meeting_day(session)]
    status = StepStatus.DONE if session.is_held else StepStatus.LATER
    links = (_build_step_link(year_facts, session.title, "meetings:meeting_detail", session.pk),)
    return ForumYearStep(name="session", title=title, status=status, when=tuple(lines), links=links, who=who)


def _build_session_report_step(year_facts: ForumYearFacts) -> ForumYearStep:
    session, status, done = year_facts.session, StepStatus.LATER, _("The report has not been published yet.")
    when = _describe_call_milestones(year_facts, CallDateKind.REPORT)
    links: tuple[EvidenceLink, ...] = ()
    if session is None and _has_no_session(year_facts):
        status = StepStatus.NOT_NEEDED
    if session is not None:
        due = get_report_deadline(session)
        when = when or ((_("Due on %(day)s") % {"day": format_long_date(due)},) if due else ())
        links = (_build_step_link(year_facts, _("Session report"), "meetings:report_detail", session.pk),)
        report = getattr(session, "report", None)
        if report is not None and report.published_at is not None:
            status, done = StepStatus.DONE, _("Published on %(day)s.") % {"day": _format_step_day(report.published_at)}
    who = year_facts.format_role_holders(RAPPORTEUR, COORDINATOR)
    title = _("Session report")
    return ForumYearStep(
        name="session-report", title=title, status=status, when=when, done=(done,), links=links, who=who
    )


def _build_annual_report_step(year_facts: ForumYearFacts) -> ForumYearStep:
    report = year_facts.annual_report
    done = _("The report has not been started yet.") if report is None else _("The report has been started.")
    status = StepStatus.LATER
    links: tuple[EvidenceLink, ...] = ()
    if report is not None:
        links = (EvidenceLink(_("Annual report"), report.get_absolute_url()),)
        if report.sent_on is not None:
            status, done = StepStatus.DONE, _("The report has been submitted.")
    title = _("Annual report on %(year)s") % {"year": year_facts.year}
    when = (_("The forum asks for this report with next year's session proposal."),)
    who = year_facts.format_role_holders(RAPPORTEUR, COORDINATOR)
    return ForumYearStep(
        name="annual-report", title=title, status=status, when=when, done=(done,), links=links, who=who
    )
