"""The last day of a membership in a remark: "LEFT 30/6/2025 - company closed", "merged into Harbour, 2024"."""

import re
from collections.abc import Iterator

from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError, parse_date
from jukwaa.coalitions.imports.decisions import Decisions, get_date_order
from jukwaa.coalitions.imports.row_wording import LEAVING
from jukwaa.coalitions.models import ImportRow
from jukwaa.core.dates import get_utc_date

MAX_WORDS_BEFORE_YEAR = 4  # as in "30 de junio de 2025"
_WORD_PATTERN = re.compile(r"[^\s,;()\u060c\u2013\u2014]+")
_YEAR_PATTERN = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}$|-\d\d$")


def find_departure_date(row: ImportRow, decisions: Decisions) -> str:
    """The one day, month or year in the remark that the organisation has left; nothing if there is none, or several.

    A date that could mean two days is returned as it is written.
    """
    source, index = row.source, row.source.find_table_index(row.number)
    place = source.row_looks.get("wording", {}).get(LEAVING, {}).get(str(row.number))
    if place is None or not 0 < index < len(source.table):
        return ""
    date_order = get_date_order(decisions, "until") or get_date_order(decisions, "since")
    found = set(_iter_past_dates(source.table[index][place], date_order))
    return found.pop() if len(found) == 1 else ""


def _iter_past_dates(text: str, date_order: str) -> Iterator[str]:
    words = [word.strip(".:") for word in _WORD_PATTERN.findall(text)]
    for last, word in enumerate(words):
        if not _YEAR_PATTERN.search(word):
            continue
        for first in range(max(0, last - MAX_WORDS_BEFORE_YEAR), last + 1):
            written = " ".join(words[first : last + 1])
            try:
                parsed = parse_date(written, date_order)
            except AmbiguousDateError:
                yield written
                break
            except InvalidDateError:
                continue
            if parsed and parsed.day <= get_utc_date():
                yield parsed.partial_date.isoformat()
            break
