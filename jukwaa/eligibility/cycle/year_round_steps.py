"""What goes on all year: coordination meetings, and the self-check of the listing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.eligibility.checks import Status as ConditionStatus
from jukwaa.eligibility.cycle.steps import Status, Step, format_time_line
from jukwaa.eligibility.cycle.year_facts import ForumYearFacts
from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.models import CoordinationMeeting
from jukwaa.eligibility.policies import can_represent_at_forum
from jukwaa.eligibility.self_check import SelfCheck
from jukwaa.meetings.time_formatting import get_time_lines

AT_RISK_STATUSES = (ConditionStatus.AT_RISK, ConditionStatus.MISSED)


def build_year_round_steps(facts: ForumYearFacts) -> Iterator[Step]:
    yield _build_coordination_step(facts)
    if facts.check is not None:
        yield _build_listing_step(facts, facts.check)


def _build_coordination_step(facts: ForumYearFacts) -> Step:
    """The next meeting; how many of this year were attended; how many wait to be logged."""
    meetings, coalition = facts.coordination, facts.standing.coalition
    over = [each for each in meetings if each.is_over and each.starts_at <= facts.now]
    attended = sum(each.attended == each.Attended.YES for each in over)
    unlogged = sum(not each.attended for each in over)
    coming = next((each for each in meetings if not each.is_over), None)
    done = [_("Meetings this year: %(total)s. Attended: %(number)s.") % {"total": len(over), "number": attended}]
    if unlogged:
        done.append(_("Meetings without logged attendance: %(number)s.") % {"number": unlogged})
    link = EvidenceLink(_("Coordination meetings"), reverse("eligibility:coordination_list", args=[coalition.slug]))
    return Step(
        name="coordination",
        title=_("Coordination meetings of the forum"),
        status=Status.TO_DO if unlogged else Status.LATER,
        when=(_describe_next_meeting(coming),),
        done=tuple(done),
        links=(link,) if can_represent_at_forum(facts.standing, coalition) else (),
        who=facts.format_role_holders(Role.Kind.REPRESENTATIVE),
    )


def _describe_next_meeting(meeting: CoordinationMeeting | None) -> str:
    lines = get_time_lines(meeting) if meeting else []
    if not lines:
        return _("No upcoming meeting has been added.")
    return _("Next meeting: %(time)s") % {"time": format_time_line(lines[0])}


def _build_listing_step(facts: ForumYearFacts, check: SelfCheck) -> Step:
    """How many conditions have each status, and the next step of the self-check: only coordinators see them."""
    title, who = _("Conditions to stay listed"), facts.format_role_holders(Role.Kind.COORDINATOR)
    if not facts.standing.is_coordinator:
        hidden = _("Only coordinators can see the self-check.")
        return Step(name="listing", title=title, when=(_("All year"),), done=(hidden,), who=who)
    slug, year = facts.standing.coalition.slug, facts.today.year
    open_steps = [each.answer for each in check.conditions if each.answer and each.has_open_step]
    first = min(open_steps, key=lambda answer: (answer.due_on is None, answer.due_on), default=None)
    condition = next((each for each in check.conditions if each.answer is first), None) if first else None
    at_risk = any(each.status in AT_RISK_STATUSES for each in check.binding)
    done = [" ".join(f"{label}: {number}." for label, _look, number in check.counts)]
    if first is not None:
        done.append(_("Next step: %(step)s") % {"step": first.step})
    link = EvidenceLink(_("Self-check"), reverse("eligibility:check_year", args=[slug, year]))
    return Step(
        name="listing",
        title=title,
        status=Status.TO_DO if at_risk or first else Status.LATER,
        when=(_("Due on %(day)s") % {"day": format_long_date(first.due_on)},)
        if first and first.due_on
        else (_("All year"),),
        done=tuple(done),
        links=(link,),
        who=condition.responsible if condition else who,
    )
