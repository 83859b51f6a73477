"""Times of day in a pasted agenda, as people write them: "14.30", "2-2:45 pm", "11h00".

Pure functions. Times are minutes of a day.
"""

import re

MINUTES_PER_HOUR, MINUTES_PER_DAY = 60, 24 * 60
NOON_HOUR = 12
MAX_LINE_MINUTES = 600  # longer is no agenda item, but an hour that was read wrongly

DASHES = "-\u2013\u2014"
CLOCK = r"(?:[01]?\d|2[0-4])(?:(?:[:.]|\s?[hH]\s?)[0-5]\d|\s?[hH](?![a-z]))?(?:\s?[ap]\.?m\b\.?)?"
_ZONE = r"(?:\s?(?:UTC|GMT)(?:[+-]\d{1,2})?\b)?"
_HALF = r"(?:\s?[\u0635\u0645](?!\w)|\s?Uhr\b)?"  # before and after noon in Arabic
_TO = rf"\s*(?:[{DASHES}>\u2192]+|to|until|till|bis|\u00e0s?|a|e|hasta|\u0625\u0644\u0649)\s*"
TIME_RANGE_PATTERN = re.compile(
    rf"(?<![\w:.])(?:from\s|de\s|\u0645\u0646\s)?(?P<first>{CLOCK}){_HALF}{_ZONE}{_TO}(?P<last>{CLOCK}){_HALF}(?!\w|:\d){_ZONE}",
    re.IGNORECASE,
)
START_PATTERN = re.compile(
    rf"^(?:at\s|\u00e0\s)?(?P<first>{CLOCK})(?![\w:]){_HALF}{_ZONE}(?=[\s,;:|\u2013\u2014]|$)", re.IGNORECASE
)
_CLOCK_PARTS = re.compile(
    r"(?P<hour>\d{1,2})\D{0,3}?(?P<minute>\d{2})?(?:\D*?(?P<half>[ap])\.?m)?\.?\s*$", re.IGNORECASE
)


def parse_time_range(first: str, last: str) -> tuple[int | None, int | None]:
    """In "2:00-2:10 pm" both are in the afternoon; in "14-14:30" the hour alone is a time."""
    if is_bare_number(first) and is_bare_number(last):
        return None, None
    half = _CLOCK_PARTS.search(last)
    if half and half["half"] and not _has_am_or_pm(first):
        same = parse_clock_time(f"{first.strip()} {half['half']}m")
        end = parse_clock_time(last)
        # "11:50-12:10 pm" begins in the morning.
        is_same = same is not None and end is not None and same <= end
        return (same if is_same else parse_clock_time(first)), end
    return parse_clock_time(first), parse_clock_time(last)


def _has_am_or_pm(clock: str) -> bool:
    found = _CLOCK_PARTS.search(clock)
    return bool(found and found["half"])


def is_bare_number(clock: str) -> bool:
    return clock.strip().isdigit()


def parse_clock_time(clock: str) -> int | None:
    found = _CLOCK_PARTS.match(clock.strip())
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % NOON_HOUR + (NOON_HOUR if found["half"].lower() == "p" else 0)
    return (hour * MINUTES_PER_HOUR + int(found["minute"] or 0)) % MINUTES_PER_DAY


def count_minutes_between(start: int, end: int) -> int | None:
    """Return the minutes from one time to another, which may be past noon ("12:50-1:10") or past midnight."""
    minutes = (end - start) % MINUTES_PER_DAY
    if minutes > MAX_LINE_MINUTES and start < (NOON_HOUR + 1) * MINUTES_PER_HOUR:
        minutes = (end + NOON_HOUR * MINUTES_PER_HOUR - start) % MINUTES_PER_DAY
    return minutes if 0 < minutes <= MAX_LINE_MINUTES else None
