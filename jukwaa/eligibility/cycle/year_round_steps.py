"""What goes on all year: coordination meetings, and the self-check of the listing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.eligibility.checks import ConditionStatus
from jukwaa.eligibility.cycle.steps import ForumYearStep, StepStatus, format_time_line
from jukwaa.eligibility.cycle.year_facts import ForumYearFacts
from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.models import CoordinationMeeting
from jukwaa.eligibility.policies import can_represent_at_forum
from jukwaa.eligibility.self_check import SelfCheck
from jukwaa.meetings.time_formatting import build_meeting_time_lines

AT_RISK_STATUSES = (ConditionStatus.AT_RISK, ConditionStatus.MISSED)


def build_year_round_steps(year_facts: ForumYearFacts) -> Iterator[ForumYearStep]:
    yield _build_coordination_step(year_facts)
    if year_facts.self_check is not None:
        yield _build_self_check_step(year_facts, year_facts.self_check)


def _build_coordination_step(year_facts: ForumYearFacts) -> ForumYearStep:
    """The next meeting; how many of this year were attended; how many wait to be logged."""
    meetings, coalition = year_facts.coordination_meetings, year_facts.standing.coalition
    over = [each for each in meetings if each.is_over and each.starts_at <= year_facts.now]
    attended = sum(each.attended == each.Attended.YES for each in over)
    unlogged = sum(not each.attended for each in over)
    coming = next((each for each in meetings if not each.is_over), None)
    done = [_("Meetings this year: %(total)s. Attended: %(number)s.") % {"total": len(over), "number": attended}]
    if unlogged:
        done.append(_("Meetings without recorded attendance: %(number)s.") % {"number": unlogged})
    link = EvidenceLink(_("Coordination meetings"), reverse("eligibility:coordination_list", args=[coalition.slug]))
    return ForumYearStep(
        name="coordination",
        title=_("Coordination meetings of the forum"),
        status=StepStatus.TO_DO if unlogged else StepStatus.LATER,
        when=(_describe_next_meeting(coming),),
        done=tuple(done),
        links=(link,) if can_represent_at_forum(year_facts.standing, coalition) else (),
        who=year_facts.format_role_holders(Role.Kind.REPRESENTATIVE),
    )


def _describe_next_meeting(meeting: CoordinationMeeting | None) -> str:
    lines = build_meeting_time_lines(meeting) if meeting else []
    if not lines:
        return _("No upcoming meetings have been added yet.")
    return _("Next meeting: %(time)s") % {"time": format_time_line(lines[0])}


def _build_self_check_step(year_facts: ForumYearFacts, self_check: SelfCheck) -> ForumYearStep:
    """How many conditions have each status, and the next step of the self-check: only coordinators see them."""
    title, who = _("Conditions for staying listed"), year_facts.format_role_holders(Role.Kind.COORDINATOR)
    if not year_facts.standing.is_coordinator:
        hidden = _("Only coordinators can see the self-check.")
        return ForumYearStep(name="listing", title=title, when=(_("All year"),), done=(hidden,), who=who)
    slug, year = year_facts.standing.coalition.slug, year_facts.today.year
    open_steps = [each.answer for each in self_check.conditions if each.answer and each.has_open_step]
    first = min(open_steps, key=lambda answer: (answer.due_on is None, answer.due_on), default=None)
    condition = next((each for each in self_check.conditions if each.answer is first), None) if first else None
    at_risk = any(each.status in AT_RISK_STATUSES for each in self_check.binding_conditions)
    done = [" ".join(f"{label}: {number}." for label, _look, number in self_check.status_counts)]
    if first is not None:
        done.append(_("Next step: %(step)s") % {"step": first.step})
    link = EvidenceLink(_("Self-check"), reverse("eligibility:check_year", args=[slug, year]))
    return ForumYearStep(
        name="listing",
        title=title,
        status=StepStatus.TO_DO if at_risk or first else StepStatus.LATER,
        when=(_("Due on %(day)s") % {"day": format_long_date(first.due_on)},)
        if first and first.due_on
        else (_("All year"),),
        done=tuple(done),
        links=(link,),
        who=condition.responsible if condition else who,
    )
