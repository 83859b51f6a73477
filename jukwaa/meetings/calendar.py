"""Meetings and commitments as the calendar shows them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import Dated, Source, Window, sources
from jukwaa.meetings.models import Commitment, Entry, Meeting
from jukwaa.records.models import State


def meetings(window: Window) -> Iterator[Dated]:
    """Those of which the day is known: a month or a year would stand on a day on which nobody met."""
    for meeting in window.read(_meetings):
        meeting.coalition = window.coalition
        if meeting.starts_on is not None:
            yield Dated(
                uid=f"meeting-{meeting.pk}",
                kind="meeting",
                title=meeting.title,
                first=meeting.starts_on,
                last=meeting.starts_on,
                address=meeting.get_absolute_url,
                record=meeting,
                countries=tuple(filter(None, (meeting.country, *meeting.countries))),
                place=meeting.place,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                time_zone=meeting.time_zone or "UTC",
                is_off=meeting.is_cancelled,
                change=meeting.sequence,
            )


def _meetings(viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None) -> QuerySet[Meeting]:
    readable = Meeting.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    rows = readable.filter(precision=Meeting.Precision.DAY, order_day__gte=first, order_day__lte=last)
    return rows.order_by("order_day", "pk")[:most]


def commitments(window: Window) -> Iterator[Dated]:
    """What was promised for a day and is not settled. Whether it is late is for its owner to see, and not said here."""
    for commitment in window.read(_commitments):
        entry, due = commitment.entry, commitment.due_on
        entry.coalition = window.coalition
        if due is not None:
            yield Dated(
                uid=f"commitment-{entry.pk}",
                kind="commitment",
                title=entry.title,
                first=due,
                last=due,
                address=entry.get_absolute_url,
                record=entry,
                countries=tuple(entry.countries),
                takes_time=False,
                change=entry.version - 1,
            )


def _commitments(
    viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None
) -> QuerySet[Commitment]:
    """From the commitments of these days to their entries: looking for all entries first would read each of them."""
    entries = Entry.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, pk=OuterRef("entry"))
    rows = Commitment.objects.filter(Exists(entries), closed_on=None, due_on__gte=first, due_on__lte=last)
    return rows.select_related("entry").order_by("due_on", "pk")[:most]


sources.register("meeting")(Source(_("Meetings"), meetings))
sources.register("commitment")(Source(_("Commitments due"), commitments))
