"""The day of a meeting that a title or a file name gives without a year: "call 10/9", "rough 10 sept.txt"."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from django.utils import timezone

from jukwaa.intake.meeting_dates import (
    DAY_RANGES,
    DECEMBER,
    MONTH_NAMES_PATTERN,
    MONTH_NUMBERS,
    NAMED_DAY_PATTERN,
    WEEKDAY_NUMBERS,
)
from jukwaa.places.text_folding import fold_text

MAX_TITLE_LINES = 3
MAX_TITLE_WORDS = 8
YEAR_PATTERN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
DAY_OF_MONTH_NAME_PATTERN = re.compile(rf"\b(?P<day>\d{{1,2}}) ?(?:de )?(?P<name>{MONTH_NAMES_PATTERN})\b(?! \d)")
TITLE_NUMBERS_PATTERN = re.compile(
    r"\b(?:call|meeting|notes|minutes|session|r[e\u00e9]union|reuni[o\u00f3]n|sesi[o\u00f3]n|acta|s[e\u00e9]ance"
    r"|reuni[a\u00e3]o|ata)\W{1,3}(?:of |on |from |the |del? |du )*(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})"
    r"(?![\d/]|\.\d)",
    re.IGNORECASE,
)
NUMBERS_PATTERN = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})(?![\d/])")


def find_day_without_year(text: str, title_lines: Sequence[str], file_name: str) -> date | None:
    """The day that the first lines or the name of the file give, in the only year that they or the text name.

    None where that could be two days, or where no year or several are named.
    """
    years = {int(year) for year in YEAR_PATTERN.findall(f"{file_name}\n{text}")}
    if len(years) != 1:
        return None
    year = years.pop()
    named = {
        day for day in _find_days_with_month_name(title_lines[:MAX_TITLE_LINES], file_name, year) if day is not None
    }
    if len(named) == 1:
        return named.pop()
    found = next((TITLE_NUMBERS_PATTERN.search(line) for line in title_lines[:MAX_TITLE_LINES]), None)
    return _parse_numeric_day(found, text, year) if found and not named else None


def _find_days_with_month_name(title_lines: Sequence[str], file_name: str, year: int) -> Iterator[date | None]:
    for line in title_lines:
        for match in NAMED_DAY_PATTERN.finditer(fold_text(DAY_RANGES.keep_first_days(line))):
            day = _build_past_day(year, MONTH_NUMBERS[match["name"]], int(match["day"]))
            if day and (match["weekday"] is None or WEEKDAY_NUMBERS[match["weekday"]] == day.weekday()):
                yield day
    name = DAY_RANGES.keep_first_days(file_name.rpartition(".")[0].replace("_", " "))
    for match in DAY_OF_MONTH_NAME_PATTERN.finditer(fold_text(name)):
        yield _build_past_day(year, MONTH_NUMBERS[match["name"]], int(match["day"]))


def _parse_numeric_day(numbers_match: re.Match[str], text: str, year: int) -> date | None:
    """The day and the month of "10/9", if the other dates of the text show which of them comes first."""
    first, second = int(numbers_match["first"]), int(numbers_match["second"])
    orders = {(first, second)} if numbers_match["mark"] == "." else {(first, second), (second, first)}
    shown = {
        int(one) > DECEMBER
        for one, other in NUMBERS_PATTERN.findall(text)
        if _is_order_unambiguous(int(one), int(other))
    }
    if len(orders) > 1 and len(shown) == 1:
        orders = {(first, second) if shown.pop() else (second, first)}
    days = {found for day, month in orders if (found := _build_past_day(year, month, day)) is not None}
    return days.pop() if len(days) == 1 else None


def _is_order_unambiguous(one: int, other: int) -> bool:
    return (one > DECEMBER) != (other > DECEMBER)


def _build_past_day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        found = date(year, month, day)
        return found if found <= timezone.localdate() else None
    return None
