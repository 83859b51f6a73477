"""Coordination meetings in the calendar of those who represent the coalition there."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.coordination.models import CoordinationMeeting
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, Source, date_sources
from jukwaa.meetings.times import get_local_day

COORDINATION_KIND = "coordination"
ONE_DAY = timedelta(days=1)  # by which the day of a zone can differ from that of UTC


def find_coordination_meetings(window: CalendarWindow) -> Iterator[CalendarItem]:
    """For representatives and coordinators alone."""
    first, last = (
        datetime.combine(window.first, time(), UTC) - ONE_DAY,
        datetime.combine(window.last, time.max, UTC) + ONE_DAY,
    )
    rows = (
        CoordinationMeeting.objects.visible_to(window.viewer)
        .of(window.coalition)
        .filter(starts_at__gte=first, starts_at__lte=last)
    )
    for meeting in rows.order_by("starts_at", "pk")[: window.most]:
        day = get_local_day(meeting.starts_at, meeting.time_zone)
        if not window.first <= day <= window.last:
            continue
        meeting.coalition = window.coalition
        yield CalendarItem(
            uid=f"coordination-{meeting.pk}",
            kind=COORDINATION_KIND,
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


date_sources.register(COORDINATION_KIND)(Source(_("Coordination meetings"), find_coordination_meetings))
