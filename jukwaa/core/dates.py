"""Format dates in the language of the page."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_month_names
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext

UTC = "UTC"
_PARTIAL_DATE_PATTERN = re.compile(r"[12][0-9]{3}(-[0-9]{2}){0,2}", re.ASCII)
_PRECISION_BY_TEXT_LENGTH = {4: "year", 7: "month", 10: "day"}
_SHORT_MONTH_PATTERN = re.compile(r"M{3,4}")
_THIN_SPACE = "\N{THIN SPACE}"  # around the dash, which plain text shows as a box in some programs
MINUS_SIGN = "\N{MINUS SIGN}"  # no line is broken after it
BABEL_LOCALE_BY_LANGUAGE = {"en": "en_GB"}  # a language alone would mean another country's habits


def get_utc_date() -> date:
    """Return the day in UTC: memberships, roles and affiliations begin and end with it, for every reader at once.

    The reader's own day (`timezone.localdate()`) is for what they read: "today", "overdue".
    """
    return timezone.now().date()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or the month or the year that it stands for: `precision` is "day", "month" or "year"."""

    day: date
    precision: str = "day"

    def __str__(self) -> str:
        return format_partial_date(self.day, self.precision)

    def isoformat(self) -> str:
        """As much as is known: 2009-11-27, 2009-11 or 2009."""
        return format_partial_iso_date(self.day, self.precision)


def format_long_date(day: date) -> str:
    """Return the day in words: 27 November 2009; 27 de noviembre de 2009."""
    return _format_localized_date(day, "long", get_page_locale())


def format_moment(at: datetime) -> str:
    """11 December 2026, 23:59 (UTC+3), in the zone of its reader: midnight is the last minute of the day before."""
    last = timezone.localtime(at)
    if last.time() == time():
        last -= timedelta(minutes=1)
    return gettext("%(day)s, %(time)s (%(zone)s)") % {
        "day": format_long_date(last.date()),
        "time": time_format(last, "H:i"),
        "zone": format_utc_offset(last),
    }


def format_utc_offset(moment: datetime) -> str:
    """UTC, UTC+3, UTC+5:30."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if minutes == 0:
        return UTC
    hours, rest = divmod(abs(minutes), 60)
    return f"{UTC}{'+' if minutes > 0 else MINUS_SIGN}{hours}{f':{rest:02}' if rest else ''}"


def format_short_date(day: date) -> str:
    """Return the day with a short month: 27 Nov 2009."""
    return _format_localized_date(day, "medium", get_page_locale())


def format_weekday(day: date) -> str:
    """Return the name of the weekday: Friday."""
    return format_date(day, "EEEE", locale=get_page_locale())


def format_month(day: date) -> str:
    """Return the month with its year: November 2009."""
    return format_skeleton("yMMMM", day, locale=get_page_locale())


def format_day_range(first_day: date, last_day: date) -> str:
    """Return the days in words: 27-28 November 2009 with an en dash; one day as a long date."""
    if first_day == last_day:
        return format_long_date(first_day)
    return _format_localized_day_range(first_day, last_day, get_page_locale())


def format_partial_date(day: date, precision: str = "day", last_day: date | None = None) -> str:
    """Return as much of the date as is known, by `precision` ("day", "month" or "year"): 2009; November 2009.

    `last_day` is that of what takes several days, of which the precision is "day".
    """
    if precision == "year":
        return str(day.year)
    return format_month(day) if precision == "month" else format_day_range(day, last_day or day)


def parse_partial_date(text: str) -> tuple[date, str] | None:
    """Return the first day and the precision of "2017-05-02", "2017-05" or "2017"; None if it is no such date."""
    precision = _PRECISION_BY_TEXT_LENGTH.get(len(text))
    if precision is None or not _PARTIAL_DATE_PATTERN.fullmatch(text):
        return None
    try:
        return date.fromisoformat(f"{text}-01-01"[: len("2017-01-01")] if precision != "day" else text), precision
    except ValueError:
        return None


def format_partial_iso_date(day: date, precision: str = "day") -> str:
    """For machines: 2017-05-02, 2017-05 or 2017."""
    lengths = {name: length for length, name in _PRECISION_BY_TEXT_LENGTH.items()}
    return day.isoformat()[: lengths[precision]]


def translate_month_to_english(text: str) -> str:
    """A date whose month is named in the language of the page, with the month's English name."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=get_page_locale()).items():
            names.setdefault(name.casefold().strip("."), number)
    words = [word for word in text.split() if word != "de"]  # as in "27 de noviembre de 2009"
    words = ["1" if word.casefold() == "1er" else word for word in words]
    numbered = [(names.get(word.casefold().strip(".,")), word) for word in words]
    return " ".join(calendar.month_name[number] if number else word for number, word in numbered)


@lru_cache(maxsize=4096)  # a list shows the same days again and again
def _format_localized_date(day: date, date_format: str, locale: str) -> str:
    """As Unicode CLDR does, with what it leaves out: the French first of a month, and names of months in Arabic."""
    if locale.startswith("ar"):
        date_format = "long"  # the medium format has no name of the month: 01/11/2026
    return _mark_french_first_of_month(format_date(day, date_format, locale=locale), day, locale)


@lru_cache(maxsize=1024)
def _format_localized_day_range(first_day: date, last_day: date, locale: str) -> str:
    """Join the days by the interval pattern of Unicode CLDR, which repeats neither the same month nor the same year.

    CLDR has patterns with a full name of the month for Spanish alone: elsewhere, it replaces the short name.
    """
    formats = Locale.parse(locale).interval_formats
    patterns = formats.get("yMMMMd") or formats["yMMMd"]
    if first_day.year != last_day.year:
        first, last = patterns["y"]
    else:
        first, last = patterns["M" if first_day.month != last_day.month else "d"]
    parts = ((first_day, first), (last_day, last))
    return "".join(
        _mark_french_first_of_month(
            format_date(day, _SHORT_MONTH_PATTERN.sub("MMMM", pattern), locale=locale), day, locale
        )
        for day, pattern in parts
    ).replace(_THIN_SPACE, " ")


def _mark_french_first_of_month(text: str, day: date, locale: str) -> str:
    return f"1er{text.removeprefix('1')}" if locale.startswith("fr") and day.day == 1 else text


def get_page_locale() -> str:
    language = get_language() or "en"
    return BABEL_LOCALE_BY_LANGUAGE.get(language, language.replace("-", "_"))
