"""The cells of a table that people bring, as text: CSV of any delimiter and encoding, Excel and OpenDocument files.

Nothing is evaluated: what looks like a formula in a CSV file is text, and a spreadsheet shows what its cells showed
when it was saved.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from jukwaa.core.documents.incoming.extract import read_plain_text
from jukwaa.core.documents.incoming.kind_detection import detect_file_kind
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.documents.text_cleaning import clean_text

SPREADSHEET_FILE_KINDS = frozenset({"xlsx", "ods"})
TABLE_FILE_KINDS = SPREADSHEET_FILE_KINDS | {"csv", "txt"}
MAX_TABLE_ROWS = 5_000
MAX_TABLE_COLUMNS = 60
MAX_TABLE_CHARACTERS = 2_000_000  # of all cells
MAX_CELL_LENGTH = 2_000  # characters; what is longer is no fact of a list
CSV_DELIMITERS = (",", ";", "\t", "|")
FORMULA_PREFIXES = ("=", "+", "-", "@")
# An apostrophe by which spreadsheets keep a number as text; before letters it is part of a name.
_TEXT_MARKER_PATTERN = re.compile(r"^'(?=[+(]?\d[\d\s().,/:+-]+$)")
_SAMPLE_ROWS = 200  # rows


@dataclass(frozen=True, slots=True)
class RowFormatting:
    """Rows that are struck through, rows by the colour of their background, and coloured cells beside the rows.

    Rows by their numbers in the file. `legend` are cells: row, place of the column, colour.
    """

    struck: tuple[int, ...] = ()
    colours: dict[str, list[int]] = field(default_factory=dict)
    legend: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """Rows of equally many cells, without empty rows. `other_sheets` are the sheets that were not read.

    `numbers` has the number that each row has in its file; `hidden` has the places of hidden columns. `hidden_sheets`
    are the names of the sheets that are hidden, read or not.
    """

    rows: list[list[str]]
    other_sheets: tuple[str, ...] = ()
    guessed_encoding: bool = False
    numbers: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    sheet: str = ""
    sheet_scores: tuple[tuple[str, int, float], ...] = ()  # of each sheet: name, rows, and how well it scored
    looks: RowFormatting = RowFormatting()
    hidden_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet before it is chosen: the cells of its rows, which may differ in length, and how well it scored."""

    name: str
    rows: list[list[str]]
    score: float
    is_hidden: bool


type NumberedRow = tuple[int, list[str]]


def read_table_file(
    file_data: bytes,
    file_name: str,
    *,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
    score_rows: Callable[[list[list[str]]], float] | None = None,
    sheet_name: str = "",
) -> ImportedTable:
    """Of a file with several sheets, read the one called `sheet_name`; else that with the highest score, or the first.

    A hidden sheet is read only if it was chosen, or if all are hidden.

    Raises FileRefused, with a sentence for whoever brought it.
    """
    wanted = {sheet_name} if sheet_name else set()
    return read_table_sheets(
        file_data, file_name, file_limits=file_limits, score_rows=score_rows, choose_sheets=lambda _tables: wanted
    )[0]


def read_table_sheets(
    file_data: bytes,
    file_name: str,
    *,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
    score_rows: Callable[[list[list[str]]], float] | None = None,
    choose_sheets: Callable[[list[SheetRows]], Collection[str]],
) -> list[ImportedTable]:
    """Read the sheets whose names `choose_sheets` returns, in the order of the file; the best one if there is none.

    Raises FileRefused as `read_table_file` does.
    """
    with acquire_reading_slot():
        kind = detect_file_kind(file_data, file_name, allowed_kinds=TABLE_FILE_KINDS, file_limits=file_limits)
        if kind.key in SPREADSHEET_FILE_KINDS:
            answer = run_document_child(
                "cells",
                file_data,
                file_limits=file_limits,
                options={"rows": MAX_TABLE_ROWS + 1, "columns": MAX_TABLE_COLUMNS + 1},
            )
            return _choose_table_sheets(answer["sheets"], score_rows, choose_sheets)
        plain = read_plain_text(file_data, file_limits)
        numbers, rows = _check_and_pad_rows(_parse_numbered_csv(str(plain["text"])))
        return [ImportedTable(rows, guessed_encoding=bool(plain["notes"]), numbers=numbers)]


def _choose_table_sheets(
    sheet_data: list[dict[str, Any]],
    score_rows: Callable[[list[list[str]]], float] | None,
    choose_sheets: Callable[[list[SheetRows]], Collection[str]],
) -> list[ImportedTable]:
    if not sheet_data:
        raise FileRefused("empty")
    scores = [score_rows(sheet["cells"]) if score_rows else 0 for sheet in sheet_data]
    visible = [place for place, sheet in enumerate(sheet_data) if not sheet["is_hidden"]]
    best = max(visible or range(len(sheet_data)), key=lambda place: scores[place])
    wanted = choose_sheets(
        [
            SheetRows(str(sheet["name"]), sheet["cells"], score, is_hidden=sheet["is_hidden"])
            for sheet, score in zip(sheet_data, scores, strict=True)
        ]
    )
    chosen = [place for place, sheet in enumerate(sheet_data) if sheet["name"] in wanted]
    return [_build_sheet_table(sheet_data, scores, place) for place in chosen or [best]]


def _build_sheet_table(sheet_data: list[dict[str, Any]], scores: list[float], place: int) -> ImportedTable:
    chosen = sheet_data[place]
    numbers, rows = _check_and_pad_rows(list(zip(chosen["numbers"], chosen["cells"], strict=True)))
    return ImportedTable(
        rows,
        other_sheets=tuple(str(sheet["name"]) for sheet in sheet_data if sheet is not chosen),
        numbers=numbers,
        hidden=tuple(at for at in chosen["hidden"] if at < len(rows[0])),
        sheet=str(chosen["name"]),
        hidden_sheets=tuple(str(sheet["name"]) for sheet in sheet_data if sheet["is_hidden"]),
        looks=_parse_row_formatting(chosen["looks"]),
        sheet_scores=tuple(
            (str(sheet["name"]), len(sheet["cells"]), points) for sheet, points in zip(sheet_data, scores, strict=True)
        ),
    )


def _parse_row_formatting(answer: dict[str, Any]) -> RowFormatting:
    return RowFormatting(
        tuple(answer.get("struck", ())),
        answer.get("colours", {}),
        tuple((row, column, colour) for row, column, colour in answer.get("legend", ())),
    )


def parse_csv_text(text: str) -> list[list[str]]:
    """Parse CSV with the delimiter that gives most rows equally many cells. Raises FileRefused."""
    return _check_and_pad_rows(_parse_numbered_csv(text))[1]


def _parse_numbered_csv(text: str) -> list[NumberedRow]:
    if not text.strip("\ufeff \t\r\n\0"):
        raise FileRefused("empty")
    delimiter = _detect_csv_delimiter(text)
    if delimiter is None and not _is_address_list(text):
        raise FileRefused("one_column")
    return _parse_csv_rows(text, delimiter or ",", max_size=MAX_TABLE_ROWS + 2)


def is_formula_cell(cell_text: str) -> bool:
    """Whether a spreadsheet would take it for one. A number with its sign, or a telephone number, is none."""
    return (
        cell_text.startswith(FORMULA_PREFIXES)
        and not cell_text[1:].replace(" ", "").replace(".", "").isdigit()
        and len(cell_text) > 1
    )


def _detect_csv_delimiter(text: str) -> str | None:
    scores = {delimiter: _score_csv_delimiter(text, delimiter) for delimiter in CSV_DELIMITERS}
    if _is_tab_separated(text) and scores["\t"] > (0.0, 0):
        return "\t"
    best = max(CSV_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 0) else None


def _is_tab_separated(text: str) -> bool:
    """Hardly any cell contains a tab, but many contain commas: "11/5/26, 1:56:12 PM"."""
    lines = [line for line in text.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    return sum("\t" in line.strip() for line in lines) > len(lines) / 2


def _score_csv_delimiter(text: str, delimiter: str) -> tuple[float, int]:
    """How large a share of the rows has the usual number of cells, and that number. Nothing where quotes don't hold."""
    try:
        rows = _parse_csv_rows(text, delimiter, max_size=_SAMPLE_ROWS, is_strict=True)
    except FileRefused:
        return (0.0, 0)
    widths = Counter(len(row) for _number, row in rows)
    usual, times = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0))
    return (times / widths.total(), usual) if usual > 1 else (0.0, 0)


def _parse_csv_rows(text: str, delimiter: str, *, max_size: int, is_strict: bool = False) -> list[NumberedRow]:
    rows = []
    stream = io.StringIO(text.removeprefix("\ufeff"), newline="")
    try:
        for number, row in enumerate(csv.reader(stream, delimiter=delimiter, strict=is_strict), start=1):
            if any(row):
                rows.append((number, row))
            if len(rows) == max_size:
                break
    except csv.Error as error:
        raise FileRefused("broken_table") from error
    return rows


def _is_address_list(text: str) -> bool:
    """A mailing list's own export: one address a line, perhaps under a heading."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum("@" in line for line in lines) >= max(1, len(lines) - 1)


def _check_and_pad_rows(numbered_rows: list[NumberedRow]) -> tuple[tuple[int, ...], list[list[str]]]:
    """The numbers of the rows that are not empty, and these rows, equally long."""
    if sum(len(str(cell)) for _number, row in numbered_rows for cell in row) > MAX_TABLE_CHARACTERS:
        raise FileRefused("long_table", limit=MAX_TABLE_CHARACTERS)
    cleaned = ((number, [_clean_cell_value(cell) for cell in row]) for number, row in numbered_rows)
    filled = [(number, row) for number, row in cleaned if any(row)]
    cells = [row for _number, row in filled]
    if not cells:
        raise FileRefused("empty")
    if len(cells) > MAX_TABLE_ROWS + 1:  # a row of them is the heading
        raise FileRefused("many_rows", limit=MAX_TABLE_ROWS)
    width = max(max((at + 1 for at, cell in enumerate(row) if cell), default=0) for row in cells)
    if width > MAX_TABLE_COLUMNS:
        raise FileRefused("many_columns", limit=MAX_TABLE_COLUMNS)
    return tuple(number for number, _row in filled), [(row + [""] * width)[:width] for row in cells]


def _clean_cell_value(cell_value: object) -> str:
    text = clean_text(str(cell_value))[0].strip()[:MAX_CELL_LENGTH]
    return _TEXT_MARKER_PATTERN.sub("", text)
