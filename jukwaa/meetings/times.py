"""From the local time that people agreed on to a moment, and from a moment to everybody's local time (zoneinfo).

Pure functions. Days and times are those of a place, zones are IANA names, moments are in UTC.
"""

from calendar import DECEMBER, monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=7)  # that a meeting may last


def get_moments(day: date, hour: time, zone: str) -> tuple[datetime, ...]:
    """Return the moments at which a clock there shows this time: one, or none or two where the clocks are changed."""
    wall = datetime.combine(day, hour)
    found = (_in_utc(wall, zone, fold) for fold in (0, 1))
    shown = (at for at in found if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall)
    return tuple(dict.fromkeys(shown))


def get_moment(day: date, hour: time, zone: str, fold: int = 0) -> datetime:
    """Return the moment that is meant. `fold` is 1 for the later one of two (PEP 495).

    A time that the clocks skip is read with the offset from before the change (RFC 5545, 3.3.5).
    """
    moments = get_moments(day, hour, zone)
    return moments[min(fold, len(moments) - 1)] if moments else _in_utc(datetime.combine(day, hour), zone, 0)


def _in_utc(wall: datetime, zone: str, fold: int) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def is_zone(name: str) -> bool:
    """Whether this machine's tables have a zone of this name: they may be older than those of another one."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError):
        return False
    return True


def get_local(at: datetime, zone: str) -> datetime:
    """Return what a calendar and a clock show there; in UTC where the zone is not known."""
    return at.astimezone(ZoneInfo(zone) if is_zone(zone) else UTC)


def get_local_day(at: datetime, zone: str) -> date:
    return get_local(at, zone).date()


def get_last_day(day: date, *, of_year: bool) -> date:
    """Return the last day of the month, or of the year."""
    month = DECEMBER if of_year else day.month
    return date(day.year, month, monthrange(day.year, month)[1])
