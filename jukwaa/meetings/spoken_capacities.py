"""As what an organisation spoke, and when: in a meeting on the day of the meeting, whenever it was taken down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity, Capacity, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_month
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting
from jukwaa.records.models import Authorship, Comment, Record

MAX_SPOKEN_CAPACITIES = 20


@dataclass
class SpokenCapacity:
    """One reading of the organisation: how it was written then, how often, and from when to when, as far as known."""

    name: str
    country: str
    times: int = 0
    first: Meeting | date | None = None
    last: Meeting | date | None = None

    def add_occurrence(self, meeting_or_day: Meeting | date | None) -> None:
        self.times += 1
        if meeting_or_day is None:
            return
        if self.first is None or _get_meeting_day(meeting_or_day) < _get_meeting_day(self.first):
            self.first = meeting_or_day
        if self.last is None or _get_meeting_day(meeting_or_day) > _get_meeting_day(self.last):
            self.last = meeting_or_day

    @property
    def span(self) -> str:
        """Nothing where no day is known."""
        return " – ".join(  # noqa: RUF001 - from one to the other
            dict.fromkeys(_format_capacity_month(when) for when in (self.first, self.last) if when)
        )

    @property
    def since(self) -> str:
        """The first of it for machines: 2009-11, or 2009."""
        return (
            _get_meeting_day(self.first).isoformat()[: 4 if _is_only_year_known(self.first) else 7]
            if self.first
            else ""
        )


def list_spoken_capacities(organisation: Organisation, viewer_standing: Standing) -> list[SpokenCapacity]:
    """Return each capacity in which the organisation spoke, the earliest first, counted from what the viewer may read.

    For visitors, what is beside a record counts only if it is a comment on it or shared it: other kinds may be private.
    Visitors read the name of the organisation instead of the names of people, as one row. Two queries, and for visitors
    two more where a source names anything but the organisation.
    """
    readings: dict[tuple[str, ...], SpokenCapacity] = {}
    for reading, when in _iter_organisation_capacities(organisation, viewer_standing):
        readings.setdefault(reading, SpokenCapacity(name=reading[0], country=reading[1])).add_occurrence(when)
    return sorted(readings.values(), key=lambda one: _get_meeting_day(one.first) if one.first else date.max)[
        :MAX_SPOKEN_CAPACITIES
    ]


def _iter_organisation_capacities(
    organisation: Organisation, viewer_standing: Standing
) -> Iterator[tuple[tuple[str, ...], Meeting | date | None]]:
    rows = list(_query_organisation_capacities(organisation, viewer_standing))
    numbers = {number for row in rows for number in (row.attended, row.openly, row.said, row.promised)} - {None}
    meetings = Meeting.objects.visible_to(viewer_standing.viewer).only("starts_on", "precision").in_bulk(numbers)
    when: Meeting | date | None
    for row in rows:
        meeting = meetings.get(row.openly or row.said or row.promised)
        if row.is_from_meeting:
            # Visitors are told of nobody who attended under the Chatham House Rule; members not when.
            if meeting is None and not (viewer_standing.is_inside and row.attended in meetings):
                continue
            when = meeting if meeting and meeting.starts_on else None
        elif not row.sent_apologies and (viewer_standing.is_inside or row.is_in_public_record):
            when = timezone.localdate(row.taken_at)  # said beside a record, on the day on which it was taken down
        else:
            continue
        row.organisation = organisation
        name = get_display_name(row, viewer_standing)
        yield (name, row.country, row.stakeholder_group, row.regional_group), when


def _query_organisation_capacities(organisation: Organisation, viewer_standing: Standing) -> Any:
    """Return the capacities with the meetings of what the viewer may read."""
    own, viewer = OuterRef("pk"), viewer_standing.viewer
    came = Attendance.objects.filter(capacity=own).order_by("pk")
    said = Entry.objects.filter(speakers=own).order_by("pk")
    promised = Commitment.objects.filter(owner=own).order_by("pk")
    readable_promises = promised.filter(Entry.objects.visible_to(viewer).exists_for("entry"))
    comments = Comment.objects.visible_to(viewer).filter(capacity=own, hidden_at=None)
    shared = Authorship.objects.filter(Record.objects.visible_to(viewer).exists_for("record"), capacity=own)
    # Whether somebody will attend a meeting is for members; a reply that another one replaced is in no other table.
    has_replied = Exists(Activity.objects.filter(capacity=own, kind="meeting", verb="replied"))
    rows = Capacity.objects.filter(~has_replied, organisation=organisation).annotate(
        is_from_meeting=Exists(came) | Exists(said) | Exists(promised),
        is_in_public_record=Exists(comments) | Exists(shared),
        attended=Subquery(came.values("meeting")[:1]),
        sent_apologies=Exists(Attendance.with_apologies.filter(capacity=own)),
        openly=Subquery(came.named_in_public().values("meeting")[:1]),
        said=Subquery(said.visible_to(viewer).values("meeting")[:1]),
        promised=Subquery(readable_promises.values("entry__meeting")[:1]),
    )
    facts = ("name", "country", "stakeholder_group", "regional_group", "taken_at")
    return rows.order_by("pk").only("coalition", "person", "organisation", *facts)


def _get_meeting_day(meeting_or_day: Meeting | date) -> date:
    return (meeting_or_day.starts_on or date.max) if isinstance(meeting_or_day, Meeting) else meeting_or_day


def _format_capacity_month(meeting_or_day: Meeting | date) -> str:
    """Return the month, or the year if the month is not known."""
    return (
        str(_get_meeting_day(meeting_or_day).year)
        if _is_only_year_known(meeting_or_day)
        else format_month(_get_meeting_day(meeting_or_day))
    )


def _is_only_year_known(meeting_or_day: Meeting | date) -> bool:
    return isinstance(meeting_or_day, Meeting) and meeting_or_day.precision == Meeting.Precision.YEAR
