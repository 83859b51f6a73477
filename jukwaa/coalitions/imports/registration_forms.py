"""Whether a table holds the answers to a registration form: people who come to an event, and no list of members."""

import re
from collections.abc import Sequence

from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

MIN_EVENT_COLUMNS = 2  # a list of members may have one, such as attendance
MIN_TIMED_SHARE = 0.6  # of the cells below the heading of a timestamp
_EVENT_PHRASES = {
    subject: tuple(map(fold_text, phrases)) for subject, phrases in IMPORT_VOCABULARY["event_headings"].items()
}
_TIMESTAMP_HEADINGS = frozenset(map(fold_text, IMPORT_VOCABULARY["timestamp_headings"]))
_TIME_PATTERN = re.compile(r"\d{1,2}[:.h]\d{2}")


def looks_like_registrations(table: Sequence[Sequence[str]]) -> bool:
    """Whether a form has noted when each row was sent, or asked about several things that only events need.

    The first row of the table has the headings.
    """
    headings = table[0]
    if find_timestamp_column(table) is not None:
        return True
    subjects = {
        subject
        for heading in headings
        for subject, phrases in _EVENT_PHRASES.items()
        if any(f" {phrase} " in f" {fold_text(heading)} " for phrase in phrases)
    }
    return len(subjects) >= MIN_EVENT_COLUMNS


def find_timestamp_column(table: Sequence[Sequence[str]]) -> int | None:
    """The place of the first column in which a form has noted when each answer was sent."""
    headings, *rows = table
    for place, heading in enumerate(headings):
        if _is_timestamp_heading(heading) and _are_times([row[place] for row in rows]):
            return place
    return None


def _is_timestamp_heading(heading: str) -> bool:
    return any(fold_text(part) in _TIMESTAMP_HEADINGS for part in (heading, *re.split(r"[|\n(]| / ", heading)))


def _are_times(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(bool(_TIME_PATTERN.search(cell)) for cell in filled) >= MIN_TIMED_SHARE * len(filled)
