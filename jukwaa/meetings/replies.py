"""What a reply to an email about a commitment says: done, a new date, yes, or not us, in any language of the site.

Only the first line counts, and only as a whole: below it stands whatever the reply quotes, and half a sentence that
was understood is worse than one that was not.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from babel.dates import get_month_names
from django.conf import settings

LONGEST_LINE = 80
# Levantine month names, beside those of CLDR for Arabic.
LOCALES = (*dict(settings.LANGUAGES), "ar_SY")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)? (?:of |de |d')?([^\W\d]+)\.?,?(?: (?:de |del )?(\d{4}))?")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
MONTHS = 12
CURLY, AROUND = "\u2019", ' .!,;:-\u2013\u2014*"\u201c\u201d\u00ab\u00bb\u060c'


class Verb(StrEnum):
    DONE = "done"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MOVE = "move"


@dataclass(frozen=True)
class Reply:
    """`day` is set for a new due date alone."""

    verb: Verb
    day: date | None = None


def parse_reply(text: str, today: date) -> Reply | None:
    """Return what the first line of a reply says; None where it says nothing that we understand for certain."""
    line = _simplify(next((line for line in text.splitlines() if line.strip()), ""))
    if not line or len(line) > LONGEST_LINE:
        return None
    for words in _phrases().values():
        said = _without_thanks(line, words["thanks"])
        for verb in (Verb.DONE, Verb.CONFIRM, Verb.DECLINE):
            if said in words[verb]:
                return Reply(verb)
        if day := _parse_due(said, words["by"], today):
            return Reply(Verb.MOVE, day)
    return None


def _simplify(line: str) -> str:
    folded = " ".join(line.casefold().replace(CURLY, "'").split())
    return folded.strip(AROUND)


def _without_thanks(line: str, thanks: list[str]) -> str:
    for word in thanks:
        if line.endswith(f" {word}"):
            return line.removesuffix(word).strip(" ,.!;،")
    return line


def _parse_due(line: str, words: list[str], today: date) -> date | None:
    rest = next((line.removeprefix(f"{word} ") for word in words if line.startswith(f"{word} ")), line)
    return next((day for day in _days(rest.removeprefix("the "), today) if day), None)


def _days(text: str, today: date) -> Iterator[date | None]:
    """What the text may mean as a date; one without a year is the next of its kind."""
    if match := ISO.fullmatch(text):
        yield _date(*map(int, match.groups()))
    elif match := NUMBERS.fullmatch(text):
        day, month, year = map(int, match.groups())
        # 3/5/2027 is a day in March in some countries and in May in others.
        if day > MONTHS or day == month:
            yield _date(year, month, day)
    for pattern, is_day_first in ((DAY_FIRST, True), (MONTH_FIRST, False)):
        if match := pattern.fullmatch(text):
            first, second, year_written = match.groups()
            number, name = (first, second) if is_day_first else (second, first)
            if month_named := _months().get(name.strip(".")):
                yield _next(int(number), month_named, int(year_written) if year_written else None, today)


def _next(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _date(year, month, day)
    years = (today.year + each for each in range(5))  # a 29 February comes within four years, but for 2100
    return next((found for each in years if (found := _date(each, month, day)) and found >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {
        name.casefold().strip("."): number
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context=context, locale=locale).items()
    }


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("jukwaa.meetings").joinpath("data/replies.toml").read_text(encoding="utf-8"))
