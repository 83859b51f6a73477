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


def get_moment_or_next(day: date, local_time: time, time_zone: str) -> datetime:
    """Return the moment, or for an hour that the clocks skip, the moment at which they go forward."""
    return datetime.combine(day, local_time, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def repeat_event_hours(
    begins: datetime, ends: datetime | None, time_zone: str, first_day: date, last_day: date
) -> tuple[datetime, ...]:
    """Return the same local hours on other days, with the same duration where the clocks change."""
    starts_at = get_moment_or_next(first_day, get_local_time(begins, time_zone), time_zone)
    if ends is None:
        return (starts_at,)
    ends_at = get_moment_or_next(last_day, get_local_time(ends, time_zone), time_zone)
    return starts_at, ends_at if ends_at >= starts_at else starts_at + (ends - begins)


def get_local_time(moment: datetime, time_zone: str) -> time:
    return moment.astimezone(ZoneInfo(time_zone)).time().replace(microsecond=0)


def get_local_date(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


@lru_cache(maxsize=1)
def list_time_zones() -> tuple[str, ...]:
    """Return the time zones that a country uses today, without deprecated names."""
    named = get_global("zone_territories")
    return (
        "UTC",
        *sorted(name for name in named if "/" in name and not name.startswith("Etc/") and _is_known_zone(name)),
    )


def _is_known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError):
        return False
    return True
