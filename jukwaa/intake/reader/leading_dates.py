"""Days at the head of minutes and of columns: "6 May 2026"."""

import re
from contextlib import suppress
from datetime import date

_MONTHS = (
    *(("jan", 1), ("ene", 1), ("feb", 2), ("fév", 2), ("fev", 2), ("mar", 3), ("apr", 4), ("avr", 4), ("abr", 4)),
    *(("may", 5), ("mai", 5), ("juin", 6), ("jun", 6), ("juil", 7), ("jul", 7), ("aug", 8), ("aoû", 8), ("ago", 8)),
    *(("sep", 9), ("set", 9), ("oct", 10), ("out", 10), ("nov", 11), ("dec", 12), ("déc", 12), ("dic", 12)),
    ("dez", 12),
)
_MONTH = rf"(?P<month>(?:{'|'.join(name for name, _number in _MONTHS)})[a-zéûç]*)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY_PATTERNS = (
    rf"{_YEAR}-(?P<number>\d\d)-{_DAY}",
    rf"{_DAY} (?:of |de )?{_MONTH}(?:,? (?:de )?{_YEAR})?",
    rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",
)
MEETING_DAY_PATTERNS = tuple(re.compile(rf"\b{pattern}\b", re.IGNORECASE) for pattern in _DAY_PATTERNS)
MAX_SEARCHED_CHARACTERS = 600
MAX_DAYS_AHEAD = 200


def find_first_day(text: str) -> date | None:
    """The first day with a year at the head of the minutes: usually that of the meeting."""
    matches = [match for pattern in MEETING_DAY_PATTERNS for match in pattern.finditer(text[:MAX_SEARCHED_CHARACTERS])]
    for match in sorted(matches, key=re.Match.start):
        if match["year"] and (found := _build_day_from_match(match, int(match["year"]))):
            return found
    return None


def names_day(words: str, day: date) -> bool:
    """Whether these words, such as "6 May" at the head of a column, are this day."""
    matches = [match for pattern in MEETING_DAY_PATTERNS for match in pattern.finditer(words)]
    return any(_build_day_from_match(match, int(match["year"] or day.year)) == day for match in matches)


def _build_day_from_match(match: re.Match[str], year: int) -> date | None:
    named = match.groupdict()
    written = (named.get("month") or "").lower()
    number = named.get("number") or next((number for name, number in _MONTHS if written.startswith(name)), 0)
    with suppress(ValueError):
        return date(year, int(number), int(match["day"]))
    return None
