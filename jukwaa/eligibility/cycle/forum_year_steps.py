"""The steps of the forum's year, from the call to the annual report."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.eligibility.checks import Status as ConditionStatus
from jukwaa.eligibility.cycle.annual_reports import find_annual_report
from jukwaa.eligibility.cycle.steps import Status, Step, format_time_line
from jukwaa.eligibility.cycle.year_facts import NO_SESSION_OUTCOMES, ForumYearFacts
from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.models import ANNUAL_REPORT_RULE
from jukwaa.eligibility.self_check import CheckedCondition
from jukwaa.meetings.report import get_report_deadline
from jukwaa.meetings.time_formatting import format_meeting_day, get_time_lines
from jukwaa.proposals.call import ONE_MINUTE, CallPhase, DateKind, Milestone, get_call_phase
from jukwaa.proposals.call_labels import DATE_LABELS
from jukwaa.proposals.call_page import describe_call_deadline
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal

REPORT_RULES = (ANNUAL_REPORT_RULE, "session-report")
COORDINATOR, CHAIR, RAPPORTEUR = Role.Kind.COORDINATOR, Role.Kind.CHAIR, Role.Kind.RAPPORTEUR
SCREENING_DATES = (DateKind.SCREENING, DateKind.SCORES, DateKind.SYNTHESIS, DateKind.SELECTION)
CONFIRMATION_DATES = (DateKind.CONFIRMATION, DateKind.FREEZE)
UNKNOWN_SESSION_REPORT = ("session-report", ConditionStatus.UNKNOWN)
CALL_STATUSES = {CallPhase.UPCOMING: Status.LATER, CallPhase.OPEN: Status.OPEN}


def build_forum_year_steps(facts: ForumYearFacts) -> Iterator[Step]:
    yield _build_call_step(facts)
    if reports := _build_previous_reports_step(facts):
        yield reports
    yield _build_proposal_step(facts)
    yield _build_screening_step(facts)
    yield _build_results_step(facts)
    yield _build_confirmation_step(facts)
    yield _build_session_step(facts)
    yield _build_session_report_step(facts)
    yield _build_annual_report_step(facts)


def _build_step_link(facts: ForumYearFacts, title: str | Promise, name: str, *args: object) -> EvidenceLink:
    return EvidenceLink(title, reverse(name, args=[facts.standing.coalition.slug, *args]))


def _find_step_dates(facts: ForumYearFacts, *kinds: DateKind) -> list[Milestone]:
    return [each for each in facts.call.dates if each.kind in kinds] if facts.call else []


def _describe_step_dates(facts: ForumYearFacts, *kinds: DateKind) -> tuple[str, ...]:
    return tuple(
        f"{DATE_LABELS[each.kind]}: {_describe_milestone_days(each)}" for each in _find_step_dates(facts, *kinds)
    )


def _describe_milestone_days(each: Milestone) -> str:
    if each.last_day is None:
        return format_long_date(each.day)
    return _("%(first)s to %(last)s") % {"first": format_long_date(each.day), "last": format_long_date(each.last_day)}


def _format_step_day(at: datetime) -> str:
    return format_long_date(timezone.localtime(at).date())


def _have_dates_passed(facts: ForumYearFacts, *kinds: DateKind) -> bool:
    days = [each.last_day or each.day for each in _find_step_dates(facts, *kinds)]
    return bool(days) and max(days) < facts.today


def _has_deadline_passed(facts: ForumYearFacts) -> bool:
    """Whether the deadline of the call has passed wherever one lives."""
    deadline = facts.call.deadline if facts.call else None
    return deadline is not None and deadline.latest + ONE_MINUTE <= facts.now


def _build_call_step(facts: ForumYearFacts) -> Step:
    call = facts.call
    who = facts.format_role_holders(COORDINATOR)
    if call is None:
        missing = _(
            "No call for proposals for this year or a later year has been added. Add the call when the forum"
            " publishes it."
        )
        link = _build_step_link(facts, _("Calls for proposals"), "proposals:call_list")
        return Step(name="call", title=_("Call for proposals"), done=(missing,), links=(link,), who=who)
    phase = get_call_phase(call, facts.now)
    status = CALL_STATUSES.get(phase, Status.DONE)
    opens = (
        _("Opens on %(day)s") % {"day": format_long_date(call.opens_on)}
        if call.opens_on
        else _("Opening date not known")
    )
    if phase is CallPhase.OPEN and call.deadline is not None:
        opens = _("Open until %(day)s") % {"day": format_long_date(call.deadline.day)}
    link = _build_step_link(facts, call.title, "proposals:call_detail", call.name)
    return Step(name="call", title=_("Call for proposals"), status=status, when=(opens,), links=(link,), who=who)


def _build_previous_reports_step(facts: ForumYearFacts) -> Step | None:
    """The reports of the year before, which the forum asks for with the proposal, as the self-check has them."""
    if facts.check is None:
        return None
    found = [each for each in facts.check.conditions if each.result.rule.name in REPORT_RULES]
    missing = _find_unmet_conditions(found)
    if not found:
        return None
    status = Status.LATER if missing else Status.DONE
    if missing and _has_deadline_passed(facts):
        is_known = any(each.status is not ConditionStatus.UNKNOWN for each in missing)
        status = Status.MISSED if is_known else Status.PASSED
    year = facts.today.year
    can_read = facts.standing.is_coordinator
    due = [each.answer.due_on for each in missing if each.answer and each.answer.due_on and not each.answer.is_done]
    when = (
        (_("Planned for %(day)s") % {"day": format_long_date(min(due))},)
        if due
        else (_("Due by the deadline of the proposal"),)
    )
    return Step(
        name="reports-before",
        title=_("Reports for %(year)s") % {"year": year - 1},
        status=status,
        when=when if missing else (_("Submitted with the proposal"),),
        conditions=tuple(found),
        links=(_build_step_link(facts, _("Self-check"), "eligibility:check_year", year),) if can_read else (),
        who=_get_responsible_name(missing) or facts.format_role_holders(RAPPORTEUR, COORDINATOR),
    )


def _find_unmet_conditions(conditions: list[CheckedCondition]) -> list[CheckedCondition]:
    """Return the conditions that keep the step open.

    A session report is asked for only if there was a session: once another report is there, one that is unknown
    since no session is recorded does not hold up the year.
    """
    missing = [each for each in conditions if each.status is not ConditionStatus.MET]
    if len(missing) == len(conditions):
        return missing
    return [each for each in missing if (each.result.rule.name, each.status) != UNKNOWN_SESSION_REPORT]


def _get_responsible_name(conditions: list[CheckedCondition]) -> str:
    names = [each.responsible for each in conditions if each.responsible and each.answer and not each.answer.is_done]
    return next(iter(names), "")


def _build_proposal_step(facts: ForumYearFacts) -> Step:
    call, proposal, submission = facts.call, facts.proposal, facts.submission
    status = Status.LATER
    done: tuple[str, ...] = (_("No proposal has been started."),)
    links: list[EvidenceLink] = []
    if proposal is not None:
        shown = [proposal, *(each for each in _find_open_proposals(facts) if each is not proposal)]
        links += [_build_step_link(facts, each.title, "proposals:proposal_detail", each.pk) for each in shown]
        done = (_("A proposal is in progress."),)
    elif call is not None:
        links.append(_build_step_link(facts, _("Start a proposal"), "proposals:proposal_new", call.name))
    if submission is not None:
        status, done = Status.DONE, (_("Submitted on %(day)s.") % {"day": _format_step_day(submission.at)},)
        if drafts := sum(not each.is_submitted for each in _find_open_proposals(facts)):
            done = (*done, _("Other proposals in progress: %(number)s.") % {"number": drafts})
    elif _has_deadline_passed(facts):
        status, done = Status.MISSED, (*done, _("The deadline has passed."))
    return Step(
        name="proposal",
        title=_("Proposal submitted"),
        status=status,
        when=_describe_report_deadline(facts),
        done=done,
        links=tuple(links),
        who=facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _find_open_proposals(facts: ForumYearFacts) -> list[Proposal]:
    """Return the proposals in this call that can still be submitted, or that can get a session or have one."""
    return [
        each
        for each in facts.own
        if (
            each.submission.outcome not in NO_SESSION_OUTCOMES if each.is_submitted else not _has_deadline_passed(facts)
        )
    ]


def _describe_report_deadline(facts: ForumYearFacts) -> tuple[str, ...]:
    """The deadline as it was printed, with its zone, and in the reader's time."""
    call = facts.call
    if call is None or call.deadline is None:
        return ()
    text = describe_call_deadline(call, call.deadline)
    printed = _("Deadline: %(deadline)s") % {"deadline": text.printed}
    if text.safe_until:
        return printed, _("To be safe, submit before %(time)s.") % {"time": text.safe_until}
    return printed, *(f"{line.label}: {line.text}" for line in text.lines[:1])


def _build_screening_step(facts: ForumYearFacts) -> Step:
    status = Status.LATER
    if facts.submission is not None and facts.submission.outcome:
        status = Status.DONE
    elif facts.submission is None and _has_deadline_passed(facts):
        status = Status.NOT_NEEDED
    elif _have_dates_passed(facts, *SCREENING_DATES):
        status = Status.PASSED
    when = _describe_step_dates(facts, *SCREENING_DATES)
    who = _("The forum (no action needed from the coalition)")
    return Step(name="screening", title=_("Screening by the forum"), status=status, when=when, who=who)


def _build_results_step(facts: ForumYearFacts) -> Step:
    submission, status, done = facts.submission, Status.LATER, ("",)
    links: list[EvidenceLink] = []
    if submission is None:
        status = Status.NOT_NEEDED if _has_deadline_passed(facts) else Status.LATER
    elif submission.outcome:
        status, done = Status.DONE, (str(submission.get_outcome_display()),)
    else:
        done = (_("Record the outcome when the forum announces it."),)
        links.append(
            _build_step_link(facts, _("Record the outcome"), "proposals:proposal_outcome", submission.proposal_id)
        )
    return Step(
        name="results",
        title=_("Results"),
        status=status,
        when=_describe_step_dates(facts, DateKind.RESULTS),
        done=tuple(filter(None, done)),
        links=tuple(links),
        who=facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _build_confirmation_step(facts: ForumYearFacts) -> Step:
    status = Status.PASSED if _have_dates_passed(facts, DateKind.CONFIRMATION) else Status.LATER
    done: tuple[str, ...] = (
        _("Check that everyone in the proposal will take part, and inform the forum of any changes."),
    )
    links: list[EvidenceLink] = []
    proposals = _find_proposals_for_session(facts)
    unconfirmed = [each for each in proposals if each.confirmed_count < each.people_count]
    if unconfirmed:
        number = sum(each.people_count - each.confirmed_count for each in unconfirmed)
        done = (_("People who have not confirmed yet: %(number)s.") % {"number": number}, *done)
        if facts.standing.is_coordinator:
            title = _("People in this proposal")
            links = [_build_step_link(facts, title, "proposals:participant_list", each.pk) for each in unconfirmed]
    elif any(each.people_count for each in proposals):
        status, done = Status.DONE, (_("Everyone listed in the proposal has confirmed that they will take part."),)
    if facts.session is not None and facts.session.is_held:
        status = Status.DONE
    if _has_no_session(facts):
        status = Status.NOT_NEEDED
    return Step(
        name="confirmation",
        title=_("Speakers confirmed"),
        status=status,
        when=_describe_step_dates(facts, *CONFIRMATION_DATES),
        done=done,
        links=tuple(links),
        who=facts.format_role_holders(COORDINATOR, CHAIR),
    )


def _find_proposals_for_session(facts: ForumYearFacts) -> list[Proposal]:
    """Return the proposals whose people have to confirm: those accepted, else those submitted, else the drafts."""
    found = _find_open_proposals(facts)
    submitted = [each for each in found if each.is_submitted]
    accepted = [each for each in submitted if each.submission.outcome in ACCEPTED_OUTCOMES]
    return accepted or submitted or found


def _has_no_session(facts: ForumYearFacts) -> bool:
    """The proposal was not accepted, or none was submitted; and no session is recorded."""
    if facts.session is not None:
        return False
    return facts.submission.outcome in NO_SESSION_OUTCOMES if facts.submission else _has_deadline_passed(facts)


def _build_session_step(facts: ForumYearFacts) -> Step:
    session, who = facts.session, facts.format_role_holders(COORDINATOR, CHAIR)
    title = _("Session at the forum")
    if session is None:
        status = Status.NOT_NEEDED if _has_no_session(facts) else Status.LATER
        missing = _("No session has been recorded for %(year)s.") % {"year": facts.year}
        when = _describe_step_dates(facts, DateKind.SESSION)
        links = (_build_step_link(facts, _("Meetings"), "meetings:meeting_list"),)
        return Step(name="session", title=title, status=status, when=when, done=(missing,), links=links, who=who)
    lines = [format_time_line(line) for line in get_time_lines(session)[:1]] or [format_meeting_day(session)]
    status = Status.DONE if session.is_held else Status.LATER
    links = (_build_step_link(facts, session.title, "meetings:meeting_detail", session.pk),)
    return Step(name="session", title=title, status=status, when=tuple(lines), links=links, who=who)


def _build_session_report_step(facts: ForumYearFacts) -> Step:
    session, status, done = facts.session, Status.LATER, _("The report has not been published.")
    when = _describe_step_dates(facts, DateKind.REPORT)
    links: tuple[EvidenceLink, ...] = ()
    if session is None and _has_no_session(facts):
        status = Status.NOT_NEEDED
    if session is not None:
        due = get_report_deadline(session)
        when = when or ((_("Due on %(day)s") % {"day": format_long_date(due)},) if due else ())
        links = (_build_step_link(facts, _("Session report"), "meetings:report_detail", session.pk),)
        report = getattr(session, "report", None)
        if report is not None and report.published_at is not None:
            status, done = Status.DONE, _("Published on %(day)s.") % {"day": _format_step_day(report.published_at)}
    who = facts.format_role_holders(RAPPORTEUR, COORDINATOR)
    title = _("Session report")
    return Step(name="session-report", title=title, status=status, when=when, done=(done,), links=links, who=who)


def _build_annual_report_step(facts: ForumYearFacts) -> Step:
    found = find_annual_report(facts.standing.coalition, facts.year)
    done = _("The report has not been started.") if found is None else _("The report has been started.")
    status = Status.LATER
    links: tuple[EvidenceLink, ...] = ()
    if found is not None:
        links = (EvidenceLink(_("Annual report"), found.url),)
        if found.is_sent:
            status, done = Status.DONE, _("The report has been submitted.")
    title = _("Annual report on %(year)s") % {"year": facts.year}
    when = (_("The forum asks for this report with next year's session proposal."),)
    who = facts.format_role_holders(RAPPORTEUR, COORDINATOR)
    return Step(name="annual-report", title=title, status=status, when=when, done=(done,), links=links, who=who)
