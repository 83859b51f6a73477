"""Coordination meetings in the calendar of those who represent the coalition there."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.coordination.models import CoordinationMeeting
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.meetings.times import get_local_day

COORDINATION_CALENDAR_KIND = "coordination"
ONE_DAY = timedelta(days=1)  # by which the day of a zone can differ from that of UTC


def find_coordination_meetings(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """For representatives and coordinators alone."""
    first, last = (
        datetime.combine(calendar_window.first, time(), UTC) - ONE_DAY,
        datetime.combine(calendar_window.last, time.max, UTC) + ONE_DAY,
    )
    rows = (
        CoordinationMeeting.objects.visible_to(calendar_window.viewer)
        .of(calendar_window.coalition)
        .filter(starts_at__gte=first, starts_at__lte=last)
    )
    for meeting in rows.order_by("starts_at", "pk")[: calendar_window.most]:
        day = get_local_day(meeting.starts_at, meeting.time_zone)
        if not calendar_window.first <= day <= calendar_window.last:
            continue
        meeting.coalition = calendar_window.coalition
        yield CalendarItem(
            uid=f"coordination-{meeting.pk}",
            kind=COORDINATION_CALENDAR_KIND,
            title=meeting.title,
            first=day,
            last=day,
            address=meeting.get_absolute_url,
            added_at=meeting.added_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            time_zone=meeting.time_zone,
            change=meeting.version - 1,
        )


date_source_registry.register(COORDINATION_CALENDAR_KIND)(
    DateSource(_("Coordination meetings"), find_coordination_meetings)
)
