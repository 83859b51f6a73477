"""From the local time that people agreed on to a moment, and from a moment to everybody's local time (zoneinfo).

Pure functions. Days and times are those of a place, zones are IANA names, moments are in UTC.
"""

from calendar import DECEMBER, monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MAX_MEETING_DURATION = timedelta(days=7)  # that a meeting may last
NIGHT_END, NIGHT_START = time(7), time(22)


def get_possible_moments(day: date, hour: time, zone: str) -> tuple[datetime, ...]:
    """Return the moments at which a clock there shows this time: one, or none or two where the clocks are changed."""
    wall = datetime.combine(day, hour)
    found = (_convert_to_utc(wall, zone, fold) for fold in (0, 1))
    shown = (at for at in found if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall)
    return tuple(dict.fromkeys(shown))


def get_local_moment(day: date, hour: time, zone: str, fold: int = 0) -> datetime:
    """Return the moment that is meant. `fold` is 1 for the later one of two (PEP 495).

    A time that the clocks skip is read with the offset from before the change (RFC 5545, 3.3.5).
    """
    moments = get_possible_moments(day, hour, zone)
    return moments[min(fold, len(moments) - 1)] if moments else _convert_to_utc(datetime.combine(day, hour), zone, 0)


def get_nearest_times(day: date, hour: time, zone: str) -> tuple[datetime, datetime]:
    """Return what the clocks there do show, earlier and later, in place of a time that they skip."""
    wall = datetime.combine(day, hour)
    earlier, later = sorted(_convert_to_utc(wall, zone, fold) for fold in (0, 1))
    return get_local_datetime(earlier, zone), get_local_datetime(later, zone)


def _convert_to_utc(wall: datetime, zone: str, fold: int) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def is_known_zone(name: str) -> bool:
    """Whether this machine's tables have a zone of this name: they may be older than those of another one."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError):
        return False
    return True


def get_local_datetime(at: datetime, zone: str) -> datetime:
    """Return what a calendar and a clock show there; in UTC where the zone is not known."""
    return at.astimezone(ZoneInfo(zone) if is_known_zone(zone) else UTC)


def get_local_day(at: datetime, zone: str) -> date:
    return get_local_datetime(at, zone).date()


def get_last_day(day: date, *, of_year: bool) -> date:
    """Return the last day of the month, or of the year."""
    month = DECEMBER if of_year else day.month
    return date(day.year, month, monthrange(day.year, month)[1])


class LocalTime(NamedTuple):
    """When something takes place, as a calendar and a clock in this zone show it."""

    zone: str
    starts: datetime
    ends: datetime | None

    @property
    def ends_on_another_day(self) -> bool:
        return self.ends is not None and self.ends.date() != self.starts.date()

    @property
    def is_at_night(self) -> bool:
        """Whether any of it is before 7:00 or after 22:00."""
        last = self.ends or self.starts
        return self.starts.time() < NIGHT_END or last.time() > NIGHT_START or self.ends_on_another_day


def get_local_times(starts_at: datetime, ends_at: datetime | None, zones: Iterable[str]) -> list[LocalTime]:
    """Return the same time in each of these zones, each zone once."""
    return [
        LocalTime(zone, get_local_datetime(starts_at, zone), get_local_datetime(ends_at, zone) if ends_at else None)
        for zone in dict.fromkeys(zones)
        if zone
    ]
