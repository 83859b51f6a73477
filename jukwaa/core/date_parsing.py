"""Parse the dates that people write in emails, in any language of the site. Ambiguous dates are not guessed."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel.dates import get_month_names
from django.conf import settings

# Further languages of minutes, and Levantine month names, beside those of CLDR for Arabic.
PARSED_LOCALE_CODES = ("sw", "de", "it", "nl", "pt", *dict(settings.LANGUAGES), "ar_SY")
ISO_DATE_PATTERN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMERIC_DATE_PATTERN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
DAY_FIRST_DATE_PATTERN = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)? (?:of |de |d')?([^\W\d]+)\.?,?(?: (?:de |del )?(\d{4}))?"
)
# A name begins where a word does, and is short: otherwise each letter of a long word would be tried as a beginning.
MONTH_FIRST_DATE_PATTERN = re.compile(r"(?<![^\W\d])([^\W\d]{1,20}+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
MONTHS_PER_YEAR = 12
type Reading = tuple[int, date | None]  # where it begins, and the day


def parse_day(text: str, today: date) -> date | None:
    """Return the day that the text is, and nothing else; one without a year is the next of its kind."""
    matches = [
        (pattern, pattern.fullmatch(text))
        for pattern in (ISO_DATE_PATTERN, NUMERIC_DATE_PATTERN, DAY_FIRST_DATE_PATTERN, MONTH_FIRST_DATE_PATTERN)
    ]
    return next(
        (day for pattern, match in matches if match and (day := _parse_date_match(pattern, match, today))), None
    )


def find_days_in_text(text: str, today: date) -> list[date]:
    """Return the days that the text names, each once, in its order; one without a year is the next of its kind."""
    folded = text.casefold()
    found = sorted(_find_date_readings(folded, today), key=lambda reading: reading[0])
    return list(dict.fromkeys(day for _start, day in found if day))


def _find_date_readings(text: str, today: date) -> Iterator[Reading]:
    for pattern in (ISO_DATE_PATTERN, NUMERIC_DATE_PATTERN, DAY_FIRST_DATE_PATTERN, MONTH_FIRST_DATE_PATTERN):
        for match in pattern.finditer(text):
            if not _is_next_to_digits(text, match):
                yield match.start(), _parse_date_match(pattern, match, today)


def _is_next_to_digits(text: str, match: re.Match[str]) -> bool:
    """Whether digits touch it, as in a telephone number."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return (match.group()[0].isdigit() and (before.isalnum() or before in {"/", "-", "."})) or after.isdigit()


def _parse_date_match(date_pattern: re.Pattern[str], match: re.Match[str], today: date) -> date | None:
    if date_pattern is ISO_DATE_PATTERN:
        return _build_date_or_none(*map(int, match.groups()))
    if date_pattern is NUMERIC_DATE_PATTERN:
        day, month, year = map(int, match.groups())
        # 3/5/2027 is a day in March in some countries and in May in others.
        return _build_date_or_none(year, month, day) if day > MONTHS_PER_YEAR or day == month else None
    first, second, year_written = match.groups()
    number, name = (first, second) if date_pattern is DAY_FIRST_DATE_PATTERN else (second, first)
    month_named = _load_month_numbers().get(name.strip("."))
    return _find_next_date(int(number), month_named, int(year_written) if year_written else None, today)


def _find_next_date(day: int, month_number: int | None, year: int | None, today: date) -> date | None:
    if month_number is None:
        return None
    if year is not None:
        return _build_date_or_none(year, month_number, day)
    years = (today.year + each for each in range(5))  # a 29 February comes within four years, but for 2100
    return next(
        (found for each in years if (found := _build_date_or_none(each, month_number, day)) and found >= today), None
    )


def _build_date_or_none(year: int, month_number: int, day: int) -> date | None:
    try:
        return date(year, month_number, day)
    except ValueError:
        return None


@cache
def _load_month_numbers() -> dict[str, int]:
    return {
        name.casefold().strip("."): number
        for locale in PARSED_LOCALE_CODES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context=context, locale=locale).items()
    }
