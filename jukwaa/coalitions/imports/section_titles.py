"""Titles in the middle of a list, such as "DEMANDES EN COURS" above organisations that have applied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.dates import load_month_names
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
_APPLICATION_WORDS, _WORDS_BESIDE_APPLICATION, _MEMBER_NOUNS, _WORDS_BESIDE_MEMBERS = (
    frozenset(map(fold_text, IMPORT_VOCABULARY[section]))
    for section in ("application_titles", "words_beside_application", "member_titles", "words_beside_members")
)
_TITLE_PART_PATTERN = re.compile(r"[/|:()\u2013\u2014]| - ")
_KEYS_BY_STANDING = {RowStanding.OBSERVER: OBSERVING, RowStanding.LEFT: LEAVING, RowStanding.KNOWN: APPLYING}


@dataclass
class SectionTitles:
    """Numbers of rows that are titles or repeat the headings; and by row, as text, the question and its title.

    `doubtful` are rows that may be titles or organisations, as text, each with the place of its only cell.
    """

    titles: set[int] = field(default_factory=set)
    doubtful: dict[str, int] = field(default_factory=dict)
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
        has_headings = bool(text) and _is_heading_row(below, table[0], column_mapping, text)
        if _is_heading_row(cells, table[0], column_mapping, above):
            found.headings.add(number)
            key = key if above else ""
        elif text and (meant := _find_title_meaning(text, is_sure=has_headings)) is not None:
            if not meant and below == table[0] and place and _follows_row(rows[place - 1], number):
                found.doubtful[str(number)] = cells.index(text)  # the headings of each page may be repeated
            else:
                found.titles.add(number)
            key, title = meant, text
        elif key and any(cells):
            found.questions[str(number)] = (key, title)
    return found


def _follows_row(numbered_row: tuple[int, list[str]], number: int) -> bool:
    """Whether there is no empty row between them."""
    number_above, cells_above = numbered_row
    return any(cells_above) and number == number_above + 1


def _get_title_text(cells: Sequence[str]) -> str:
    """The only text of the row, which merged cells may repeat."""
    texts = {cell for cell in cells if cell}
    text = next(iter(texts), "") if len(texts) == 1 else ""
    return text if len(text.split()) <= MAX_TITLE_WORDS else ""


def _is_heading_row(cells: list[str], heading_row: list[str], column_mapping: list[str], title_above: str) -> bool:
    if not cells or repeats_heading_row(cells, heading_row, column_mapping):
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
        words = {word for word in fold_text(part).split() if not word.isdecimal()} - load_month_names().keys()
        standing = find_word_meaning(part, MEMBERSHIP_STANDING_WORDS)
        if words & _APPLICATION_WORDS and words <= _APPLICATION_WORDS | _WORDS_BESIDE_APPLICATION:
            yield APPLYING
        elif standing and len(fold_text(part)) > 2:  # noqa: PLR2004 - "si" is yes
            yield _KEYS_BY_STANDING.get(RowStanding(standing), "")
        elif words & _MEMBER_NOUNS and words <= _MEMBER_NOUNS | _WORDS_BESIDE_MEMBERS:
            yield ""
        else:
            yield None
