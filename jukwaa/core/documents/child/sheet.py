"""Text out of a spreadsheet: a heading for each sheet, a line for each row."""

from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces, join_cells


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """What the cells showed when the file was saved."""
    del on_page
    builder = TextBuilder(orders["characters"])
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            builder.add(collapse_spaces(name), kind="heading", prefix="# ")
            for cells in book.get_sheet_by_name(name).iter_rows():
                if builder.full:
                    break
                builder.add(join_cells([collapse_spaces(_format_cell(cell)) for cell in cells]), kind="row")
    return {"text": builder.text()}


def cells(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The cells of the first sheet that has any, each as text, and the names of the other sheets that have some."""
    del on_page
    found: list[list[str]] = []
    others = []
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            rows = (
                list(map(_format_cell, row))[: orders["columns"]] for row in book.get_sheet_by_name(name).iter_rows()
            )
            filled = (row for row in rows if any(row))
            if not found:
                found = list(islice(filled, orders["rows"] + 1))
            elif next(filled, None):
                others.append(collapse_spaces(name))
    return {"cells": found, "others": others}


def _format_cell(cell: object) -> str:
    """A number as people see it: sheets keep 1865 as 1865.0."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
