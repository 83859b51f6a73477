"""Which rows and columns of a spreadsheet are hidden, by hand or by a filter: calamine does not say."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from jukwaa.core.documents.child.cell_styles import parse_xml_part

_OPEN_DOCUMENT_PART = "content.xml"
_TABLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass
class HiddenCells:
    """The places of the hidden rows and columns of a sheet, from 0. A range can reach far beyond the last cell."""

    rows: list[range] = field(default_factory=list)
    columns: list[range] = field(default_factory=list)

    def list_rows(self, row_count: int) -> set[int]:
        return {row for each in self.rows for row in range(each.start, min(each.stop, row_count))}

    def list_columns(self, column_count: int) -> set[int]:
        return {column for each in self.columns for column in range(each.start, min(each.stop, column_count))}


def find_hidden_cells(path: Path) -> dict[str, HiddenCells]:
    """Return the hidden cells by the name of the sheet."""
    with zipfile.ZipFile(path) as archive:
        if _OPEN_DOCUMENT_PART in archive.namelist():
            with archive.open(_OPEN_DOCUMENT_PART) as stream:
                return _read_open_document_tables(stream)
        found = {}
        for name, part_name in find_sheet_parts(archive).items():
            with archive.open(part_name) as stream:
                found[name] = _read_worksheet(stream)
        return found


def find_sheet_parts(workbook_archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the part that holds each sheet of an Excel file, by the name of the sheet."""
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", str(relation.get("Target")).lstrip("/")))
        for relation in parse_xml_part(workbook_archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts = {}
    for sheet in parse_xml_part(workbook_archive.read("xl/workbook.xml")).iter("{*}sheet"):
        relation_id = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        parts[str(sheet.get("name"))] = str(targets.get(relation_id, "")).replace("xl/xl/", "xl/")
    return parts


def _read_worksheet(stream: IO[bytes]) -> HiddenCells:
    hidden = HiddenCells()
    row_number = 0
    for element in _iter_elements(stream, ("{*}col", "{*}row")):
        is_hidden = element.get("hidden") in {"1", "true"}
        if etree.QName(element).localname == "row":
            row_number = int(element.get("r") or row_number + 1)
            if is_hidden:
                hidden.rows.append(range(row_number - 1, row_number))
        elif is_hidden:
            hidden.columns.append(range(int(element.get("min", "1")) - 1, int(element.get("max", "0"))))
    return hidden


def _read_open_document_tables(stream: IO[bytes]) -> dict[str, HiddenCells]:
    """A table's name is known when it has ended: its columns and rows come before."""
    found = {}
    hidden, column, row = HiddenCells(), 0, 0
    tags = tuple(_TABLE_NAMESPACE + name for name in ("table", "table-column", "table-row"))
    for element in _iter_elements(stream, tags):
        is_hidden = element.get(f"{_TABLE_NAMESPACE}visibility") in {"collapse", "filter"}
        if element.tag == f"{_TABLE_NAMESPACE}table":
            found[str(element.get(f"{_TABLE_NAMESPACE}name"))] = hidden
            hidden, column, row = HiddenCells(), 0, 0
        elif element.tag == f"{_TABLE_NAMESPACE}table-column":
            start, column = column, column + int(element.get(f"{_TABLE_NAMESPACE}number-columns-repeated", "1"))
            hidden.columns += [range(start, column)] if is_hidden else []
        else:
            start, row = row, row + int(element.get(f"{_TABLE_NAMESPACE}number-rows-repeated", "1"))
            hidden.rows += [range(start, row)] if is_hidden else []
    return found


def _iter_elements(stream: IO[bytes], tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield each element once it has ended, and forget it afterwards: a sheet can have a million rows."""
    elements = etree.iterparse(
        stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _event, element in elements:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
