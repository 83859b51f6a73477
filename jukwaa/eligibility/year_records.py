"""What the self-check of a year and the page of the year at the forum are both made from. Each is read once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from jukwaa.coalitions.standing import Standing
from jukwaa.eligibility.models import AnnualReport, CoordinationMeeting
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Label, State


@dataclass
class YearRecords:
    """What a viewer can read of a year and of the one before; of `session_year`, the sessions at a forum as well."""

    standing: Standing
    year: int
    session_year: int

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings that were held or will be, the latest first, each with its session report if there is one."""
        days = Q(order_day__range=(date(self.year - 1, 1, 1), date(self.year, 12, 31)))
        sessions = Q(order_day__range=(date(self.session_year, 1, 1), date(self.session_year, 12, 31))) & ~Q(forum="")
        public = Entry.objects.filter(meeting=OuterRef("pk"), state=State.PUBLISHED, label=Label.CLEAR)
        found = Meeting.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        found = found.filter(days | sessions, state=State.PUBLISHED, cancelled_at=None)
        found = found.annotate(has_public_minutes=Exists(public) & Q(label=Label.CLEAR)).select_related("report")
        return list(found.order_by("-order_day", "-pk"))

    @cached_property
    def annual_reports(self) -> dict[int, AnnualReport]:
        """The reports about the year before and the year of the session that anybody has edited or submitted."""
        years = {self.year - 1, self.session_year}
        found = AnnualReport.objects.filter(coalition=self.standing.coalition, year__in=years)
        reports = {report.year: report for report in found.defer("edits")}
        for report in reports.values():
            report.coalition = self.standing.coalition
        return reports

    @cached_property
    def coordination_meetings(self) -> list[CoordinationMeeting]:
        """All of them, the latest first."""
        rows = CoordinationMeeting.objects.of(self.standing.coalition)
        return list(rows.only("starts_at", "ends_at", "time_zone", "attended"))
