"""Which sheets of a workbook are offered for an import, and which of them are selected already."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jukwaa.coalitions.imports.fields import (
    MAX_HEADING_ROWS,
    MIN_MAILING_LIST_SCORE,
    find_heading_row,
    guess_column_mapping,
)
from jukwaa.coalitions.imports.sheet_standing import MAX_TITLE_WORDS, suggest_sheet_standing
from jukwaa.coalitions.imports.vocabulary import APPLICATION_WORDS, IMPORT_VOCABULARY, RowStanding
from jukwaa.coalitions.models import Import
from jukwaa.core.documents.incoming import SheetRows
from jukwaa.places.text_folding import fold_text

# Known columns: a sheet beside the list of members that has fewer is about fees, codes or people.
MIN_COLUMNS_OF_SELECTED_SHEET = {Import.Kind.MEMBERS: 4, Import.Kind.PEOPLE: 2}
KEY_FIELDS = {Import.Kind.MEMBERS: "name", Import.Kind.PEOPLE: "email"}
MAX_SHARE_OF_KNOWN_NAMES = 0.5  # of the rows of a sheet: with more, it is another view of a list that is selected
_YEAR_PATTERN = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LEFT_SHEET_PATTERN = re.compile(f" (?:{'|'.join(map(fold_text, IMPORT_VOCABULARY['sheets_to_leave']))}) ")


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    name: str
    row_count: int
    is_hidden: bool
    is_selected: bool


def find_offered_sheets(sheets: Sequence[SheetRows], import_kind: str) -> list[OfferedSheet]:
    """The sheets that look like a list, hidden ones last; nothing unless several are visible.

    Selected are current lists of members or observers, or the best list if no sheet is one.
    """
    lists = [sheet for sheet in sheets if sheet.score >= MIN_MAILING_LIST_SCORE]
    visible = [sheet for sheet in lists if not sheet.is_hidden]
    if len(visible) < 2:  # noqa: PLR2004 - nothing to choose
        return []
    best_first = sorted(visible, key=_build_rank)
    selected = set(_iter_selected_sheets(best_first, import_kind)) or {best_first[0].name}
    return [
        OfferedSheet(sheet.name, len(sheet.rows), sheet.is_hidden, is_selected=sheet.name in selected)
        for sheet in sorted(lists, key=lambda sheet: sheet.is_hidden)
    ]


def _build_rank(sheet: SheetRows) -> tuple[int, int]:
    """The sheets with most known columns first, and among them those of the latest year."""
    years = [int(year) for year in _YEAR_PATTERN.findall(sheet.name)]
    return -int(sheet.score), -max(years, default=0)


def _iter_selected_sheets(best_first: Sequence[SheetRows], import_kind: str) -> Iterator[str]:
    kind = Import.Kind(import_kind)
    known_names: set[str] = set()
    for sheet in best_first:
        titles, names, columns = _describe_sheet(sheet, kind)
        if not names or columns < MIN_COLUMNS_OF_SELECTED_SHEET[kind] or _is_left_out_by_name(sheet.name, titles):
            continue
        if len(names & known_names) <= MAX_SHARE_OF_KNOWN_NAMES * len(names):
            known_names |= names
            yield sheet.name


def _describe_sheet(sheet: SheetRows, kind: Import.Kind) -> tuple[list[str], set[str], int]:
    """The titles above the heading, the names or addresses below it, and how many columns are known."""
    width = max(map(len, sheet.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    place, heading = find_heading_row(rows[: MAX_HEADING_ROWS + 1], kind)
    mapping = guess_column_mapping(heading, kind, rows[place + 1 :])
    titles = [cell for row in rows[:place] for cell in row if cell]
    if KEY_FIELDS[kind] not in mapping:
        return titles, set(), 0
    key_column = mapping.index(KEY_FIELDS[kind])
    names = {fold_text(row[key_column]) for row in rows[place + 1 :] if row[key_column]}
    return titles, names, sum(map(bool, mapping))


def _is_left_out_by_name(sheet_name: str, titles: Sequence[str]) -> bool:
    """Whether the sheet is called an old list, or one of applications or former members."""
    for text in (sheet_name, *(title for title in titles if len(title.split()) <= MAX_TITLE_WORDS)):
        if _LEFT_SHEET_PATTERN.search(f" {fold_text(text)} "):
            return True
    standing = suggest_sheet_standing(sheet_name, titles, ())
    is_of_applications = not APPLICATION_WORDS.isdisjoint(fold_text(sheet_name).split())
    return standing == RowStanding.LEFT or (is_of_applications and standing != RowStanding.OBSERVER)
