"""Who attended a meeting, and how many where the public list names nobody: small groups are merged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import MIN_SHOWN_COUNT, format_people_count
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.places.regions import StakeholderGroup


@dataclass(frozen=True)
class AttendanceCounts:
    """`groups` are stakeholder groups, the largest first. None of them is smaller than `FEW`."""

    number: int
    groups: list[tuple[str, int]]

    @property
    def total(self) -> str:
        return format_people_count(self.number)


def find_meeting_attendances(meeting: Meeting, *, under_the_rule_too: bool) -> QuerySet[Attendance]:
    """Return who came; under the Chatham House Rule only for those who keep the minutes."""
    rows = Attendance.objects.filter(meeting=meeting).without_minors()
    rows = rows if under_the_rule_too else rows.named_in_public()
    return rows.select_related("part", "capacity__organisation", "capacity__person")


def count_meeting_attendance(meeting: Meeting) -> AttendanceCounts:
    """Count the people recorded at a meeting, without groups of unknown size."""
    rows = Attendance.objects.filter(meeting=meeting, is_group=False)
    counts = Counter(rows.values_list("capacity__stakeholder_group", flat=True))
    labels = {str(StakeholderGroup(value).label): number for value, number in counts.items()}
    return AttendanceCounts(counts.total(), merge_small_groups(labels, str(_("Other groups"))))


def merge_small_groups(counts: Mapping[str, int], other: str, smallest: int = MIN_SHOWN_COUNT) -> list[tuple[str, int]]:
    """Return the counts, the largest first, with those below `smallest` added up at the end under the name `other`.

    If these are still too few, larger groups join them: otherwise the total would give them away. Nothing is returned
    where the total itself is below `smallest`.
    """
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    merged: list[tuple[str, int]] = []
    while ordered and (ordered[-1][1] < smallest or 0 < sum(number for _name, number in merged) < smallest):
        merged.append(ordered.pop())
    number = sum(number for _name, number in merged)
    if 0 < number < smallest:
        return []
    return [*ordered, (other, number)] if number else ordered
