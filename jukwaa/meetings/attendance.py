"""Who attended a meeting, and how many where the public list names nobody: small groups are merged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import MIN_SHOWN_PEOPLE_COUNT, format_people_count
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.places.regions import StakeholderGroup


@dataclass(frozen=True)
class AttendanceCounts:
    """`groups` are stakeholder groups, the largest first. None of them is smaller than `FEW`."""

    number: int
    groups: list[tuple[str, int]]

    def __bool__(self) -> bool:
        """Whether anybody attended: apologies alone are no attendance."""
        return self.number > 0

    @property
    def total_text(self) -> str:
        return format_people_count(self.number)


def find_meeting_attendances(meeting: Meeting, *, includes_chatham_house_rule: bool) -> QuerySet[Attendance]:
    """Return who came, then who sent apologies; under the Chatham House Rule only for those who keep the minutes."""
    rows = Attendance.with_apologies.filter(meeting=meeting).without_minors()
    rows = rows if includes_chatham_house_rule else rows.named_in_public()
    sent_apologies = Case(When(came_as=Attendance.As.APOLOGIES, then=1), default=0)
    return rows.order_by(sent_apologies, "-is_chair", "pk").select_related(
        "part", "capacity__organisation", "capacity__person"
    )


def count_meeting_attendance(meeting: Meeting) -> AttendanceCounts:
    """Count the people recorded at a meeting, without groups of unknown size."""
    rows = Attendance.objects.filter(meeting=meeting, is_group=False)
    counts = Counter(rows.values_list("capacity__stakeholder_group", flat=True))
    labels = {str(StakeholderGroup(value).label): number for value, number in counts.items()}
    return AttendanceCounts(counts.total(), merge_small_group_counts(labels, str(_("Other groups"))))


def merge_small_group_counts(
    counts_by_group: Mapping[str, int], other_label: str, min_group_count: int = MIN_SHOWN_PEOPLE_COUNT
) -> list[tuple[str, int]]:
    """Return the counts, the largest first, with those below `min_group_count` added up at the end under `other_label`.

    If these are still too few, larger groups join them: otherwise the total would give them away. Nothing is returned
    where the total itself is below `min_group_count`.
    """
    ordered = sorted(counts_by_group.items(), key=lambda row: (-row[1], row[0]))
    merged: list[tuple[str, int]] = []
    while ordered and (
        ordered[-1][1] < min_group_count or 0 < sum(number for _name, number in merged) < min_group_count
    ):
        merged.append(ordered.pop())
    number = sum(number for _name, number in merged)
    if 0 < number < min_group_count:
        return []
    return [*ordered, (other_label, number)] if number else ordered
