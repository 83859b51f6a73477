"""What a report is made of, read in a fixed number of queries, however long the minutes are."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from jukwaa.coalitions.models import Capacity
from jukwaa.meetings.models import Attendance, Entry, Meeting, Part
from jukwaa.records.models import State

UNPUBLISHED = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)


@dataclass
class Material:
    """The parts of a meeting's record that its report may tell: what is withdrawn or held is not among them."""

    meeting: Meeting

    @cached_property
    def attendances(self) -> list[Attendance]:
        """Who came; not who came to a part that was held under the Chatham House Rule."""
        rows = Attendance.objects.filter(meeting=self.meeting).of_open_parts().without_minors()
        return list(rows.select_related("capacity__organisation", "capacity__person"))

    @cached_property
    def parts(self) -> list[Part]:
        return list(Part.objects.filter(meeting=self.meeting))

    @cached_property
    def entries(self) -> list[Entry]:
        """With their speakers; those of a stricter label than the meeting's stay out."""
        states = (State.PUBLISHED,) if self.meeting.state == State.PUBLISHED else UNPUBLISHED
        told = Entry.objects.filter(meeting=self.meeting, state__in=states, label=self.meeting.label)
        speakers = Prefetch("speakers", Capacity.objects.select_related("organisation", "person").order_by("pk"))
        return list(told.select_related("part", "commitment__owner__organisation").prefetch_related(speakers))

    def of_kinds(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]
