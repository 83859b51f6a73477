"""Text out of a PDF: its lines, and then the paragraphs, headings and items that they make."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from jukwaa.core.documents.child.lines import PageLine, extract_page_lines
from jukwaa.core.documents.child.paragraphs import assemble_page_texts
from jukwaa.core.documents.child.pdf_grids import PageGrid, find_page_grids, join_grids_of_pages
from jukwaa.core.documents.child.pdf_tables import join_table_rows
from jukwaa.core.documents.child.text_builder import FileUnreadableError, OnPage

_PICTURE_OBJECT_TYPES = [pdfium.FPDF_PAGEOBJ_IMAGE]
_MIN_PAGES_OF_RUNNING_LINE = 3
_PAGE_NUMBER_WORDS = "page|pg|p|seite|página|pagina|стр|صفحة"
_PAGE_NUMBER_PATTERN = re.compile(
    rf"^\W*(?:(?:{_PAGE_NUMBER_WORDS})\.? ?)?\d{{1,4}}(?: ?(?:/|of|de|sur|von|из|\|) ?\d{{1,4}})?\W*$", re.IGNORECASE
)


def probe(path: Path, child_orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Whether it opens without a password."""
    del child_orders, on_page
    return {"pages": len(_open_pdf_document(path))}


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its text, with the offset at which each page begins."""
    document = _open_pdf_document(path)
    pages: list[list[PageLine]] = []
    grids: list[list[PageGrid]] = []
    pictures, room = [], orders["characters"]
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        lines = extract_page_lines(text_page)
        grids.append(find_page_grids(page, text_page) if lines else [])
        if not lines and _has_page_picture(page):
            pictures.append(number + 1)
        room -= sum(len(line.text) for line in lines)
        pages.append(lines)
        page.close()
        on_page(number + 1, len(document))
        if room < 0:
            break
    if not any(pages):
        raise FileUnreadableError("scan")
    left_out = _remove_repeated_headers_and_footers(pages)
    text, starts = assemble_page_texts([join_table_rows(lines) for lines in join_grids_of_pages(pages, grids)])
    notes = [*(["running"] if left_out else []), *(["pictures"] if pictures else [])]
    return {"text": text, "pages": starts, "pictures": pictures, "notes": notes}


def _open_pdf_document(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise FileUnreadableError("encrypted_pdf" if locked else "broken") from error


def _has_page_picture(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=_PICTURE_OBJECT_TYPES, max_depth=3)), None) is not None


def _remove_repeated_headers_and_footers(page_lines: list[list[PageLine]]) -> bool:
    """Take out heads, feet and page numbers that repeat; the first of each stays, so nothing is lost."""
    last = len(page_lines)
    shapes = [
        {line: _mask_page_numbers(line.text, number, last) for line in _get_edge_lines(lines)}
        for number, lines in enumerate(page_lines, 1)
    ]
    counts = Counter(shape for edge in shapes for shape in set(edge.values()))
    often = max(_MIN_PAGES_OF_RUNNING_LINE, (len(page_lines) + 1) // 2)
    seen: set[str] = set()
    left_out = False
    for lines, edge in zip(page_lines, shapes, strict=True):
        for line, shape in edge.items():
            line.running = counts[shape] > 1
            if shape in seen and counts[shape] >= often:
                lines.remove(line)
                left_out = True
            seen.add(shape)
    return left_out


def _mask_page_numbers(text: str, page_number: int, last_index: int) -> str:
    """The line without the numbers of its page and of the last one; others stay, as in "Decision 4"."""
    return "#" if _PAGE_NUMBER_PATTERN.match(text) else re.sub(rf"\b(?:{page_number}|{last_index})\b", "#", text)


def _get_edge_lines(page_lines: list[PageLine]) -> list[PageLine]:
    return page_lines if len(page_lines) <= _MIN_PAGES_OF_RUNNING_LINE + 1 else [*page_lines[:2], *page_lines[-2:]]
