"""Tables with ruled lines on the pages of a PDF: their rows, by the place of each letter between the lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any, Self

import pypdfium2.raw as pdfium

from jukwaa.core.documents.child.lines import HYPHEN_PLACEHOLDER, PageLine
from jukwaa.core.documents.text_cleaning import clean_text

_MAX_PATHS = 4000  # of a page: a map or a chart has more
_MAX_LINE_WIDTH = 3.0
_MIN_LINE_LENGTH = 6.0
_MAX_GAP = 3.0  # between the pieces of one line
_MIN_COLUMNS = 3  # with two, it may be a form
_MIN_ROWS = 2
_MIN_WIDTH_PART = 0.8  # of the table, that a line between two rows has
_CELL_SEPARATOR = " | "

_DIVIDED_NAME_PATTERN = re.compile(rf"[{HYPHEN_PLACEHOLDER}\ufffe]\s*(?=[^\W\d_a-zß-öø-ÿ])")  # "Barrow-" "Finn"

type _Line = tuple[float, float, float]  # its place, and where it begins and ends


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A ruled table: its vertical lines from the left, its horizontal lines from above, and the text of its cells."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[str, ...], ...]

    def contains(self, line: PageLine) -> bool:
        is_between = self.rows[-1] - _MAX_GAP <= line.base <= self.rows[0]
        return is_between and self.columns[0] - _MAX_GAP <= line.left <= self.columns[-1]

    def continues(self, other: Self) -> bool:
        """Whether this table has the columns of the other, on the page before."""
        return len(self.columns) == len(other.columns) and all(
            abs(own - others) <= _MAX_GAP for own, others in zip(self.columns, other.columns, strict=True)
        )


def find_page_grids(page: Any, text_page: Any) -> list[PageGrid]:
    """The ruled tables of a page, from above."""
    upright, level = _find_ruled_lines(page)
    grids: list[PageGrid] = []
    for bottom, top in sorted({line[1:] for line in upright}, key=lambda extent: extent[0] - extent[1]):
        if any(top > grid.rows[-1] + _MAX_GAP and bottom < grid.rows[0] - _MAX_GAP for grid in grids):
            continue  # a part of a taller table
        columns = _find_columns(upright, bottom, top)
        if len(columns) > _MIN_COLUMNS and len(rows := _find_rows(level, columns, bottom, top)) > _MIN_ROWS:
            grids.append(PageGrid(columns, rows, _read_cells(text_page, columns, rows)))
    return sorted(grids, key=lambda grid: -grid.rows[0])


def _find_columns(upright: Iterable[_Line], bottom: float, top: float) -> tuple[float, ...]:
    """The vertical lines from the lower to the upper edge, or beyond, where the table is one of several."""
    return tuple(sorted(place for place, start, end in upright if start <= bottom + _MAX_GAP and end >= top - _MAX_GAP))


def _find_rows(level: Iterable[_Line], columns: Sequence[float], bottom: float, top: float) -> tuple[float, ...]:
    """The lines between rows, from above; none where they go on beside the columns, which are then not all."""
    first, last = columns[0], columns[-1]
    within = [line for line in level if bottom - _MAX_GAP <= line[0] <= top + _MAX_GAP]
    if any(left < first - _MAX_GAP < right or left < last + _MAX_GAP < right for _place, left, right in within):
        return ()
    width = (last - first) * _MIN_WIDTH_PART
    rows = sorted(
        (place for place, left, right in within if min(right, last) - max(left, first) >= width), reverse=True
    )
    return tuple(_add_edges(rows, bottom, top))


def _add_edges(rows: list[float], bottom: float, top: float) -> list[float]:
    """The lines between rows with the edges of the table, which a filled head may hide."""
    above = [] if rows and abs(rows[0] - top) <= _MAX_GAP else [top]
    below = [] if rows and abs(rows[-1] - bottom) <= _MAX_GAP else [bottom]
    return [*above, *rows, *below]


def _find_ruled_lines(page: Any) -> tuple[list[_Line], list[_Line]]:
    """The vertical and the horizontal lines, each as one although it was drawn in pieces."""
    upright: list[_Line] = []
    level: list[_Line] = []
    for drawn in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3), _MAX_PATHS):
        left, bottom, right, top = drawn.get_bounds()
        if right - left <= _MAX_LINE_WIDTH and top - bottom >= _MIN_LINE_LENGTH:
            upright.append(((left + right) / 2, bottom, top))
        elif top - bottom <= _MAX_LINE_WIDTH and right - left >= _MIN_LINE_LENGTH:
            level.append(((bottom + top) / 2, left, right))
    return _join_pieces(upright), _join_pieces(level)


def _join_pieces(lines: Iterable[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    for place, start, end in sorted(lines, key=lambda line: (round(line[0] / _MAX_GAP), line[1])):
        last = joined[-1] if joined else None
        if last and abs(last[0] - place) <= _MAX_GAP and start - last[2] <= _MAX_GAP:
            joined[-1] = (last[0], last[1], max(last[2], end))
        else:
            joined.append((place, start, end))
    return joined


def _read_cells(text_page: Any, columns: Sequence[float], rows: Sequence[float]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            _clean_cell(text_page.get_text_bounded(left=left, bottom=bottom, right=right, top=top))
            for left, right in pairwise(columns)
        )
        for top, bottom in pairwise(rows)
    )


def _clean_cell(text: str) -> str:
    plain = _DIVIDED_NAME_PATTERN.sub("-", text)
    plain = plain.replace(HYPHEN_PLACEHOLDER, "").replace("\ufffe", "").replace("|", "/")
    return " ".join(clean_text(plain)[0].split())


def join_ruled_rows(page_lines: list[PageLine], grids: Iterable[PageGrid]) -> list[PageLine]:
    """The lines of a page, with one line "a | b | c" for each row of its ruled tables."""
    lines = page_lines
    for grid in grids:
        inside = [line for line in lines if grid.contains(line)]
        if not inside:
            continue
        place = lines.index(inside[0])
        rows = [
            replace(inside[0], text=_CELL_SEPARATOR.join(cells).strip(), bold=False, cells=(), is_row=True, base=bottom)
            for cells, bottom in zip(grid.cells, grid.rows[1:], strict=True)
            if any(cells)
        ]
        outside = [line for line in lines if not grid.contains(line)]
        place -= sum(line in inside for line in lines[:place])
        lines = [*outside[:place], *rows, *outside[place:]]
    return lines


def join_grids_of_pages(pages: list[list[PageLine]], grids: list[list[PageGrid]]) -> list[list[PageLine]]:
    """The lines of all pages with the rows of their tables. A table may go on upon the next page.

    The foot and the head of the pages then stand before and behind it.
    """
    continued = {
        number
        for number, (before, after) in enumerate(pairwise(grids))
        if before and after and after[0].continues(before[-1]) and _are_neighbours(pages, grids, number)
    }
    for number in sorted(continued):
        _join_divided_row(grids, number)
    joined = [join_ruled_rows(lines, found) for lines, found in zip(pages, grids, strict=True)]
    for number in continued:
        above, below = joined[number], joined[number + 1]
        joined[number] = sorted(above, key=lambda line: 0 if not line.is_row and line.running else 1)
        joined[number + 1] = sorted(below, key=lambda line: 1 if not line.is_row and line.running else 0)
    return joined


def _are_neighbours(pages: Sequence[list[PageLine]], grids: Sequence[list[PageGrid]], number: int) -> bool:
    """Whether only the foot of this page and the head of the next stand between their tables."""
    last, first = grids[number][-1], grids[number + 1][0]
    above, below = pages[number], pages[number + 1]
    end = max((at for at, line in enumerate(above) if last.contains(line)), default=len(above))
    start = next((at for at, line in enumerate(below) if first.contains(line)), 0)
    return all(line.running for line in (*above[end + 1 :], *below[:start]))


def _join_divided_row(grids: list[list[PageGrid]], number: int) -> None:
    """Join the row that ends on the next page, where its first cell is empty, with its beginning."""
    before, after = grids[number][-1], grids[number + 1][0]
    if after.cells[0][0] or not before.cells[-1][0]:
        return
    whole = tuple(" ".join(filter(None, parts)) for parts in zip(before.cells[-1], after.cells[0], strict=True))
    grids[number][-1] = replace(before, cells=(*before.cells[:-1], whole))
    grids[number + 1][0] = replace(after, cells=(("",) * len(whole), *after.cells[1:]))
