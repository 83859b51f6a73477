"""Tables on the pages of a PDF: lines whose parts stand below each other, as rows with bars between the cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jukwaa.core.documents.child.lines import HYPHEN_PLACEHOLDER, PageLine

_MIN_COLUMNS = 3  # with two, it may be a page set in columns
_MIN_ROWS = 3  # with the head
_MAX_FILLED_PART = 0.8  # of the width of the columns: more is running text in narrow columns
_ALIGNMENT_TOLERANCE = 0.6  # of the size of the letters
_MAX_WRAPPED_PITCH = 1.45  # of that size, between two lines of one cell
_MIN_WIDE_GAPS = 2  # between rows
_MAX_SIZE_RATIO = 1.1  # of the letters of the head: larger ones are a heading
_MAX_ROW_GAP = 5.0  # of their size, between two lines of one table
_MAX_LINES_OF_CELL = 40
_CELL_SEPARATOR = " | "


def join_table_rows(page_lines: list[PageLine]) -> list[PageLine]:
    """The lines of a page, with one line "a | b | c" for each row of a table."""
    joined: list[PageLine] = []
    at = 0
    while at < len(page_lines):
        rows, after = _read_table(page_lines, at)
        joined += rows or page_lines[at:after]
        at = after
    return joined


@dataclass(slots=True)
class _TableLine:
    """What stands at one height in a table: the words of each column that has some there."""

    line: PageLine
    cells: dict[int, str]
    last_index: int


def _read_table(page_lines: Sequence[PageLine], start_index: int) -> tuple[list[PageLine], int]:
    """The rows of the table that begins with this line, or none, and which line is to be looked at next."""
    head = page_lines[start_index]
    columns = [left for left, _right, _text in head.cells]
    if len(columns) < _MIN_COLUMNS:
        return [], start_index + 1
    found = _join_rows(_find_table_lines(page_lines, start_index, columns), len(columns))
    while found and list(found[-1].cells) == [0]:
        found.pop()  # the paragraph below
    if len(found) < _MIN_ROWS:
        return [], start_index + 1
    after = max(row.last_index for row in found) + 1
    if _measure_filled_part([row.line for row in found], columns) > _MAX_FILLED_PART:
        return [], after
    rows = [_build_row(row.line, [row.cells.get(index, "") for index in range(len(columns))]) for row in found]
    return rows, after


def _find_table_lines(
    page_lines: Sequence[PageLine], start_index: int, columns: Sequence[float]
) -> Iterator[_TableLine]:
    """The lines from the head on, from above. All lines of a cell may come before the cells beside it."""
    found: list[_TableLine] = []
    for index in range(start_index, len(page_lines)):
        line = page_lines[index]
        placed = _place_cells(line, columns)
        is_far = bool(found) and found[-1].line.base - line.base > line.size * _MAX_ROW_GAP
        if not placed or is_far or line.size > page_lines[start_index].size * _MAX_SIZE_RATIO:
            break
        near = found[-_MAX_LINES_OF_CELL:]
        beside = next((one for one in near if abs(one.line.base - line.base) < line.size / 3), None)
        if beside is None:
            found.append(_TableLine(line, placed, index))
        elif beside.cells.keys() & placed.keys():
            break  # another table or column
        else:
            beside.cells |= placed
            beside.last_index = index
    yield from sorted(found, key=lambda one: -one.line.base)


def _join_rows(table_lines: Iterable[_TableLine], column_count: int) -> list[_TableLine]:
    """The rows, with the lines of each cell joined: what begins beyond the first column, or is close, goes on.

    A line with words in every column is a row, unless its first word is in small letters.
    """
    lines = list(table_lines)
    is_spaced = _has_wide_row_gaps(lines)
    rows: list[_TableLine] = []
    above: PageLine | None = None
    for one in lines:
        is_close = above is not None and _is_close_below(above, one.line)
        is_row = len(one.cells) == column_count and not one.cells[0][:1].islower()
        if rows and (0 not in one.cells or (is_close and not is_row and (is_spaced or list(one.cells) == [0]))):
            for column, text in one.cells.items():
                rows[-1].cells[column] = f"{rows[-1].cells.get(column, '')} {text}".strip()
            rows[-1].last_index = max(rows[-1].last_index, one.last_index)
        else:
            rows.append(one)
        above = one.line
    return rows


def _has_wide_row_gaps(table_lines: Sequence[_TableLine]) -> bool:
    """Whether rows stand further apart than the lines of a cell: more often than lines begin that may be either."""
    pairs = list(pairwise(table_lines[1:]))
    wide = sum(not _is_close_below(above.line, below.line) for above, below in pairs)
    doubtful = sum(
        0 in below.cells and len(below.cells) > 1 and _is_close_below(above.line, below.line) for above, below in pairs
    )
    return wide >= max(_MIN_WIDE_GAPS, doubtful)


def _is_close_below(above: PageLine, below: PageLine) -> bool:
    return above.base - below.base <= below.size * _MAX_WRAPPED_PITCH


def _place_cells(page_line: PageLine, columns: Sequence[float]) -> dict[int, str]:
    """The parts of a line by the column in which each begins; nothing where the first begins elsewhere, or one is wide.

    What begins elsewhere behind another part belongs to its column: "Moved: Ana   Seconded: Ben".
    """
    placed: dict[int, str] = {}
    tolerance = page_line.size * _ALIGNMENT_TOLERANCE
    column: int | None = None
    for left, right, text in page_line.cells or ((page_line.left, page_line.right, page_line.text),):
        begun = next((index for index, place in enumerate(columns) if abs(place - left) <= tolerance), None)
        column = column if begun is None else begun
        if column is None or (begun is not None and begun in placed):
            return {}
        if column + 1 < len(columns) and right > columns[column + 1]:
            return {}
        placed[column] = f"{placed[column]} {text}" if begun is None else text
    return placed


def _measure_filled_part(table_lines: Sequence[PageLine], columns: Sequence[float]) -> float:
    """How much of the width up to the next column the cells take, on average; of the last column nothing is known."""
    shares = [
        (cell[1] - cell[0]) / (columns[index + 1] - columns[index])
        for line in table_lines
        for index, cell in enumerate(line.cells[: len(columns) - 1])
    ]
    return sum(shares) / max(len(shares), 1)


def _build_row(page_line: PageLine, row_cells: Sequence[str]) -> PageLine:
    cells = (cell.replace(HYPHEN_PLACEHOLDER, "").replace("|", "/") for cell in row_cells)
    return replace(page_line, text=_CELL_SEPARATOR.join(cells).strip(), bold=False, cells=(), is_row=True)
