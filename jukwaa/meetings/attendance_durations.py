"""How long somebody was in a video call, as its attendance file says. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SECONDS_PER_MINUTE, SECONDS_PER_HOUR, SECONDS_PER_DAY = 60, 60 * 60, 24 * 60 * 60
HOURS_PER_HALF_DAY = 12
MIN_ATTENDANCE_SECONDS = 5 * SECONDS_PER_MINUTE  # shorter is a mistake or a greeting more often than an attendance
_CLOCK_DURATION = re.compile(r"^(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})$")
_NUMBER = re.compile(r"^\d{1,4}(?:[.,]\d+)?$")
# "1h 2m 3s", "1 hr 5 min", "75 mins", "48 secondes", "1 ساعة 5 دقائق".
_PART = re.compile(
    r"(?P<number>\d{1,4})\s*(?:(?P<hours>h(?:rs?|ours?|eures?|oras?)?|std|ساعات|ساعة)"
    r"|(?P<minutes>m(?:ins?|inut\w*)?|دقيقة|دقائق)|(?P<seconds>s(?:ecs?|eg\w*|ec\w*|ek\w*)?|ثانية|ثوان\w*))\.?(?!\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?\s*(?P<half>[ap]\.?m)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Stay:
    """One row of a file: how long somebody was there, and from when to when, in seconds of the day, if it says so.

    `table` tells the tables of a file apart: Teams lists everybody in one, and each time they joined in another.
    """

    table: int
    seconds: int | None
    start: int | None = None
    end: int | None = None

    @property
    def total_seconds(self) -> int:
        """The shorter of both: Teams gives the first time somebody joined and the last time they left."""
        lengths = [] if self.start is None or self.end is None else [self.end - self.start]
        return min(lengths if self.seconds is None else [*lengths, self.seconds])


def read_stay(table: int, *, duration: str, joined: str, left: str) -> Stay | None:
    """Return what these cells say; nothing if they say neither a length nor both times."""
    start, end = _parse_clock_time(joined), _parse_clock_time(left)
    if start is not None and end is not None:
        end = end if end >= start else end + SECONDS_PER_DAY
    else:
        start = end = None
    seconds = parse_duration(duration)
    return None if seconds is None and start is None else Stay(table, seconds, start, end)


def parse_duration(written: str) -> int | None:
    """Return a length in seconds. A number alone is in minutes."""
    written = written.strip()
    if _NUMBER.match(written):
        return round(float(written.replace(",", ".")) * SECONDS_PER_MINUTE)
    if found := _CLOCK_DURATION.match(written):
        hours, minutes, seconds = (int(found[name] or 0) for name in ("hours", "minutes", "seconds"))
        return hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE + seconds
    factors = {"hours": SECONDS_PER_HOUR, "minutes": SECONDS_PER_MINUTE, "seconds": 1}
    parts = [int(found["number"]) * factors[found.lastgroup or ""] for found in _PART.finditer(written)]
    return sum(parts) if parts else None


def count_attendance_seconds(stays: Iterable[Stay]) -> int | None:
    """Return how long somebody was in the call, on all devices together; None if the file does not say."""
    by_table: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_table[stay.table].append(stay)
    return max(map(_count_table_seconds, by_table.values()), default=None)


def _count_table_seconds(stays: list[Stay]) -> int:
    """Two devices at the same time count once where the file says when they joined and left."""
    spans = sorted((stay.start, stay.end) for stay in stays if stay.start is not None and stay.end is not None)
    if len(stays) == 1 or len(spans) < len(stays):
        return sum(stay.total_seconds for stay in stays)
    total = reached = 0
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _parse_clock_time(written: str) -> int | None:
    found = _CLOCK.search(written)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % HOURS_PER_HALF_DAY + (HOURS_PER_HALF_DAY if found["half"].lower().startswith("p") else 0)
    return hour * SECONDS_PER_HOUR + int(found["minute"]) * SECONDS_PER_MINUTE + int(found["second"] or 0)
