"""Cells of a spreadsheet of which a part is struck through, as the former contact person beside the new one."""

import zipfile
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.cell_styles import SPREADSHEET_NAMESPACE, is_struck_through, parse_column_index

SHARED_STRINGS_PART = "xl/sharedStrings.xml"


def read_partly_struck_cells(workbook_archive: zipfile.ZipFile, part_name: str) -> dict[tuple[int, int], str]:
    """Return what is left of each such cell, by the number of its row and the place of its column."""
    shared = _read_shared_texts(workbook_archive)
    if not shared and not _mentions_strike(workbook_archive, part_name):
        return {}
    found: dict[tuple[int, int], str] = {}
    for row in _iter_elements(workbook_archive, part_name, "row"):
        for place, cell in enumerate(row.iterfind(f"{SPREADSHEET_NAMESPACE}c")):
            kind, text = cell.get("t"), cell.find(f"{SPREADSHEET_NAMESPACE}is")
            value = cell.findtext(f"{SPREADSHEET_NAMESPACE}v") or ""
            left = shared.get(value, "") if kind == "s" else ("" if text is None else _read_text_left(text))
            if left:
                found[int(row.get("r") or 0), parse_column_index(cell.get("r") or "", place)] = left
    return found


def _read_shared_texts(workbook_archive: zipfile.ZipFile) -> dict[str, str]:
    """What is left of shared texts, by their number."""
    if SHARED_STRINGS_PART not in workbook_archive.namelist() or not _mentions_strike(
        workbook_archive, SHARED_STRINGS_PART
    ):
        return {}
    texts = enumerate(_iter_elements(workbook_archive, SHARED_STRINGS_PART, "si"))
    return {str(number): left for number, text in texts if (left := _read_text_left(text))}


def _read_text_left(text: Any) -> str:
    """The runs that are not struck through; nothing if all of them are, or none."""
    runs = [
        ("".join(part.text or "" for part in run.iterfind(f"{SPREADSHEET_NAMESPACE}t")), _is_struck_run(run))
        for run in text.iterfind(f"{SPREADSHEET_NAMESPACE}r")
    ]
    is_partly = any(is_struck for part, is_struck in runs if part.strip())
    return "".join(part for part, is_struck in runs if not is_struck).strip(" \n\r\t,;/") if is_partly else ""


def _is_struck_run(run: Any) -> bool:
    properties = run.find(f"{SPREADSHEET_NAMESPACE}rPr")
    return properties is not None and is_struck_through(properties)


def _mentions_strike(workbook_archive: zipfile.ZipFile, part_name: str) -> bool:
    return b"<strike" in workbook_archive.read(part_name)


def _iter_elements(workbook_archive: zipfile.ZipFile, part_name: str, name: str) -> Any:
    with workbook_archive.open(part_name) as stream:
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=f"{SPREADSHEET_NAMESPACE}{name}",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        for _event, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:  # else what was read fills the memory
                del element.getparent()[0]
