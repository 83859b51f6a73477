"""The time of a meeting as people read it: in their own zone, in that of the meeting, and in UTC."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from babel.dates import format_date, get_timezone_location
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.dates import UTC, format_day_range, format_partial_date, format_utc_offset, get_page_locale
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.times import LocalMeetingTime, get_local_times

ENGLISH_DAY_FORMAT = "EEEE d MMMM y"  # as "full", without the comma after the weekday: another one follows the year


@dataclass(frozen=True)
class MeetingTimeLine:
    """One of the lines that say when: whose time it is, the time, and the zone with its offset on that day."""

    label: str
    time: str
    zone: str
    local: LocalMeetingTime

    @property
    def days(self) -> str:
        """The days without the hours."""
        first = self.local.starts.date()
        return format_day_range(first, self.local.last_day or first)

    @property
    def text(self) -> str:
        if self.local.zone == UTC:
            return self.time
        return _("%(time)s, %(zone)s") % {"time": self.time, "zone": self.zone}


class TimedObject(Protocol):
    """What has a time: a meeting, or a time that is offered for one."""

    @property
    def starts_at(self) -> datetime | None: ...

    @property
    def ends_at(self) -> datetime | None: ...

    @property
    def time_zone(self) -> str: ...


def build_meeting_time_lines(timed_object: TimedObject) -> list[MeetingTimeLine]:
    """Return the time for the reader of today, for the place and in UTC; each zone once. Nothing without an hour."""
    if timed_object.starts_at is None:
        return []
    reader = get_reader_time_zone()
    zones = (reader, timed_object.time_zone, UTC) if reader != UTC else (timed_object.time_zone, UTC)
    return [
        MeetingTimeLine(
            _get_time_zone_label(local.zone, timed_object, reader),
            format_local_time(local),
            format_time_zone(local),
            local,
        )
        for local in get_local_times(timed_object.starts_at, timed_object.ends_at, zones, _get_length(timed_object))
    ]


def _get_length(timed_object: TimedObject) -> timedelta:
    """Return how long after its first day the last one is: days, of a meeting that takes several."""
    return timed_object.length if isinstance(timed_object, Meeting) else timedelta()


def format_first_time_line(meeting: Meeting) -> str:
    """The time in one line, for lists of meetings: for the reader where an hour is known."""
    lines = build_meeting_time_lines(meeting)
    return lines[0].text if lines else format_meeting_day(meeting)


def get_reader_time_zone() -> str:
    """Return the zone that pages and emails are shown in: that of the reader, and UTC for visitors."""
    return str(timezone.get_current_timezone())


def _get_time_zone_label(time_zone_name: str, timed_object: TimedObject, reader_zone: str) -> str:
    """A reader who has not chosen a zone reads that of the coalition: often the meeting's, and not always their own."""
    if time_zone_name == UTC:
        return pgettext("time zone", "UTC")
    if time_zone_name == reader_zone:
        return _("Time") if time_zone_name == timed_object.time_zone else _("Your time")
    return _("Local time where the meeting takes place")


def format_local_time(local_time: LocalMeetingTime) -> str:
    """Tuesday 12 January 2027, 15:00 to 16:30. Where it ends on another day, that day is given too."""
    parts = {"day": _format_local_day(local_time.starts), "start": time_format(local_time.starts, "H:i")}
    if local_time.ends is None and local_time.last_day is not None:
        return _("%(day)s, %(start)s to %(end_day)s") % {**parts, "end_day": _format_local_day(local_time.last_day)}
    if local_time.ends is None:
        return _("%(day)s, %(start)s") % parts
    parts["end"] = time_format(local_time.ends, "H:i")
    if local_time.ends_on_another_day:
        return _("%(day)s, %(start)s to %(end_day)s, %(end)s") % {
            **parts,
            "end_day": _format_local_day(local_time.ends),
        }
    return _("%(day)s, %(start)s to %(end)s") % parts


def _format_local_day(day: date) -> str:
    locale = get_page_locale()
    return format_date(day, ENGLISH_DAY_FORMAT if locale.startswith("en") else "full", locale=locale)


def format_time_zone(local_time: LocalMeetingTime) -> str:
    """Nairobi (UTC+3): the offset is that of the day, which changes with daylight saving time."""
    if local_time.zone == UTC:
        return UTC
    place = get_timezone_location(local_time.zone, locale=get_page_locale(), return_city=True)
    return _("%(place)s (%(offset)s)") % {"place": place, "offset": format_utc_offset(local_time.starts)}


def format_meeting_day(meeting: Meeting) -> str:
    """The days of a meeting of which no hour is known."""
    return format_meeting_date(meeting) or _("The date has not been decided.")


def format_meeting_date(meeting: Meeting) -> str:
    """22-23 September 2026; 27 November 2009; November 2009; 2009: as far as known, and empty if unknown."""
    if meeting.starts_on is None:
        return ""
    return format_partial_date(meeting.starts_on, meeting.precision, meeting.ends_on)


# Large cities from west to east, for those who schedule a meeting.
PREVIEW_TIME_ZONES = (
    *("America/Los_Angeles", "America/Bogota", "America/New_York", "America/Sao_Paulo", "Europe/London"),
    *("Europe/Berlin", "Africa/Nairobi", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Pacific/Auckland"),
)


def build_preview_time_lines(meeting: Meeting) -> list[MeetingTimeLine]:
    """Return its time in the zone that was chosen, in UTC, in that of the reader, and around the world."""
    if meeting.starts_at is None:
        return []
    zones = (meeting.time_zone, UTC, get_reader_time_zone(), *PREVIEW_TIME_ZONES)
    return [
        MeetingTimeLine("", format_local_time(local), format_time_zone(local), local)
        for local in get_local_times(meeting.starts_at, meeting.ends_at, zones, meeting.length)
    ]
