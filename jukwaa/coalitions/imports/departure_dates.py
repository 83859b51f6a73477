"""The last day of a membership in a remark: "LEFT 30/6/2025 - company closed", "merged into Harbour, 2024"."""

import re

from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError, load_month_names, parse_date
from jukwaa.coalitions.imports.decisions import Decisions, get_date_order
from jukwaa.coalitions.imports.departure_wording import (
    has_departure_pattern_at_end,
    says_left,
    says_organisation_ended,
)
from jukwaa.coalitions.imports.row_wording import LEAVING
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, MEMBERSHIP_STANDING_WORDS, RowStanding
from jukwaa.coalitions.models import ImportRow
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text

MAX_WORDS_BEFORE_YEAR = 4  # as in "30 de junio de 2025"
_WORD_PATTERN = re.compile(r"[^\s,;()\u060c\u2013\u2014]+")
_YEAR_PATTERN = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}$|-\d\d$")

_PART_END_PATTERN = re.compile(r"[\n;,:()\u060c]|\.(?:\s|$)|\s[-\u2013\u2014]\s")
_WORDS_BEFORE_DATES = frozenset(
    word for phrase in IMPORT_VOCABULARY["remark_patterns"]["before_dates"] for word in fold_text(phrase).split()
)
_WORDS_AFTER_YEARS = frozenset(map(fold_text, IMPORT_VOCABULARY["remark_patterns"]["after_years"]))
_DOTTED_WORD_PATTERN = re.compile(r"\bw\.\s?e\.\s?f\.?", re.IGNORECASE)  # with effect from
_NEXT_WORD_PATTERN = re.compile(r"\s+(\w+)")
_DEPARTURE_PHRASES = tuple(
    f" {fold_text(phrase)} "
    for phrase in (*MEMBERSHIP_STANDING_WORDS[RowStanding.LEFT], *IMPORT_VOCABULARY["remarks_in_words"]["leaving"])
)


def find_departure_date(row: ImportRow, decisions: Decisions) -> str:
    """The day, month or year of the departure in a remark with one date; nothing if it may be another date.

    A date that could mean two days is returned as it is written.
    """
    source, index = row.source, row.source.find_table_index(row.number)
    place = source.row_looks.get("wording", {}).get(LEAVING, {}).get(str(row.number))
    if place is None or not 0 < index < len(source.table):
        return ""
    date_order = get_date_order(decisions, "until") or get_date_order(decisions, "since")
    found = _find_dates(source.table[index][place], date_order)
    day, is_departure = found.pop() if len(found) == 1 else ("", False)
    return day if is_departure else ""


def _find_dates(text: str, date_order: str) -> set[tuple[str, bool]]:
    """Return the dates in a text, each with whether it is the date of a departure. One in the future is left out."""
    words = list(_WORD_PATTERN.finditer(text))
    found: set[tuple[str, bool]] = set()
    for last, word in enumerate(words):
        if not _YEAR_PATTERN.search(word[0].strip(".:")):
            continue
        for first in range(max(0, last - MAX_WORDS_BEFORE_YEAR), last + 1):
            if not _begins_as_date(words[first][0]):
                continue
            written = " ".join(each[0].strip(".:") for each in words[first : last + 1])
            try:
                parsed = parse_date(written, date_order)
            except AmbiguousDateError:
                parsed = None
            except InvalidDateError:
                continue
            if not parsed or parsed.day <= get_utc_date():
                is_departure = _follows_departure(text[: words[first].start()], written, text[word.end() :])
                found.add((parsed.partial_date.isoformat() if parsed else written, is_departure))
            break
    return found


def _begins_as_date(word: str) -> bool:
    """Not as "since 2015" does."""
    return any(letter.isdigit() for letter in word) or fold_text(word) in load_month_names()


def _follows_departure(before: str, written: str, after: str) -> bool:
    """As in "left in March 2024", and "merged into Harbour, 2024"; not in "LEFT, see minutes of 2023".

    In "has left 2019 members list" the year belongs to what follows.
    """
    *earlier, part = _PART_END_PATTERN.split(_DOTTED_WORD_PATTERN.sub("wef", before))
    if fold_text(part):
        without_words = _remove_words_before_date(part)
        is_bare_year = without_words == fold_text(part) and written.isdecimal()
        if is_bare_year and (next_word := _NEXT_WORD_PATTERN.match(after)):
            return fold_text(next_word[1]) in _WORDS_AFTER_YEARS and _ends_with_departure(without_words)
        return any(map(_ends_with_departure, (without_words, f"{part} {written}")))
    previous = next((each for each in reversed(earlier) if each.strip()), "")
    is_alone = not after.strip() or _PART_END_PATTERN.match(after) is not None
    says_departure = says_left(previous) or says_organisation_ended(previous) or _ends_with_departure(previous)
    return is_alone and says_departure


def _remove_words_before_date(text: str) -> str:
    words = fold_text(text).split()
    while words and words[-1] in _WORDS_BEFORE_DATES:
        words.pop()
    return " ".join(words)


def _ends_with_departure(text: str) -> bool:
    folded = f" {fold_text(text)} "
    return folded.endswith(_DEPARTURE_PHRASES) or has_departure_pattern_at_end(text)
