"""Which meeting a report is about, by the day in the name of its file or at the beginning of its text."""

import re
from collections.abc import Iterator
from datetime import date

from babel.dates import get_month_names

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.intake.entry_plan import is_meeting_wider
from jukwaa.intake.models import Reading
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import State

MONTH_LANGUAGES = ("en", "fr", "es", "pt", "ar")
SEARCHED_CHARACTERS = 1500  # characters of a text in which the day of the meeting is looked for
FIRST_YEAR, LAST_YEAR = 1990, 2100
DECEMBER = 12


def _load_month_names() -> dict[str, int]:
    """Names and abbreviations of months, without case and accents, to their numbers."""
    found: dict[str, int] = {}
    for language in MONTH_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(fold_text(name), number)
    return found


MONTH_NUMBERS = _load_month_names()
_MONTH_NAMES = "|".join(sorted(map(re.escape, MONTH_NUMBERS), key=len, reverse=True))
_YEAR_PATTERN = r"(?P<year>(?:19|20)\d\d)"
_DAY_PATTERN = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
# In text without case, accents and punctuation.
DAY_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR_PATTERN} (?P<month>\d\d) (?P<day>\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\b",
        rf"\b(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}) {_YEAR_PATTERN}\b",
        rf"\b{_DAY_PATTERN} (?:of |de )?(?P<name>{_MONTH_NAMES}) (?:de )?{_YEAR_PATTERN}\b",
        rf"\b(?P<name>{_MONTH_NAMES}) {_DAY_PATTERN} {_YEAR_PATTERN}\b",
        rf"\b(?P<name>{_MONTH_NAMES}) (?:de )?{_YEAR_PATTERN}\b",
        rf"\b{_YEAR_PATTERN} (?P<month>\d\d)\b",
    )
]


def find_meeting_day(text: str) -> tuple[date, str] | None:
    """Return the first day that the text gives, or else the first month, and how exactly it is known.

    Where a month and a day are numbers, the day is taken to stand before the month.
    """
    words = fold_text(text[:SEARCHED_CHARACTERS].replace("_", " "))
    found = [(match.start(), _parse_date_match(match)) for pattern in DAY_PATTERNS for match in pattern.finditer(words)]
    dates = [(known, start) for start, known in found if known is not None]
    dates.sort(key=lambda row: (row[0][1] != Meeting.Precision.DAY, row[1]))
    return dates[0][0] if dates else None


def _parse_date_match(match: re.Match[str]) -> tuple[date, str] | None:
    parts = match.groupdict()
    month = MONTH_NUMBERS[parts["name"]] if parts.get("name") else int(parts["month"])
    try:
        day = date(int(parts["year"]), month, int(parts.get("day") or 1))
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return day, Meeting.Precision.DAY if parts.get("day") else Meeting.Precision.MONTH


def find_exact_day(words: str) -> date | None:
    """The one day that these words give in full; None where a year is missing, or day and month could be swapped."""
    known = find_meeting_day(words)
    if known is None or known[1] != Meeting.Precision.DAY:
        return None
    numbers = re.search(r"\b(\d{1,2})[./-](\d{1,2})[./-](?:19|20)\d\d", words)
    unclear = numbers is not None and int(numbers[1]) <= DECEMBER and numbers[1] != numbers[2]
    return None if unclear else known[0]


def suggest_meeting_on_day(
    viewer: Person, coalition: Coalition, day: date, date_precision: str, label: str
) -> Meeting | None:
    """Return the one meeting of this day, or of this month; None where there are none or several.

    A meeting that more people may read than the report is left out: see `plan.is_meeting_wider`.
    """
    candidates = list(_find_candidate_meetings(viewer, coalition, day, date_precision, label))
    return candidates[0] if len(candidates) == 1 else None


def _find_candidate_meetings(
    viewer: Person, coalition: Coalition, day: date, date_precision: str, label: str
) -> Iterator[Meeting]:
    meetings = Meeting.objects.visible_to(viewer).filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    of_month = meetings.filter(starts_on__year=day.year, starts_on__month=day.month)
    for meeting in of_month.exclude(precision=Meeting.Precision.YEAR):
        both_exact = {meeting.precision, date_precision} == {Meeting.Precision.DAY}
        if (not both_exact or meeting.starts_on == day) and not is_meeting_wider(meeting, label):
            yield meeting


def suggest_meeting_by_day(reading: Reading, known_meeting: tuple[date, str] | None) -> None:
    """Tie a report that waits to be read to the meeting of the day that its text gives, if nobody said which it is."""
    if known_meeting is None or reading.meeting_id is not None or reading.meeting_on is not None:
        return
    day, precision = known_meeting
    meeting = suggest_meeting_on_day(reading.started_by, reading.coalition, day, precision, reading.label)
    undecided = Reading.objects.filter(pk=reading.pk, meeting=None, meeting_on=None)
    changes = {"meeting_on": day, "meeting_precision": precision}
    undecided.update(**changes, **({"meeting": meeting, "meeting_title": ""} if meeting else {}))
