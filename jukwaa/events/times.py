"""Hours of a place, and the moments that they are: pure, by the rules of the zone (zoneinfo)."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global


class NonexistentTimeError(ValueError):
    """The clocks of the place go forward over this hour: it is never there."""


def get_local_moment(day: date, local_time: time, time_zone: str) -> datetime:
    """Return the moment at which a clock there first shows this hour. Raises NonexistentTimeError."""
    there = datetime.combine(day, local_time, tzinfo=ZoneInfo(time_zone))
    at = there.astimezone(UTC)
    if at.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise NonexistentTimeError
    return at


def get_moment_or_clock_change(day: date, local_time: time, time_zone: str) -> datetime:
    """Return the moment, or for an hour that the clocks skip, the moment at which they go forward."""
    return datetime.combine(day, local_time, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def repeat_event_hours(
    first_starts_at: datetime, first_ends_at: datetime | None, time_zone: str, first_day: date, last_day: date
) -> tuple[datetime, ...]:
    """Return the same local hours on other days, with the same duration where the clocks change."""
    starts_at = get_moment_or_clock_change(first_day, get_local_time(first_starts_at, time_zone), time_zone)
    if first_ends_at is None:
        return (starts_at,)
    ends_at = get_moment_or_clock_change(last_day, get_local_time(first_ends_at, time_zone), time_zone)
    return starts_at, ends_at if ends_at >= starts_at else starts_at + (first_ends_at - first_starts_at)


def get_local_time(utc_moment: datetime, time_zone: str) -> time:
    return utc_moment.astimezone(ZoneInfo(time_zone)).time().replace(microsecond=0)


def get_local_date(utc_moment: datetime, time_zone: str) -> date:
    return utc_moment.astimezone(ZoneInfo(time_zone)).date()


@lru_cache(maxsize=1)
def list_time_zones() -> tuple[str, ...]:
    """Return the time zones that a country uses today, without deprecated names."""
    named = get_global("zone_territories")
    return (
        "UTC",
        *sorted(name for name in named if "/" in name and not name.startswith("Etc/") and _is_known_zone(name)),
    )


def _is_known_zone(zone_name: str) -> bool:
    try:
        ZoneInfo(zone_name)
    except (LookupError, ValueError):
        return False
    return True
