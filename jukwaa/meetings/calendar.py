"""Meetings and commitments as the calendar shows them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.meetings.models import Commitment, Entry, Meeting
from jukwaa.records.models import State


def list_meetings_for_calendar(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Return the meetings of the window whose day is known."""
    for meeting in calendar_window.read(_find_calendar_meetings):
        meeting.coalition = calendar_window.coalition
        if meeting.starts_on is not None:
            yield CalendarItem(
                uid=f"meeting-{meeting.pk}",
                kind="meeting",
                title=meeting.title,
                first=meeting.starts_on,
                last=meeting.ends_on or meeting.starts_on,
                address=meeting.get_absolute_url,
                record=meeting,
                countries=tuple(filter(None, (meeting.country, *meeting.countries))),
                place=meeting.place,
                starts_at=meeting.starts_at,
                ends_at=meeting.get_phase_changes()[-1] if meeting.ends_on and meeting.starts_at else meeting.ends_at,
                is_end_time_known=meeting.ends_at is not None,
                time_zone=meeting.time_zone or "UTC",
                is_off=meeting.is_cancelled,
                change=meeting.sequence,
            )


def _find_calendar_meetings(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_count: int | None
) -> QuerySet[Meeting]:
    readable = Meeting.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    ends_later = Q(order_day__gte=first_day) | Q(ends_on__gte=first_day)
    rows = readable.filter(ends_later, precision=Meeting.Precision.DAY, order_day__lte=last_day)
    return rows.order_by("order_day", "pk")[:max_count]


def list_commitments_for_calendar(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Return the open commitments that are due in the window, without saying which are late."""
    for commitment in calendar_window.read(_find_calendar_commitments):
        entry, due = commitment.entry, commitment.due_on
        entry.coalition = calendar_window.coalition
        if due is not None:
            yield CalendarItem(
                uid=f"commitment-{entry.pk}",
                kind="commitment",
                title=entry.title,
                first=due,
                last=due,
                address=entry.get_absolute_url,
                record=entry,
                countries=tuple(entry.countries),
                change=entry.version - 1,
            )


def _find_calendar_commitments(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_count: int | None
) -> QuerySet[Commitment]:
    """Return the commitments of these days. Starting from the commitments avoids reading all entries."""
    entries = Entry.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, pk=OuterRef("entry"))
    rows = Commitment.objects.filter(Exists(entries), closed_on=None, due_on__gte=first_day, due_on__lte=last_day)
    return rows.select_related("entry").order_by("due_on", "pk")[:max_count]


date_source_registry.register("meeting")(DateSource(_("Meetings"), list_meetings_for_calendar))
date_source_registry.register("commitment")(
    DateSource(_("Commitments due"), list_commitments_for_calendar, deadline=_("Commitment due"))
)
