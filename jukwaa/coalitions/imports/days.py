"""Days as people write them in tables. Two days that one could mean are never guessed between."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from jukwaa.places.folding import plain
from jukwaa.places.locales import cldr

LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "ar")
YEARS = range(1850, 2101)
MONTHS = 12

_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_THREE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th|er|o|º)\b")


class NotADay(ValueError):  # noqa: N818 - it names what the text is
    """The message is a sentence that says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Day:
    """`note` says what was added where only a month or a year stood there."""

    day: date
    note: str = ""


def parse_day(text: str) -> Day | None:
    """None for an empty cell. Raises NotADay."""
    written = " ".join(text.split())
    if not written:
        return None
    for read in (_numbers, _words):
        if found := read(_TIME.sub("", written)):
            return found
    raise NotADay(
        _(
            "“%(text)s” is not a date that we can read. Use the format year-month-day, for example "
            "2009-11-27, or enter only the year."
        )
        % {"text": written}
    )


def _numbers(text: str) -> Day | None:
    if found := _ISO.fullmatch(text):
        return _day(text, *map(int, found.groups()))
    if found := _THREE.fullmatch(text):
        return _three(text, int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _month(text, int(year), int(month))
    if re.fullmatch(r"\d{4}", text) and int(text) in YEARS:
        return Day(
            date(int(text), 1, 1), _("Only the year %(year)s is given. We will use its first day.") % {"year": text}
        )
    return None


def _three(text: str, first: int, second: int, year: int, *, dotted: bool) -> Day:
    """With dots the day comes first everywhere; with slashes and dashes it depends on where the writer lives."""
    if dotted or first > MONTHS or first == second:
        return _day(text, year, second, first)
    if second > MONTHS:
        return _day(text, year, first, second)
    one, other = _day(text, year, second, first).day, _day(text, year, first, second).day
    raise NotADay(
        _("“%(text)s” could mean %(one)s or %(other)s. Enter one of these dates.")
        % {"text": text, "one": one.isoformat(), "other": other.isoformat()}
    )


def _words(text: str) -> Day | None:
    """As in "27 November 2009", "Nov. 2009", "novembre 2009", "November 27, 2009"."""
    words = plain(_ORDINAL.sub(r"\1", text.lower())).split()
    months = [month for word in words if (month := _months().get(word))]
    numbers = [int(word) for word in words if word.isdecimal()]
    others = [
        word for word in words if not word.isdecimal() and word not in _months() and word not in {"de", "of", "du"}
    ]
    years = [number for number in numbers if number in YEARS]
    if len(months) != 1 or len(years) != 1 or others:
        return None
    days = [number for number in numbers if number not in YEARS]
    if not days:
        return _month(text, years[0], months[0])
    return _day(text, years[0], months[0], days[0]) if len(days) == 1 else None


def _day(text: str, year: int, month: int, day: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise NotADay(_("“%(text)s” is not a valid date. Check the day and month.") % {"text": text}) from error
    if year not in YEARS:
        raise NotADay(_("“%(text)s” has a year that can't be right. Check the year.") % {"text": text})
    return Day(found)


def _month(text: str, year: int, month: int) -> Day:
    found = _day(text, year, month, 1)
    return Day(found.day, _("“%(text)s” gives only the month. We will use its first day.") % {"text": text})


@cache
def _months() -> dict[str, int]:
    """Names and abbreviations of months; a word that means two months in two languages means none."""
    found: dict[str, int] = {"sept": 9}
    doubtful = set()
    for language in LANGUAGES:
        forms = cldr(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[context][width].items():
                    word = plain(name)
                    if found.setdefault(word, number) != number:
                        doubtful.add(word)
    return {word: number for word, number in found.items() if word not in doubtful and not word.isdecimal()}
