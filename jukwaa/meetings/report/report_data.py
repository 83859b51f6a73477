"""What a report is made of, read in a fixed number of queries, however long the minutes are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.meetings.attendance import AttendanceCounts, count_meeting_attendance
from jukwaa.meetings.models import Attendance, Dissent, Entry, Erratum, Meeting, Minutes, Part
from jukwaa.records.models import State


@dataclass(frozen=True)
class AttendanceFigures:
    """Numbers of those who attended, the largest first."""

    title: str
    rows: list[tuple[str, int]]


def _count_repeated_names(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(map(str, names)).items(), key=lambda row: (-row[1], row[0]))


REPORTABLE_STATES = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)


@dataclass
class ReportData:
    """The parts of a meeting's record that its report may tell: what is withdrawn or held is not among them."""

    meeting: Meeting

    @cached_property
    def written_names(self) -> WrittenNames:
        return WrittenNames(self.meeting.coalition_id)

    @cached_property
    def attendances(self) -> list[Attendance]:
        """Who came; nobody of a meeting that was held under the Chatham House Rule, even in part."""
        rows = Attendance.objects.filter(meeting=self.meeting).named_in_public().without_minors()
        return list(rows.select_related("capacity__organisation", "capacity__person"))

    @cached_property
    def parts(self) -> list[Part]:
        return list(Part.objects.filter(meeting=self.meeting))

    @cached_property
    def entries(self) -> list[Entry]:
        """With their speakers; those of a stricter label than the meeting's stay out."""
        states = (State.PUBLISHED,) if self.meeting.state == State.PUBLISHED else REPORTABLE_STATES
        told = Entry.objects.filter(meeting=self.meeting, state__in=states, label=self.meeting.label)
        speakers = Prefetch("speakers", Capacity.objects.select_related("organisation", "person").order_by("pk"))
        return list(
            told.select_related(
                "part", "commitment__owner__organisation", "commitment__owner__person"
            ).prefetch_related(speakers)
        )

    @property
    def unconfirmed_commitments(self) -> list[Entry]:
        """Those whose owner has not confirmed them: the report names "a member" in their place."""
        found = [entry for entry in self.entries if (row := entry.commitment_if_any) and row.awaits_confirmation]
        for entry in found:
            entry.coalition = self.meeting.coalition
        return found

    @cached_property
    def dissents(self) -> list[Dissent]:
        """On decisions that the report tells, without those under the Chatham House Rule and without minors."""
        told = {entry.pk: entry for entry in self.entries if not entry.is_chatham}
        rows = Dissent.objects.filter(entry__in=told).exclude(capacity__person__is_minor=True)
        found = list(
            rows.select_related("capacity__organisation", "capacity__person").order_by("entry__position", "pk")
        )
        for dissent in found:
            dissent.entry = told[dissent.entry_id]
        return found

    @cached_property
    def errata(self) -> list[Erratum]:
        """Of the minutes as a whole, and of entries that the report tells; only approved minutes have any."""
        minutes: Minutes | None = getattr(self.meeting, "minutes", None)
        if minutes is None or minutes.is_draft:
            return []
        told = {entry.pk: entry for entry in self.entries}
        rows = Erratum.objects.filter(Q(entry=None) | Q(entry__in=told), meeting=self.meeting)
        found = list(rows)
        for erratum in found:
            erratum.entry = told[erratum.entry_id] if erratum.entry_id else None
        return found

    @cached_property
    def attendance_counts(self) -> AttendanceCounts | None:
        """Of a meeting held under the Chatham House Rule."""
        return count_meeting_attendance(self.meeting) if any(part.chatham for part in self.parts) else None

    @cached_property
    def attendance_figures(self) -> list[AttendanceFigures]:
        """How many attended by stakeholder group and by region. Groups of unknown size count once.

        Under the Chatham House Rule by stakeholder group alone, with small groups merged.
        """
        if self.attendance_counts:
            groups = self.attendance_counts.groups
            return [AttendanceFigures(_("By stakeholder group"), groups)] if groups else []
        capacities = [row.capacity for row in self.attendances]
        if not capacities:
            return []
        return [
            AttendanceFigures(
                _("By stakeholder group"),
                _count_repeated_names(each.get_stakeholder_group_display() for each in capacities),
            ),
            AttendanceFigures(
                _("By regional group"), _count_repeated_names(each.get_regional_group_display() for each in capacities)
            ),
        ]

    def list_entries_of_kinds(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]
