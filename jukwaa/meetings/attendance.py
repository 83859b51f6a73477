"""Who attended a meeting, and how many where the public list names nobody: small groups are merged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import MIN_SHOWN_PEOPLE_COUNT, format_people_count
from jukwaa.core.list_formatting import join_with_separator
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
    people = _find_people(rows)
    rows = rows.annotate(
        present_count=_count_people(people),
        room_count=_count_people(people.filter(mode=Attendance.Mode.ROOM)),
        online_count=_count_people(people.filter(mode=Attendance.Mode.ONLINE)),
    )
    sent_apologies = Case(When(came_as=Attendance.As.APOLOGIES, then=1), default=0)
    return rows.order_by(sent_apologies, "-is_chair", "pk").select_related(
        "part", "capacity__organisation", "capacity__person"
    )


def _find_people(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Those who attended, without organisations of which a person is listed too."""
    present = rows.exclude(came_as=Attendance.As.APOLOGIES).filter(is_group=False)
    is_person = Q(capacity__person__isnull=False) | ~Q(capacity__name=F("capacity__organisation__name"))
    is_person |= Q(capacity__organisation=None)
    represented = present.filter(is_person, capacity__organisation__isnull=False).values("capacity__organisation")
    return present.filter(is_person | ~Q(capacity__organisation__in=represented))


def _count_people(people: QuerySet[Attendance]) -> Subquery:
    """How many they are: a person is listed in each part that they attended."""
    person = Concat(Value("#"), "capacity__person", output_field=CharField())
    key = Case(When(capacity__person=None, then="capacity__name"), default=person, output_field=CharField())
    counted = people.order_by().values("meeting").annotate(people_count=Count(key, distinct=True))
    return Subquery(counted.values("people_count"))


def describe_attendance_modes(attendee_count: int, *, room: int, online: int) -> str:
    """Return how many attended in the room and online; nothing where this is known of nobody."""
    if not room and not online:
        return ""
    unknown = max(0, attendee_count - room - online)  # the same person may have attended both ways
    parts = [
        _("%(n)s in the room") % {"n": room} if room else "",
        _("%(n)s online") % {"n": online} if online else "",
        _("%(n)s not stated") % {"n": unknown} if unknown else "",
    ]
    # Translators: for example "17 people attended: 8 in the room, 9 online."
    sentence = ngettext("%(n)s person attended: %(parts)s.", "%(n)s people attended: %(parts)s.", attendee_count)
    return sentence % {"n": attendee_count, "parts": join_with_separator(filter(None, parts))}


def describe_modes_of_rows(attendance_rows: Sequence[Attendance]) -> str:
    """Return the sentence for rows of `find_meeting_attendances`, each of which has the counts of all."""
    if not attendance_rows:
        return ""
    counts: Any = attendance_rows[0]  # annotated
    return describe_attendance_modes(
        counts.present_count or 0, room=counts.room_count or 0, online=counts.online_count or 0
    )


def describe_modes_of_present(present_rows: Sequence[Attendance]) -> str:
    """Return the same sentence for rows of all who attended."""
    rows = [(row, row.capacity) for row in present_rows if not row.is_group]
    is_person = {row.pk: not who.organisation or who.name != who.organisation.name for row, who in rows}
    represented = {who.organisation_id for row, who in rows if is_person[row.pk]}
    people = {
        (row.mode, who.person_id or who.name)
        for row, who in rows
        if is_person[row.pk] or who.organisation_id not in represented
    }
    counts = Counter(mode for mode, _key in people)
    number = len({key for _mode, key in people})
    return describe_attendance_modes(number, room=counts[Attendance.Mode.ROOM], online=counts[Attendance.Mode.ONLINE])


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
