"""The time of a meeting as people read it: in their own zone, in that of the meeting, and in UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from babel.dates import format_date, get_timezone_location
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.dates import UTC, format_long_date, format_offset, get_page_locale
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.times import LocalTime, get_local_times

ENGLISH_DAY_FORMAT = "EEEE d MMMM y"  # as "full", without the comma after the weekday: another one follows the year


@dataclass(frozen=True)
class TimeLine:
    """One of the lines that say when: whose time it is, the time, and the zone with its offset on that day."""

    label: str
    time: str
    zone: str
    local: LocalTime

    @property
    def text(self) -> str:
        if self.local.zone == UTC:
            return self.time
        return _("%(time)s, %(zone)s") % {"time": self.time, "zone": self.zone}


class HasTime(Protocol):
    """What has a time: a meeting, or a time that is offered for one."""

    @property
    def starts_at(self) -> datetime | None: ...

    @property
    def ends_at(self) -> datetime | None: ...

    @property
    def time_zone(self) -> str: ...


def get_time_lines(timed: HasTime) -> list[TimeLine]:
    """Return the time for the reader of today, for the place and in UTC; each zone once. Nothing without an hour."""
    if timed.starts_at is None:
        return []
    reader = get_reader_zone()
    zones = (reader, timed.time_zone, UTC) if reader != UTC else (timed.time_zone, UTC)
    return [
        TimeLine(_get_time_label(local.zone, timed, reader), format_local_time(local), format_time_zone(local), local)
        for local in get_local_times(timed.starts_at, timed.ends_at, zones)
    ]


def format_first_time(meeting: Meeting) -> str:
    """The time in one line, for lists of meetings: for the reader where an hour is known."""
    lines = get_time_lines(meeting)
    return lines[0].text if lines else format_meeting_day(meeting)


def get_reader_zone() -> str:
    """Return the zone that pages and emails are shown in: that of the reader, and UTC for visitors."""
    return str(timezone.get_current_timezone())


def _get_time_label(zone: str, timed: HasTime, reader: str) -> str:
    if zone == reader and zone != UTC:
        return _("Your time")
    if zone == timed.time_zone and zone != UTC:
        return _("Local time at the meeting")
    return pgettext("time zone", "UTC")


def format_local_time(local: LocalTime) -> str:
    """Tuesday 12 January 2027, 15:00 to 16:30. Where it ends on another day, that day is given too."""
    parts = {"day": _format_local_day(local.starts), "start": time_format(local.starts, "H:i")}
    if local.ends is None:
        return _("%(day)s, %(start)s") % parts
    parts["end"] = time_format(local.ends, "H:i")
    if local.ends_on_another_day:
        return _("%(day)s, %(start)s to %(end_day)s, %(end)s") % {**parts, "end_day": _format_local_day(local.ends)}
    return _("%(day)s, %(start)s to %(end)s") % parts


def _format_local_day(day: date) -> str:
    locale = get_page_locale()
    return format_date(day, ENGLISH_DAY_FORMAT if locale.startswith("en") else "full", locale=locale)


def format_time_zone(local: LocalTime) -> str:
    """Nairobi (UTC+3): the offset is that of the day, which changes with daylight saving time."""
    if local.zone == UTC:
        return UTC
    place = get_timezone_location(local.zone, locale=get_page_locale(), return_city=True)
    return _("%(place)s (%(offset)s)") % {"place": place, "offset": format_offset(local.starts)}


def format_meeting_day(meeting: Meeting) -> str:
    """The day of a meeting of which no hour is known."""
    return format_long_date(meeting.starts_on) if meeting.starts_on else _("The date has not been decided.")


# Large cities from west to east, for those who schedule a meeting.
PREVIEW_ZONES = (
    *("America/Los_Angeles", "America/Bogota", "America/New_York", "America/Sao_Paulo", "Europe/London"),
    *("Europe/Berlin", "Africa/Nairobi", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Pacific/Auckland"),
)


def get_preview_lines(starts_at: datetime, ends_at: datetime | None, zone: str) -> list[TimeLine]:
    """Return a time in the zone that was chosen, in UTC, in that of the reader, and around the world."""
    zones = (zone, UTC, get_reader_zone(), *PREVIEW_ZONES)
    return [
        TimeLine("", format_local_time(local), format_time_zone(local), local)
        for local in get_local_times(starts_at, ends_at, zones)
    ]
