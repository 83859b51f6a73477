"""Text out of a spreadsheet: a heading for each sheet, a line for each row."""

import zipfile
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from jukwaa.core.documents.child.cell_styles import (
    SPREADSHEET_NAMESPACE,
    WorkbookStyles,
    read_row_formatting,
    read_workbook_styles,
)
from jukwaa.core.documents.child.hidden_cells import HiddenCells, find_hidden_cells, find_sheet_parts
from jukwaa.core.documents.child.struck_runs import read_partly_struck_cells
from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces, join_table_cells

MAX_SHEETS = 8  # with content: their cells are returned
MAX_MERGED_CELLS = 20_000


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """What the cells of the visible sheets, rows and columns showed when the file was saved."""
    del on_page
    builder = TextBuilder(orders["characters"])
    hidden: list[str] = []
    partly_hidden: list[str] = []
    hidden_cells = find_hidden_cells(path)
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for sheet in book.sheets_metadata:
            name = sheet.name
            if sheet.visible != SheetVisibleEnum.Visible:  # its author did not mean it to be read with the others
                hidden.append(collapse_spaces(name))
                continue
            builder.add(collapse_spaces(name), kind="heading", text_prefix="# ")
            if _add_visible_cells(builder, book.get_sheet_by_name(name), hidden_cells.get(name, HiddenCells())):
                partly_hidden.append(collapse_spaces(name))
    notes = [*(["hidden_sheets"] if hidden else []), *(["hidden_cells"] if partly_hidden else [])]
    return {
        "text": builder.text(),
        "hidden_sheets": hidden,
        "sheets_with_hidden_cells": partly_hidden,
        "notes": notes,
    }


def _add_visible_cells(builder: TextBuilder, calamine_sheet: CalamineSheet, hidden_cells: HiddenCells) -> bool:
    """Return whether cells with text were left out because they are hidden."""
    first_column, (last_row, last_column) = _get_first_column(calamine_sheet), calamine_sheet.end or (0, 0)
    hidden_rows = hidden_cells.list_rows(last_row + 1)
    hidden_columns = {column - first_column for column in hidden_cells.list_columns(last_column + 1)}
    has_hidden_text = False
    for at, cells in enumerate(calamine_sheet.iter_rows()):
        if builder.full:
            break
        texts = [collapse_spaces(_format_cell_value(cell)) for cell in cells]
        visible = [] if at in hidden_rows else [text for i, text in enumerate(texts) if i not in hidden_columns]
        has_hidden_text = has_hidden_text or sum(map(bool, visible)) < sum(map(bool, texts))
        builder.add(join_table_cells(visible), kind="row")
    return has_hidden_text


def cells(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The cells of each sheet that has any, as text, with the number of each row in its sheet.

    A cell merged downwards is repeated in each of its rows. Words that are struck through beside others are left out:
    what was replaced is no part of the list. `hidden` are the places of hidden columns; `looks` says
    which rows are struck through or coloured. `is_hidden` is true of a sheet that its author has hidden.
    """
    del on_page
    looks = _read_sheet_formatting(path)
    sheets: list[dict[str, Any]] = []
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for metadata in book.sheets_metadata:
            name = metadata.name
            sheet = book.get_sheet_by_name(name)
            hidden, rows, left_texts = looks.get(name, ([], {}, {}))
            found = _read_sheet_rows(sheet, left_texts, row_count=orders["rows"], column_count=orders["columns"])
            if found["cells"] and len(sheets) < MAX_SHEETS:
                first = _get_first_column(sheet)
                found["hidden"] = [column - first for column in hidden if column >= first]
                legend = [[row, column - first, colour] for row, column, colour in rows.get("legend", [])]
                found["looks"] = {**rows, "legend": legend}
                found["is_hidden"] = metadata.visible != SheetVisibleEnum.Visible
                sheets.append({"name": collapse_spaces(name), **found})
    return {"sheets": sheets}


def _read_sheet_rows(
    calamine_sheet: CalamineSheet, left_texts: dict[tuple[int, int], str], *, row_count: int, column_count: int
) -> dict[str, Any]:
    """At most one row more than asked for, so that the caller sees that there are too many.

    `left_texts` are those of cells of which a part is struck through.
    """
    first = _get_first_column(calamine_sheet)
    merged = _map_cells_merged_downwards(calamine_sheet)
    cells: list[list[str]] = []
    numbers = []
    above: dict[int, str] = {}
    for at, row in enumerate(calamine_sheet.iter_rows()):
        texts = [
            left_texts.get((at + 1, column + first)) or _format_cell_value(cell)
            for column, cell in enumerate(row[:column_count])
        ]
        if any(texts):
            for column in range(len(texts)):
                if (at, column) in merged:
                    texts[column] = texts[column] or above.get(column, "")
            cells.append(texts)
            numbers.append(at + 1)
        above = {column: text for column, text in enumerate(texts) if (at + 1, column) in merged}
        if len(cells) > row_count:
            break
    return {"cells": cells, "numbers": numbers}


def _map_cells_merged_downwards(calamine_sheet: CalamineSheet) -> set[tuple[int, int]]:
    """The places of cells, but for the first, of each range that is one column wide and merged downwards."""
    found: set[tuple[int, int]] = set()
    for (top, left), (bottom, _right) in calamine_sheet.merged_cell_ranges or ():
        if len(found) + bottom - top > MAX_MERGED_CELLS:
            break
        found.update((row, left - _get_first_column(calamine_sheet)) for row in range(top + 1, bottom + 1))
    return found


def _get_first_column(calamine_sheet: CalamineSheet) -> int:
    """Rows are given from the first column that has any content."""
    return int(calamine_sheet.start[1]) if calamine_sheet.start else 0


def _read_sheet_formatting(path: Path) -> dict[str, tuple[list[int], dict[str, Any], dict[tuple[int, int], str]]]:
    """By the name of the sheet, the places of hidden columns, how its rows look, and texts that are partly struck.

    Nothing where the parts of the file are not as expected.
    """
    found = {}
    with (
        suppress(zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, OSError),
        zipfile.ZipFile(path) as book,
    ):
        styles = WorkbookStyles()
        with suppress(etree.XMLSyntaxError, ValueError):
            styles = read_workbook_styles(book)
        for name, part in find_sheet_parts(book).items():
            found[name] = (
                _read_hidden_columns(book, part),
                read_row_formatting(book, part, styles) if part else {},
                read_partly_struck_cells(book, part) if part else {},
            )
    return found


def _read_hidden_columns(workbook_archive: zipfile.ZipFile, part_name: str) -> list[int]:
    """The columns are declared before the rows: what follows is not read."""
    hidden: list[int] = []
    with workbook_archive.open(part_name) as stream:
        wanted = (f"{SPREADSHEET_NAMESPACE}col", f"{SPREADSHEET_NAMESPACE}sheetData")
        events = etree.iterparse(
            stream, events=("start",), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
        )
        for _event, element in events:
            if element.tag == f"{SPREADSHEET_NAMESPACE}sheetData":
                break
            if element.get("hidden") in {"1", "true"}:
                first, last = int(element.get("min", "1")), int(element.get("max", "0"))
                hidden.extend(range(first - 1, min(last, first + 200)))
    return hidden


def _format_cell_value(cell_value: object) -> str:
    """A number as people see it: sheets keep 1865 as 1865.0."""
    if isinstance(cell_value, datetime) and cell_value.time() == time():
        return cell_value.date().isoformat()
    return str(int(cell_value)) if isinstance(cell_value, float) and cell_value.is_integer() else str(cell_value)
