"""Meetings of several days: "21 et mercredi 22 avril 2026" begins on the first and ends on the last.

Everything here works on text without case and accents, but with its punctuation: see `_fold_letters`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from jukwaa.intake.date_notations import ENGLISH_MONTHS
from jukwaa.meetings.times import MAX_MEETING_DAYS

_SPAN_WORDS = (
    r"to|through|thru|till|until|au|jusqu['\u2019]au|a|al|ao|a la|hasta(?: el)?|ate(?: a| o| ao)?|bis(?: zum)?|tot"
    r"|t/m|hadi|sampai(?: dengan)?|hingga|s/d|s\.d\.|\u0627\u0644\u0649|\u062d\u062a\u0649"
)
_LIST_WORDS = r"and|et|e|y|und|en|na|dan|&"
# Between the first and the last day: a dash or a word; a list of days has commas too. In Arabic, "and" is a prefix.
_JOINT = (
    rf"(?:(?P<span>\s?[-\u2010-\u2014]\s?|\s(?:{_SPAN_WORDS})\s)"
    rf"|(?P<list>(?:,\s?\d{{1,2}}(?:st|nd|rd|th|er|\.?o|\.)?)*(?:\s?[/&]\s?|,?\s(?:{_LIST_WORDS})\s|\s\u0648\s?)))"
)
_ARTICLE = r"(?:the |le |el |o |os |les |los |dia |dias |den |dem |tanggal |tarehe )?"
_ORDINAL = r"(?:st|nd|rd|th|er|\.?o|\.)?"
_OF = r"(?:of |de |d['\u2019]|do mes de )?"
_YEAR = r"(?:19|20)\d\d"
_TIME = r"(?:,? (?:at |a las |as |a )?\d{1,2}(?:[:h]\d\d| ?h))?"
_NOT_IN_NUMBER = r"(?<![\d:./-])"
MONTHS = 12
SPACES_PATTERN = re.compile(r"[^\S\n]+")
NUMBER_PATTERN = re.compile(r"\d+")
TIGHT_DASH_PATTERN = re.compile(r"\d[-\u2010-\u2014]\d")  # "May 3-5", not "May 3 - 5 people"
_NUMBERS_JOINT = rf"(?:\s?[-\u2010-\u2014]\s?|\s(?:{_SPAN_WORDS}|{_LIST_WORDS})\s)"


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days that a text names as one meeting. `year` is None where the text has none."""

    first: tuple[int, int]  # day and month
    last: tuple[int, int]
    year: int | None  # of the first day
    listed_days: int  # how many "3, 4 and 5 June" names; 0 for "3 to 5 June"

    @property
    def last_year(self) -> int | None:
        return self.year and self.year + (self.last[1] < self.first[1])

    def get_last_day(self, first_day: date) -> date | None:
        """The last day of a meeting that began on `first_day`; None where these days are not about it."""
        if self.first != (first_day.day, first_day.month) or self.year not in {None, first_day.year}:
            return None
        day, month = self.last
        with suppress(ValueError):
            last = date(first_day.year + (month < first_day.month), month, day)
            days = (last - first_day).days + 1
            if 1 < days <= MAX_MEETING_DAYS and self.listed_days in {0, days}:  # else a list of several meetings
                return last
        return None


class DayRangeFinder:
    """Finds ranges of days, for the names of months and weekdays that are given, in folded letters."""

    def __init__(self, month_numbers: Mapping[str, int], weekday_names: Iterable[str]) -> None:
        self._months = month_numbers
        names = "|".join(sorted(map(re.escape, month_numbers), key=len, reverse=True))
        weekdays = "|".join(sorted(map(re.escape, weekday_names), key=len, reverse=True))
        weekday = rf"(?:(?:{weekdays})(?:-feira)?\.?,? )?"
        self._patterns = [
            re.compile(pattern)
            for pattern in (
                # 3 to 5 June 2025; 30 September to 2 October 2024
                (
                    rf"{_NOT_IN_NUMBER}(?P<first>\d{{1,2}}){_ORDINAL}"
                    rf"(?: {_OF}(?P<first_month>{names})\b\.?(?:,? (?:de |del )?(?P<first_year>{_YEAR}))?{_TIME})?"
                    rf"{_JOINT}"
                    rf"{_ARTICLE}{weekday}{_ARTICLE}(?P<last>\d{{1,2}}){_ORDINAL} {_OF}(?P<month>{names})\b\.?"
                    rf"(?:,? (?:de |del )?(?P<year>{_YEAR}))?"
                ),
                # June 3-5, 2025; September 30 to October 2, 2024
                (
                    rf"\b(?P<first_month>{names})\.? (?P<first>\d{{1,2}})(?:st|nd|rd|th)?"
                    rf"(?:,? (?P<first_year>{_YEAR}))?{_JOINT}{weekday}(?:(?P<month>{names})\.? )?"
                    rf"(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])(?:,? (?P<year>{_YEAR}))?"
                ),
                # 12/11 - 14/11/2025
                (
                    rf"{_NOT_IN_NUMBER}(?P<first>\d{{1,2}})(?P<mark>[./])(?P<first_number>\d{{1,2}})\.?"
                    rf"(?:(?P=mark)?(?P<first_year>{_YEAR}))?{_NUMBERS_JOINT}{_ARTICLE}"
                    rf"(?P<last>\d{{1,2}})(?P=mark)(?P<number>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})(?!\d)"
                ),
                # 12-14/11/2025
                (
                    rf"{_NOT_IN_NUMBER}(?P<first>\d{{1,2}})\.?{_NUMBERS_JOINT}{_ARTICLE}"
                    rf"(?P<last>\d{{1,2}})(?P<mark>[./])(?P<number>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})(?!\d)"
                ),
                # 2025-11-12 to 2025-11-14; 20251112-14
                (
                    rf"(?<!\d)(?P<first_year>{_YEAR})(?P<mark>-?)(?P<first_number>\d\d)(?P=mark)(?P<first>\d\d)"
                    rf"(?:\s?/\s?|_|{_NUMBERS_JOINT})(?:(?P<year>{_YEAR})(?P=mark)(?P<number>\d\d)(?P=mark))?"
                    rf"(?P<last>\d\d)(?![\d:h]|[.-]\d)"
                ),
            )
        ]

    def find(self, text: str) -> list[DayRange]:
        return [found for found, _match in self._iter_ranges(_fold_letters(text))]

    def find_only(self, text: str) -> DayRange | None:
        """The range that a text consists of, perhaps with words before it such as "from"."""
        folded = _fold_letters(text)
        found = list(self._iter_ranges(folded))
        if len(found) != 1:
            return None
        days, match = found[0]
        rest = folded[: match.start()] + folded[match.end() :]
        return None if NUMBER_PATTERN.search(rest) else days

    def find_last_day(self, texts: Iterable[str], first_day: date) -> date | None:
        """The last day of a meeting that began on `first_day`, where one of these texts gives it."""
        days = (found.get_last_day(first_day) for text in texts for found in self.find(text))
        return next((day for day in days if day is not None), None)

    def keep_first_days(self, text: str) -> str:
        """The text in folded letters, with the first day of each range only."""
        return self._replace_ranges(text, lambda found: (*found.first, found.year))

    def keep_last_days(self, text: str) -> str:
        """The same with the last days: a deadline "between 3 and 5 June" ends on the fifth."""
        return self._replace_ranges(text, lambda found: (*found.last, found.last_year))

    def _replace_ranges(self, text: str, choose_day: Callable[[DayRange], tuple[int, int, int | None]]) -> str:
        folded = _fold_letters(text)
        for found, match in sorted(self._iter_ranges(folded), key=lambda row: row[1].start(), reverse=True):
            day, month, year = choose_day(found)
            shown = f"{day} {ENGLISH_MONTHS[month - 1]} {year or ''}".rstrip()
            folded = folded[: match.start()] + shown + folded[match.end() :]
        return folded

    def _iter_ranges(self, folded_text: str) -> Iterator[tuple[DayRange, re.Match[str]]]:
        """In the order of the patterns. Where two overlap, the first counts."""
        if not NUMBER_PATTERN.search(folded_text):
            return
        taken: list[tuple[int, int]] = []
        for pattern in self._patterns:
            for match in pattern.finditer(folded_text):
                start, end = match.span()
                found = self._parse_range(match)
                if found is not None and all(end <= left or right <= start for left, right in taken):
                    taken.append((start, end))
                    yield found, match

    def _parse_range(self, match: re.Match[str]) -> DayRange | None:
        parts = match.groupdict()
        month = self._get_month(parts, "month", "number")
        first_month = self._get_month(parts, "first_month", "first_number") or month
        month = month or first_month
        if month is None or first_month is None or not (1 <= month <= MONTHS and 1 <= first_month <= MONTHS):
            return None
        first, last = (int(parts["first"]), first_month), (int(parts["last"]), month)
        year = parts.get("first_year") or parts.get("year")
        start_year = int(year) if year else None
        if start_year and not parts.get("first_year") and first_month > month:
            start_year -= 1
        listed = len(NUMBER_PATTERN.findall(parts["list"])) + 2 if parts.get("list") else 0
        is_in_order = first_month > month or (first_month, first[0]) < (month, last[0])
        is_range = bool(year or match["first"][0] == match[0][0] or TIGHT_DASH_PATTERN.search(match[0]))
        return DayRange(first, last, start_year, listed) if is_in_order and is_range else None

    def _get_month(self, parts: Mapping[str, str | None], name: str, number: str) -> int | None:
        if written := parts.get(name):
            return self._months[written]
        return int(figure) if (figure := parts.get(number)) else None


def _fold_letters(text: str) -> str:
    """Text without case and accents, with its punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return SPACES_PATTERN.sub(" ", "".join(each for each in letters if not unicodedata.combining(each)))
