"""Hours of a place, and the moments that they are: pure, by the rules of the zone (zoneinfo)."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global


class NoSuchHour(ValueError):  # noqa: N818 - it names what the clock does not show
    """The clocks of the place go forward over this hour: it is never there."""


def moment(day: date, hour: time, zone: str) -> datetime:
    """The moment at which a clock there shows this hour: the first one where it shows it twice. Raises NoSuchHour."""
    there = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    at = there.astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise NoSuchHour
    return at


def moment_or_next(day: date, hour: time, zone: str) -> datetime:
    """As `moment`; an hour that the clocks leave out begins when they have gone forward."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def hours_again(begins: datetime, ends: datetime | None, zone: str, first: date, last: date) -> tuple[datetime, ...]:
    """The same hours there on other days: where the clocks go forward between the two, as long as it was."""
    starts_at = moment_or_next(first, hour_there(begins, zone), zone)
    if ends is None:
        return (starts_at,)
    ends_at = moment_or_next(last, hour_there(ends, zone), zone)
    return starts_at, ends_at if ends_at >= starts_at else starts_at + (ends - begins)


def hour_there(at: datetime, zone: str) -> time:
    return at.astimezone(ZoneInfo(zone)).time().replace(microsecond=0)


def day_there(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Those that are some country's today: old names of the same are left out."""
    named = get_global("zone_territories")
    return ("UTC", *sorted(name for name in named if "/" in name and not name.startswith("Etc/") and _is_known(name)))


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError):
        return False
    return True
