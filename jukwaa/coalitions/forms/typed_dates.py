"""Dates as people type them into a field: "22/09/2026" in French, "22 Sep 2026", "22.09.2026", "2026-09-22"."""

import re
from functools import cache

from django.utils.translation import get_language

from jukwaa.coalitions.imports.dates import InvalidDateError, ParsedDate, parse_date
from jukwaa.coalitions.imports.decisions import DAY_FIRST
from jukwaa.places.locales import get_cldr_locale

SHORT_YEAR_PATTERN = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
# British and American readers share one language, and write 3/4/2027 for different days.
LANGUAGES_OF_BOTH_ORDERS = frozenset({"en"})


def parse_typed_date(text: str) -> ParsedDate | None:
    """Return the day, month or year that was typed; None for an empty text.

    Raises InvalidDateError, and AmbiguousDateError where the language of the page does not say which number is the day.
    """
    written = " ".join(text.split())
    if SHORT_YEAR_PATTERN.fullmatch(written):
        raise InvalidDateError(written)
    parsed = parse_date(written, get_typed_date_order(get_language() or "en"))
    if parsed is not None and (parsed.note or not _is_day_month_or_year(written, parsed)):
        raise InvalidDateError(written)
    return parsed


def _is_day_month_or_year(written: str, parsed: ParsedDate) -> bool:
    """Whether that was written, and not a year with a word before it."""
    return parsed.precision != "year" or written == str(parsed.day.year)


@cache
def get_typed_date_order(language: str) -> str:
    """Return that the day comes first, where people who write this language agree on that."""
    if language.split("-", maxsplit=1)[0] in LANGUAGES_OF_BOTH_ORDERS:
        return ""
    pattern = get_cldr_locale(language).date_formats["short"].pattern
    return DAY_FIRST if -1 < pattern.find("d") < pattern.find("M") else ""
