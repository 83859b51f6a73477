"""From the local time that people agreed on to a moment, and from a moment to everybody's local time (zoneinfo).

Pure functions. Days and times are those of a place, zones are IANA names, moments are in UTC.
"""

from calendar import DECEMBER, monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ONE_DAY, ONE_MINUTE, NO_TIME = timedelta(days=1), timedelta(minutes=1), timedelta()
MAX_MEETING_DURATION = timedelta(days=7)  # that a meeting may last
MAX_MEETING_DAYS = 31  # that a meeting may take, from its first to its last
NIGHT_END, NIGHT_START = time(7), time(22)


def get_possible_moments(local_day: date, local_time: time, time_zone_name: str) -> tuple[datetime, ...]:
    """Return the moments at which a clock there shows this time: one, or none or two where the clocks are changed."""
    wall = datetime.combine(local_day, local_time)
    found = (_convert_to_utc(wall, time_zone_name, fold) for fold in (0, 1))
    shown = (at for at in found if at.astimezone(ZoneInfo(time_zone_name)).replace(tzinfo=None) == wall)
    return tuple(dict.fromkeys(shown))


def get_local_moment(local_day: date, local_time: time, time_zone_name: str, fold: int = 0) -> datetime:
    """Return the moment that is meant. `fold` is 1 for the later one of two (PEP 495).

    A time that the clocks skip is read with the offset from before the change (RFC 5545, 3.3.5).
    """
    moments = get_possible_moments(local_day, local_time, time_zone_name)
    return (
        moments[min(fold, len(moments) - 1)]
        if moments
        else _convert_to_utc(datetime.combine(local_day, local_time), time_zone_name, 0)
    )


def get_nearest_existing_times(local_day: date, local_time: time, time_zone_name: str) -> tuple[datetime, datetime]:
    """Return what the clocks there do show, earlier and later, in place of a time that they skip."""
    wall = datetime.combine(local_day, local_time)
    earlier, later = sorted(_convert_to_utc(wall, time_zone_name, fold) for fold in (0, 1))
    return get_local_datetime(earlier, time_zone_name), get_local_datetime(later, time_zone_name)


def _convert_to_utc(local_datetime: datetime, time_zone_name: str, fold: int) -> datetime:
    return local_datetime.replace(tzinfo=ZoneInfo(time_zone_name), fold=fold).astimezone(UTC)


def is_duration_of_each_day(
    starts_at: datetime, duration: timedelta, time_zone_name: str, last_day: date | None
) -> bool:
    """Whether a duration of less than a day does not reach the last of several days: it is that of each day."""
    if last_day is None or duration >= ONE_DAY:
        return False
    return get_local_day(starts_at + duration - ONE_MINUTE, time_zone_name) < last_day


def get_end_moment(starts_at: datetime, duration: timedelta, time_zone_name: str, last_day: date | None) -> datetime:
    """Return when it ends, on the last day if the duration is that of each day."""
    if last_day is None or not is_duration_of_each_day(starts_at, duration, time_zone_name, last_day):
        return starts_at + duration
    first = get_local_datetime(starts_at, time_zone_name)
    return get_local_moment(last_day, first.time(), time_zone_name, first.fold) + duration


def get_end_of_day(local_day: date, time_zone_name: str) -> datetime:
    """Return the moment at which the next day begins there; in UTC where the zone is not known."""
    zone = time_zone_name if is_known_time_zone(time_zone_name) else "UTC"
    return get_local_moment(local_day + ONE_DAY, time(), zone)


def is_known_time_zone(time_zone_name: str) -> bool:
    """Whether this machine's tables have a zone of this name: they may be older than those of another one."""
    try:
        ZoneInfo(time_zone_name)
    except (LookupError, ValueError):
        return False
    return True


def get_local_datetime(moment: datetime, time_zone_name: str) -> datetime:
    """Return what a calendar and a clock show there; in UTC where the zone is not known."""
    return moment.astimezone(ZoneInfo(time_zone_name) if is_known_time_zone(time_zone_name) else UTC)


def get_local_day(moment: datetime, time_zone_name: str) -> date:
    return get_local_datetime(moment, time_zone_name).date()


def get_last_day_of_month_or_year(day: date, *, is_year_only: bool) -> date:
    """Return the last day of the month, or of the year."""
    month = DECEMBER if is_year_only else day.month
    return date(day.year, month, monthrange(day.year, month)[1])


class LocalMeetingTime(NamedTuple):
    """When something takes place, as a calendar and a clock in this zone show it.

    `last_day` is given for what takes several days.
    """

    zone: str
    starts: datetime
    ends: datetime | None
    last_day: date | None = None

    @property
    def ends_on_another_day(self) -> bool:
        return self.ends is not None and self.ends.date() != self.starts.date()

    @property
    def is_at_night(self) -> bool:
        """Whether any of it is before 7:00 or after 22:00; nobody meets in the nights between several days."""
        last = self.ends or self.starts
        if self.starts.time() < NIGHT_END or last.time() > NIGHT_START:
            return True
        return last.time() < NIGHT_END if self.last_day else self.ends_on_another_day


def get_local_times(
    starts_at: datetime,
    ends_at: datetime | None,
    time_zone_names: Iterable[str],
    length: timedelta = NO_TIME,
) -> list[LocalMeetingTime]:
    """Return the same time in each of these zones, each zone once.

    `length` is the time from the first to the last day of what takes several days.
    """
    return [
        _get_local_time_in_zone(starts_at, ends_at, zone, length) for zone in dict.fromkeys(time_zone_names) if zone
    ]


def _get_local_time_in_zone(
    starts_at: datetime, ends_at: datetime | None, time_zone_name: str, length: timedelta
) -> LocalMeetingTime:
    starts = get_local_datetime(starts_at, time_zone_name)
    ends = get_local_datetime(ends_at, time_zone_name) if ends_at else None
    last_day = starts.date() + length if length else None
    if last_day and ends:
        last_day = (ends - ONE_MINUTE).date()
    return LocalMeetingTime(time_zone_name, starts, ends, last_day)
