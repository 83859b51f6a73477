"""Dates as people write them in tables. Where a text could mean two of them, nothing is guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.decisions import DAY_FIRST, MONTH_FIRST
from jukwaa.core.dates import PartialDate, format_long_date, get_utc_date
from jukwaa.places.locales import get_cldr_locale
from jukwaa.places.text_folding import fold_text

PARSED_DATE_LANGUAGES = (
    *("en", "fr", "es", "pt", "de", "ru", "ar"),
    *("ar_LB", "ar_MA", "ar_TN"),  # Arab countries have three sets of names
    *("id", "it", "nl", "sw", "tr"),
)
VALID_YEAR_RANGE = range(1850, 2101)
MONTHS_PER_YEAR = 12
MAX_AGE_OF_SHORT_YEAR = 60  # years; "Aug-31" is more likely a day than a year
# As people write them; CLDR has another abbreviation or none.
MORE_MONTH_NAMES = {"sept": 9, "agt": 8, "agst": 8, "peb": 2, "pebruari": 2, "nop": 11, "nopember": 11, "setiembre": 9}
MAX_DATE_LENGTH = 100  # characters; Python reads no number of more than 4,300 digits
_SPREADSHEET_SERIAL_EPOCH = date(1899, 12, 30)
_SPREADSHEET_SERIAL_RANGE = range(20_000, 60_000)  # 1954 to 2064

_TIME_PATTERN = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_DATE_AND_TIME_PATTERN = re.compile(r"[\d./:TZ+\s-]{6,}")
_ISO_DATE_PATTERN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC_DATE_PATTERN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_EAST_ASIAN_DATE_PATTERN = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월](?:\s?(\d{1,2})[日일])?")
_QUARTER_PATTERN = re.compile(r"[QT][1-4][ /-]?(\d{4})|(\d{4})[ /-]?[QT][1-4]", re.IGNORECASE)
_REMARK_PATTERN = re.compile(r"\s+\([^()\d?]+\)$")  # "2022-08-12 (Youth Day)"
_YEAR_MONTH_PATTERN = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_LEADING_WORD_PATTERN = re.compile(
    r"^(?:since|depuis|desde|from|circa|ca\.?|c\.|approx\.?|seit|منذ|~)\s*", re.IGNORECASE
)
_PART_OF_YEAR_PATTERN = re.compile(
    r"^(?:early|mid|late|middle of|beginning of|start of|end of|mi|début|fin|mediados de|principios de|finales de"
    r"|meados de|início de|fim de|anfang|mitte|ende)[\s-]+(?=\d{4}$)",
    re.IGNORECASE,
)
_MONTHS_OF_TWO_WORDS_PATTERN = re.compile(r"(كانون|تشرين) (الاول|الثاني)")
_SHORT_YEAR_PATTERN = re.compile(
    r"(?!.*\d{3})(?P<rest>.*[^\W\d].*?)(?P<gap>[\s.,/-]+['\u2019\u02bb]?|['\u2019\u02bb])(?P<year>\d\d)"
)
_BUDDHIST_ERA_PATTERN = re.compile(r"(?<!\w)(?:B\.?\s?E\.?|พ\.\s?ศ\.|(?P<other>C\.?E\.?|A\.?D\.?|ค\.\s?ศ\.))(?!\w)")
_BUDDHIST_YEAR_PATTERN = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_BUDDHIST_YEARS_AHEAD = 543
_ORDINAL_PATTERN = re.compile(r"\b(\d{1,2})(st|nd|rd|th|er|o|º)\b")


class InvalidDateError(ValueError):
    """The message is a sentence that says what is wrong with it."""


class AmbiguousDateError(InvalidDateError):
    """A date that means one day if the day comes first, and another if the month does: `days`, in this order."""

    def __init__(self, message: str, *days: date) -> None:
        super().__init__(message)
        self.days = days


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """`precision` is "day", "month" or "year": how much of it stood there. `note` says what was made of it."""

    day: date
    note: str = ""
    precision: str = "day"

    @property
    def partial_date(self) -> PartialDate:
        return PartialDate(self.day, self.precision)


def parse_date(text: str, date_order: str = "") -> ParsedDate | None:
    """None for an empty cell. `order` says whether the day or the month comes first, if somebody has decided.

    Raises InvalidDateError, and AmbiguousDateError where `order` is needed.
    """
    written = " ".join(text.split())
    if not written:
        return None
    bare = _REMARK_PATTERN.sub("", _convert_buddhist_year(written[:MAX_DATE_LENGTH]))
    bare = _LEADING_WORD_PATTERN.sub("", _TIME_PATTERN.sub("", bare))
    if len(written) <= MAX_DATE_LENGTH and (
        found := _parse_numeric_date(bare, date_order)
        or _parse_quarter(bare)
        or _parse_part_of_year(bare)
        or _parse_serial_number(bare)
        or _parse_date_with_month_name(bare)
    ):
        return found
    raise InvalidDateError(
        _("“%(text)s” is not a date that we can read. Enter a date such as 2009-11-27, or only the year.")
        % {"text": written}
    )


def is_date_text(cell: str) -> bool:
    """Whether the cell is a date, with or without a time, also one that could mean two days."""
    if _DATE_AND_TIME_PATTERN.fullmatch(cell.strip()):
        return True
    try:
        return parse_date(cell) is not None
    except AmbiguousDateError:
        return True
    except InvalidDateError:
        return False


def _parse_quarter(text: str) -> ParsedDate | None:
    found = _QUARTER_PATTERN.fullmatch(text)
    if not found:
        return None
    note = _("“%(text)s” gives only the quarter. We will record the year.") % {"text": text}
    return ParsedDate(date(int(found[1] or found[2]), 1, 1), note, "year")


def _parse_part_of_year(text: str) -> ParsedDate | None:
    year = _PART_OF_YEAR_PATTERN.sub("", text)
    found = _parse_numeric_date(year, "") if year != text else None
    if not found:
        return None
    note = _("“%(text)s” gives only a part of the year. We will record the year.") % {"text": text}
    return replace(found, note=note)


def _parse_serial_number(text: str) -> ParsedDate | None:
    """The number that a spreadsheet keeps for a day, where the cell had lost its format: 40144 is 27 November 2009."""
    if not re.fullmatch(r"\d{5}", text) or int(text) not in _SPREADSHEET_SERIAL_RANGE:
        return None
    day = _SPREADSHEET_SERIAL_EPOCH + timedelta(days=int(text))
    note = _("“%(text)s” is how spreadsheets store a date. We will import it as %(day)s.")
    return ParsedDate(day, note % {"text": text, "day": format_long_date(day)})


def _parse_numeric_date(text: str, date_order: str) -> ParsedDate | None:
    if found := _ISO_DATE_PATTERN.fullmatch(text):
        return _build_parsed_date(text, *map(int, found.groups()))
    if found := _NUMERIC_DATE_PATTERN.fullmatch(text):
        day_first = found[2] == "." or date_order == DAY_FIRST
        return _parse_date_from_numbers(
            text,
            int(found[1]),
            int(found[3]),
            _complete_short_year(found[4]),
            date_order=DAY_FIRST if day_first else date_order,
        )
    if found := _YEAR_MONTH_PATTERN.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _build_month_date(text, int(year), int(month))
    if found := _EAST_ASIAN_DATE_PATTERN.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
        return _build_parsed_date(text, year, month, day) if day else _build_month_date(text, year, month)
    if re.fullmatch(r"\d{4}", text) and int(text) in VALID_YEAR_RANGE:
        return ParsedDate(date(int(text), 1, 1), precision="year")
    return None


def suggest_date_order(date_texts: Iterable[str]) -> str:
    """Whether the day or the month comes first in the dates of a column that leave no doubt; nothing if they differ."""
    orders = {
        DAY_FIRST if int(found[1]) > MONTHS_PER_YEAR else MONTH_FIRST
        for text in date_texts
        if (found := _NUMERIC_DATE_PATTERN.fullmatch(_TIME_PATTERN.sub("", text.strip())))
        and found[2] != "."
        and max(int(found[1]), int(found[3])) > MONTHS_PER_YEAR
    }
    return orders.pop() if len(orders) == 1 else ""


def _complete_short_year(text: str) -> int:
    """Of two digits: the last year that ends with them and is not after next year."""
    if len(text) > 2:  # noqa: PLR2004 - digits
        return int(text)
    century, newest = divmod(get_utc_date().year + 1, 100)
    return int(text) + 100 * (century if int(text) <= newest else century - 1)


def _parse_date_from_numbers(
    text: str, first_number: int, second_number: int, year: int, *, date_order: str
) -> ParsedDate:
    """With dots the day comes first everywhere; with slashes and dashes it depends on where the writer lives."""
    if (
        first_number > MONTHS_PER_YEAR
        or first_number == second_number
        or (date_order == DAY_FIRST and second_number <= MONTHS_PER_YEAR)
    ):
        return _build_parsed_date(text, year, second_number, first_number)
    if second_number > MONTHS_PER_YEAR or date_order:
        return _build_parsed_date(text, year, first_number, second_number)
    one, other = (
        _build_parsed_date(text, year, second_number, first_number).day,
        _build_parsed_date(text, year, first_number, second_number).day,
    )
    raise AmbiguousDateError(
        _("“%(text)s” could mean %(one)s or %(other)s. Enter one of these dates.")
        % {"text": text, "one": one.isoformat(), "other": other.isoformat()},
        one,
        other,
    )


def _parse_date_with_month_name(text: str) -> ParsedDate | None:
    """As in "27 November 2009", "Nov. 2009", "novembre 2009", "November 27, 2009"."""
    plain = _ORDINAL_PATTERN.sub(r"\1", _complete_year_after_month_name(text).lower())
    words = _MONTHS_OF_TWO_WORDS_PATTERN.sub(r"\1_\2", fold_text(plain)).split()
    months = [month for word in words if (month := load_month_names().get(word))]
    numbers = [int(word) for word in words if word.isdecimal()]
    others = [
        word
        for word in words
        if not word.isdecimal() and word not in load_month_names() and word not in {"de", "of", "du"}
    ]
    years = [number for number in numbers if number in VALID_YEAR_RANGE]
    if len(months) != 1 or len(years) != 1 or others:
        return None
    days = [number for number in numbers if number not in VALID_YEAR_RANGE]
    if not days:
        return _build_month_date(text, years[0], months[0])
    return _build_parsed_date(text, years[0], months[0], days[0]) if len(days) == 1 else None


def _complete_year_after_month_name(text: str) -> str:
    """With four digits in "9 Feb 22", "Aug-22" and "April '24"; "Aug 22" may be a day, and so may "Aug-31"."""
    found = _SHORT_YEAR_PATTERN.fullmatch(text)
    if not found or not (re.search(r"\d", found["rest"]) or found["gap"].strip(" .,/")):
        return text
    year = _complete_short_year(found["year"])
    is_recent = year > get_utc_date().year - MAX_AGE_OF_SHORT_YEAR
    return f"{found['rest']} {year}" if is_recent else text


def _convert_buddhist_year(text: str) -> str:
    """As "13/09/2021" of "13/09/2564 (BE) = 2021", "13/09/2564 BE" and "2564 (2021)".

    The era or the other year has to be there: 2564 alone may be a slip of the pen.
    """
    plain = _BUDDHIST_ERA_PATTERN.sub(" ", text)
    parts = [part for raw in re.split(r"[=()\[\]]", plain) if (part := " ".join(raw.split()).strip("/ "))]
    if not _BUDDHIST_YEAR_PATTERN.search(plain):
        return text
    has_era = any(not found["other"] for found in _BUDDHIST_ERA_PATTERN.finditer(text))
    converted = [
        _BUDDHIST_YEAR_PATTERN.sub(lambda found: str(int(found[0]) - _BUDDHIST_YEARS_AHEAD), part) for part in parts
    ]
    longest = max(converted, key=len)
    is_same_year = {*converted} - {longest} <= {*re.findall(r"(?<!\d)\d{4}(?!\d)", longest)}
    return longest if is_same_year and (has_era or len(parts) > 1) else text


def _build_parsed_date(text: str, year: int, month: int, day: int) -> ParsedDate:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise InvalidDateError(
            _("“%(text)s” is not a valid date. Check the day and month.") % {"text": text}
        ) from error
    if year not in VALID_YEAR_RANGE:
        raise InvalidDateError(_("“%(text)s” has a year that can't be right. Check the year.") % {"text": text})
    return ParsedDate(found)


def _build_month_date(text: str, year: int, month: int) -> ParsedDate:
    found = _build_parsed_date(text, year, month, 1)
    return ParsedDate(found.day, precision="month")


@cache
def load_month_names() -> dict[str, int]:
    """Names and abbreviations of months; a word that means two months in two languages means none."""
    found = dict(MORE_MONTH_NAMES)
    doubtful = set()
    for language in PARSED_DATE_LANGUAGES:
        forms = get_cldr_locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[context][width].items():
                    word = fold_text(name).replace(" ", "_")
                    if found.setdefault(word, number) != number:
                        doubtful.add(word)
    return {word: number for word, number in found.items() if word not in doubtful and not word.isdecimal()}
