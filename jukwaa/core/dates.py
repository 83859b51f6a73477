"""Days as people write and read them, in the language of the page."""

import calendar
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton, get_month_names
from django.utils.translation import get_language

LOCALES = {"en": "en_GB"}  # a language alone would mean another country's habits


def written(day: date) -> str:
    """27 November 2009; 27 de noviembre de 2009."""
    return _written(day, "long", locale_of_the_page())


def written_shortly(day: date) -> str:
    """27 Nov 2009."""
    return _written(day, "medium", locale_of_the_page())


def month_written(day: date) -> str:
    """November 2009."""
    return format_skeleton("yMMMM", day, locale=locale_of_the_page())


def in_english(text: str) -> str:
    """A date whose month is named in the language of the page, with the month's English name."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=locale_of_the_page()).items():
            names.setdefault(name.casefold().strip("."), number)
    words = [word for word in text.split() if word != "de"]  # as in "27 de noviembre de 2009"
    numbered = [(names.get(word.casefold().strip(".,")), word) for word in words]
    return " ".join(calendar.month_name[number] if number else word for number, word in numbered)


@lru_cache(maxsize=4096)  # a list shows the same days again and again
def _written(day: date, how: str, locale: str) -> str:
    return format_date(day, how, locale=locale)


def locale_of_the_page() -> str:
    language = get_language() or "en"
    return LOCALES.get(language, language.replace("-", "_"))
