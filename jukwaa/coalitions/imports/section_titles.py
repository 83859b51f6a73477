"""Titles in the middle of a list, such as "DEMANDES EN COURS" above organisations that have applied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.row_kinds import repeats_heading_row
from jukwaa.coalitions.imports.row_wording import APPLYING, LEAVING, OBSERVING
from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    MEMBERSHIP_STANDING_WORDS,
    RowStanding,
    find_word_meaning,
)
from jukwaa.coalitions.models import Import
from jukwaa.places.text_folding import fold_text

MIN_IMPORTED_COLUMNS = 2  # in a list of names alone, every row has one cell
MIN_KNOWN_HEADINGS = 3  # below a title, of a row that repeats the headings in other words
MAX_TITLE_WORDS = 8  # a longer text is a remark
_APPLICATION_WORDS, _WORDS_BESIDE_APPLICATION = (
    frozenset(map(fold_text, IMPORT_VOCABULARY[section]))
    for section in ("application_titles", "words_beside_application")
)
_TITLE_PART_PATTERN = re.compile(r"[/|:()\u2013\u2014]| - ")
_KEYS_BY_STANDING = {RowStanding.OBSERVER: OBSERVING, RowStanding.LEFT: LEAVING, RowStanding.KNOWN: APPLYING}


@dataclass
class SectionTitles:
    """Numbers of rows that are titles or repeat the headings; and by row, as text, the question and its title."""

    titles: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    questions: dict[str, tuple[str, str]] = field(default_factory=dict)

    def describe_row(self, number: int) -> str:
        """Why the row is not imported, or nothing if it is a row like the others."""
        if number in self.headings:
            return _("This row repeats the column headings, so it will not be imported.")
        if number in self.titles:
            return _("This row looks like the title of a section, so it will not be imported.")
        return ""


def find_section_titles(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str]
) -> SectionTitles:
    """Find titles that name a membership status, or that have headings of their own below them."""
    found = SectionTitles()
    if len([each for each in column_mapping if each]) < MIN_IMPORTED_COLUMNS:
        return found
    rows = list(zip(row_numbers[1:], table[1:], strict=False))
    key = title = ""
    for place, (number, cells) in enumerate(rows):
        above = _get_title_text(rows[place - 1][1]) if place else ""
        below = rows[place + 1][1] if place + 1 < len(rows) else []
        text = _get_title_text(cells)
        if _is_heading_row(cells, table[0], above):
            found.headings.add(number)
            key = key if above else ""
        elif text and (meant := _find_title_meaning(text, is_sure=_is_heading_row(below, table[0], text))) is not None:
            found.titles.add(number)
            key, title = meant, text
        elif key and any(cells):
            found.questions[str(number)] = (key, title)
    return found


def _get_title_text(cells: Sequence[str]) -> str:
    """The only text of the row, which merged cells may repeat."""
    texts = {cell for cell in cells if cell}
    text = next(iter(texts), "") if len(texts) == 1 else ""
    return text if len(text.split()) <= MAX_TITLE_WORDS else ""


def _is_heading_row(cells: list[str], heading_row: list[str], title_above: str) -> bool:
    if not cells or repeats_heading_row(cells, heading_row):
        return bool(cells)
    if not title_above or any("@" in cell or any(map(str.isdecimal, cell)) for cell in cells):
        return False
    return sum(map(bool, guess_column_mapping(cells, Import.Kind.MEMBERS))) >= MIN_KNOWN_HEADINGS


def _find_title_meaning(text: str, *, is_sure: bool) -> str | None:
    """The question about the rows below, "" if there is none, or None if the text may be an organisation."""
    parts = [part for part in _TITLE_PART_PATTERN.split(text) if fold_text(part)]
    found = {*_iter_part_meanings(parts)}
    if found and (is_sure or None not in found):
        return next((key for key in (APPLYING, LEAVING, OBSERVING) if key in found), "")
    return "" if is_sure else None


def _iter_part_meanings(title_parts: Sequence[str]) -> Iterator[str | None]:
    for part in title_parts:
        words = {*fold_text(part).split()}
        standing = find_word_meaning(part, MEMBERSHIP_STANDING_WORDS)
        if words & _APPLICATION_WORDS and words <= _APPLICATION_WORDS | _WORDS_BESIDE_APPLICATION:
            yield APPLYING
        elif standing and len(fold_text(part)) > 2:  # noqa: PLR2004 - "si" is yes
            yield _KEYS_BY_STANDING.get(RowStanding(standing), "")
        else:
            yield None
