"""When a consultation closes: at the end of its last day in UTC, in the coalition's time zone, or anywhere on Earth."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date, format_moment

LAST_TIME_OF_DAY = time(23, 59, 59)
UTC_END, ANYWHERE_END, COALITION_END = "utc", "anywhere", "coalition"
# A day ends last west of the date line, at UTC-12: what is open until then is open on that day everywhere.
ANYWHERE_ON_EARTH = timezone(timedelta(hours=-12))


def get_end_of_day(day: date, zone: tzinfo = UTC) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, LAST_TIME_OF_DAY, tzinfo=zone).astimezone(UTC)


def list_end_of_day_choices(time_zone: str) -> list[tuple[str, str]]:
    """The ends of a day that a coalition of this time zone can choose from, with their names."""
    own = [(COALITION_END, _("In the coalition's time zone (%(zone)s)") % {"zone": time_zone})]
    return [
        (UTC_END, _("In UTC")),
        (ANYWHERE_END, _("Anywhere on Earth (UTC−12)")),  # noqa: RUF001 - a minus sign
        *(own if time_zone != "UTC" else []),
    ]


def get_end_of_day_zone(day_end: str, time_zone: str) -> tzinfo:
    return {ANYWHERE_END: ANYWHERE_ON_EARTH, COALITION_END: ZoneInfo(time_zone)}.get(day_end, UTC)


def split_closing_time(closes_at: datetime, time_zone: str) -> tuple[date, str]:
    """Return the last day and which end of it a closing time is; a time that ends no day counts as in UTC."""
    for day_end, _name in list_end_of_day_choices(time_zone):
        local = closes_at.astimezone(get_end_of_day_zone(day_end, time_zone))
        if local.time() == LAST_TIME_OF_DAY:
            return local.date(), day_end
    return closes_at.astimezone(UTC).date(), UTC_END


def is_exact_closing_time(closes_at: datetime) -> bool:
    """Whether it ends a day that is not one of UTC, so that readers have to be told the hour."""
    ends_a_day = (closes_at.second, closes_at.microsecond) == (LAST_TIME_OF_DAY.second, 0)
    return ends_a_day and closes_at.astimezone(UTC).time() != LAST_TIME_OF_DAY


def format_closing_time(closes_at: datetime) -> str:
    """The day in words; with the hour, in the zone of its reader, where it is not the end of a day in UTC."""
    return format_moment(closes_at) if is_exact_closing_time(closes_at) else format_long_date(closes_at.date())


def format_call_end(closes_at: datetime) -> str:
    """The last day to respond to a call, which closes as the next one begins; the same day for every reader.

    A call that was opened in another time zone does not end with a day in UTC: the hour is added, in the reader's zone.
    """
    end = closes_at.astimezone(UTC)
    if end.time() == time():
        return format_long_date((end - timedelta(seconds=1)).date())
    if end.second or end.microsecond:
        return format_long_date(localdate(closes_at - timedelta(seconds=1)))
    return format_moment(closes_at)
