"""Whether a meeting has the quorum that its coalition has set. It is shown, and never keeps anybody from anything.

Everybody who attended is counted, also at items under the Chatham House Rule: who they were is not shown.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Attendance, Meeting, Part, QuorumRule
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

REGIONS_NOT_COUNTED_FOR_QUORUM = (RegionalGroup.IGO, RegionalGroup.UNKNOWN)
GROUPS_NOT_COUNTED_FOR_QUORUM = (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
QUORUM_CRITERION_LABELS = {
    "members": _("Members"),
    "organisations": _("Member organisations"),
    "regions": _("Regions"),
    "stakeholder_groups": _("Stakeholder groups"),
}


@dataclass(frozen=True)
class QuorumCriterion:
    label: str | Promise
    wanted: int
    present: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.wanted


@dataclass(frozen=True)
class MeetingQuorum:
    criteria: list[QuorumCriterion]
    shows_numbers: bool

    @property
    def is_met(self) -> bool:
        return all(criterion.is_met for criterion in self.criteria)


def get_quorum_rule(coalition: Coalition) -> QuorumRule:
    """Return the rule of a coalition, or one that asks for nothing."""
    return QuorumRule.objects.filter(coalition=coalition).first() or QuorumRule(coalition=coalition)


def get_meeting_quorum(
    meeting: Meeting, quorum_rule: QuorumRule | None, agenda_items: Iterable[Part], viewer_standing: Standing
) -> MeetingQuorum | None:
    """Return the quorum of a meeting for this reader; None if there is none, or it is not for them.

    With an item under the Chatham House Rule, members read whether it is met, and only those who keep the minutes read
    the numbers. Others see the quorum of a meeting whose attendance they see.
    """
    if quorum_rule is None or not quorum_rule.is_set:
        return None
    has_chatham = any(part.chatham for part in agenda_items)
    if has_chatham and not viewer_standing.is_inside:
        return None
    return MeetingQuorum(
        evaluate_quorum_criteria(meeting, quorum_rule), shows_numbers=viewer_standing.is_rapporteur or not has_chatham
    )


def evaluate_quorum_criteria(meeting: Meeting, quorum_rule: QuorumRule) -> list[QuorumCriterion]:
    """Members alone count: organisations and people with a seat on the day of the meeting. Groups are nobody."""
    rows = Attendance.objects.filter(meeting=meeting, is_group=False).select_related("capacity")
    seats = set(_find_memberships_on_meeting_day(meeting).values_list("organisation", "person"))
    organisations, people = {seat[0] for seat in seats} - {None}, {seat[1] for seat in seats} - {None}
    present = [row.capacity for row in rows]
    present = [each for each in present if each.organisation_id in organisations or each.person_id in people]
    counted: dict[str, Collection[object]] = {
        "members": {each.organisation_id or f"person {each.person_id}" for each in present},
        "organisations": {each.organisation_id for each in present if each.organisation_id in organisations},
        "regions": {each.regional_group for each in present} - set(REGIONS_NOT_COUNTED_FOR_QUORUM),
        "stakeholder_groups": {each.stakeholder_group for each in present} - set(GROUPS_NOT_COUNTED_FOR_QUORUM),
    }
    wanted = {name: getattr(quorum_rule, name) for name in quorum_rule.FIELDS if getattr(quorum_rule, name)}
    return [
        QuorumCriterion(QUORUM_CRITERION_LABELS[name], number, len(counted[name])) for name, number in wanted.items()
    ]


def _find_memberships_on_meeting_day(meeting: Meeting) -> QuerySet[Membership]:
    return Membership.objects.active(meeting.starts_on).filter(coalition=meeting.coalition)
