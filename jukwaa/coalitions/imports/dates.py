"""Days as people write them in tables. Two days that one could mean are never guessed between."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from jukwaa.places.locales import get_cldr_locale
from jukwaa.places.text_folding import fold_text

LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "ar")
VALID_YEARS = range(1850, 2101)
MONTHS_PER_YEAR = 12

_TIME_PATTERN = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_ISO_DATE_PATTERN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC_DATE_PATTERN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_YEAR_MONTH_PATTERN = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_ORDINAL_PATTERN = re.compile(r"\b(\d{1,2})(st|nd|rd|th|er|o|º)\b")


class InvalidDateError(ValueError):
    """The message is a sentence that says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """`note` says what was added where only a month or a year stood there."""

    day: date
    note: str = ""


def parse_date(text: str) -> ParsedDate | None:
    """None for an empty cell. Raises InvalidDateError."""
    written = " ".join(text.split())
    if not written:
        return None
    for read in (_parse_numeric_date, _parse_written_date):
        if found := read(_TIME_PATTERN.sub("", written)):
            return found
    raise InvalidDateError(
        _(
            "“%(text)s” is not a date that we can read. Use the format year-month-day, for example "
            "2009-11-27, or enter only the year."
        )
        % {"text": written}
    )


def _parse_numeric_date(text: str) -> ParsedDate | None:
    if found := _ISO_DATE_PATTERN.fullmatch(text):
        return _build_parsed_date(text, *map(int, found.groups()))
    if found := _NUMERIC_DATE_PATTERN.fullmatch(text):
        return _parse_three_numbers(text, int(found[1]), int(found[3]), int(found[4]), has_dots=found[2] == ".")
    if found := _YEAR_MONTH_PATTERN.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _build_month_date(text, int(year), int(month))
    if re.fullmatch(r"\d{4}", text) and int(text) in VALID_YEARS:
        return ParsedDate(
            date(int(text), 1, 1), _("Only the year %(year)s is given. We will use its first day.") % {"year": text}
        )
    return None


def _parse_three_numbers(text: str, first: int, second: int, year: int, *, has_dots: bool) -> ParsedDate:
    """With dots the day comes first everywhere; with slashes and dashes it depends on where the writer lives."""
    if has_dots or first > MONTHS_PER_YEAR or first == second:
        return _build_parsed_date(text, year, second, first)
    if second > MONTHS_PER_YEAR:
        return _build_parsed_date(text, year, first, second)
    one, other = _build_parsed_date(text, year, second, first).day, _build_parsed_date(text, year, first, second).day
    raise InvalidDateError(
        _("“%(text)s” could mean %(one)s or %(other)s. Enter one of these dates.")
        % {"text": text, "one": one.isoformat(), "other": other.isoformat()}
    )


def _parse_written_date(text: str) -> ParsedDate | None:
    """As in "27 November 2009", "Nov. 2009", "novembre 2009", "November 27, 2009"."""
    words = fold_text(_ORDINAL_PATTERN.sub(r"\1", text.lower())).split()
    months = [month for word in words if (month := _load_month_names().get(word))]
    numbers = [int(word) for word in words if word.isdecimal()]
    others = [
        word
        for word in words
        if not word.isdecimal() and word not in _load_month_names() and word not in {"de", "of", "du"}
    ]
    years = [number for number in numbers if number in VALID_YEARS]
    if len(months) != 1 or len(years) != 1 or others:
        return None
    days = [number for number in numbers if number not in VALID_YEARS]
    if not days:
        return _build_month_date(text, years[0], months[0])
    return _build_parsed_date(text, years[0], months[0], days[0]) if len(days) == 1 else None


def _build_parsed_date(text: str, year: int, month: int, day: int) -> ParsedDate:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise InvalidDateError(
            _("“%(text)s” is not a valid date. Check the day and month.") % {"text": text}
        ) from error
    if year not in VALID_YEARS:
        raise InvalidDateError(_("“%(text)s” has a year that can't be right. Check the year.") % {"text": text})
    return ParsedDate(found)


def _build_month_date(text: str, year: int, month: int) -> ParsedDate:
    found = _build_parsed_date(text, year, month, 1)
    return ParsedDate(found.day, _("“%(text)s” gives only the month. We will use its first day.") % {"text": text})


@cache
def _load_month_names() -> dict[str, int]:
    """Names and abbreviations of months; a word that means two months in two languages means none."""
    found: dict[str, int] = {"sept": 9}
    doubtful = set()
    for language in LANGUAGES:
        forms = get_cldr_locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[context][width].items():
                    word = fold_text(name)
                    if found.setdefault(word, number) != number:
                        doubtful.add(word)
    return {word: number for word, number in found.items() if word not in doubtful and not word.isdecimal()}
