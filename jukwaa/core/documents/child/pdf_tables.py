"""Tables on the pages of a PDF: lines whose parts stand below each other, as rows with bars between the cells."""

from collections.abc import Sequence
from dataclasses import replace

from jukwaa.core.documents.child.lines import HYPHEN_PLACEHOLDER, PageLine

_MIN_COLUMNS = 3  # with two, it may be a page set in columns
_MIN_ROWS = 3  # with the head
_MAX_FILLED_PART = 0.8  # of the width of the columns: more is running text in narrow columns
_ALIGNMENT_TOLERANCE = 0.6  # of the size of the letters
_MAX_WRAPPED_PITCH = 1.35  # of that size, between two lines of one cell
_CELL_SEPARATOR = " | "


def join_table_rows(page_lines: list[PageLine]) -> list[PageLine]:
    """The lines of a page, with one line "a | b | c" for each row of a table."""
    joined: list[PageLine] = []
    at = 0
    while at < len(page_lines):
        rows, after = _read_table(page_lines, at)
        joined += rows or [page_lines[at]]
        at = after if rows else at + 1
    return joined


def _read_table(page_lines: Sequence[PageLine], start_index: int) -> tuple[list[PageLine], int]:
    """The rows of the table that begins with this line, and where it ends; no rows where none begins."""
    head = page_lines[start_index]
    columns = [left for left, _right, _text in head.cells]
    if len(columns) < _MIN_COLUMNS:
        return [], start_index
    lines, rows = [head], [[text for _left, _right, text in head.cells]]
    at = start_index + 1
    while at < len(page_lines):
        line = page_lines[at]
        placed = _place_cells(line, columns)
        if not placed or line.size > head.size * 1.1:
            break
        is_wrapped = 0 not in placed or (len(placed) == 1 and _is_inside_row(page_lines, at, columns))
        if len(placed) == 1 and not is_wrapped:
            break
        if is_wrapped:
            rows[-1] = [f"{cell} {placed.get(index, '')}".strip() for index, cell in enumerate(rows[-1])]
        else:
            lines.append(line)
            rows.append([placed.get(index, "") for index in range(len(columns))])
        at += 1
    if len(rows) < _MIN_ROWS or _measure_filled_part(lines, columns) > _MAX_FILLED_PART:
        return [], start_index
    return [_build_row(line, cells) for line, cells in zip(lines, rows, strict=True)], at


def _place_cells(page_line: PageLine, columns: Sequence[float]) -> dict[int, str]:
    """The parts of a line by the column in which each begins; nothing where one begins elsewhere or reaches the next."""
    placed: dict[int, str] = {}
    tolerance = page_line.size * _ALIGNMENT_TOLERANCE
    for left, right, text in page_line.cells or ((page_line.left, page_line.right, page_line.text),):
        column = next((index for index, place in enumerate(columns) if abs(place - left) <= tolerance), None)
        if column is None or column in placed:
            return {}
        if column + 1 < len(columns) and right > columns[column + 1]:
            return {}
        placed[column] = text
    return placed


def _is_inside_row(page_lines: Sequence[PageLine], at: int, columns: Sequence[float]) -> bool:
    """Whether a part alone in the first column goes on with the row above: it is close, and rows follow."""
    line, before = page_lines[at], page_lines[at - 1]
    is_close = 0 < before.base - line.base <= line.size * _MAX_WRAPPED_PITCH
    after = page_lines[at + 1] if at + 1 < len(page_lines) else None
    return is_close and after is not None and len(_place_cells(after, columns)) > 1


def _measure_filled_part(table_lines: Sequence[PageLine], columns: Sequence[float]) -> float:
    """How much of the width up to the next column the cells take, on average; of the last column nothing is known."""
    shares = [
        (cell[1] - cell[0]) / (columns[index + 1] - columns[index])
        for line in table_lines
        for index, cell in enumerate(line.cells[: len(columns) - 1])
    ]
    return sum(shares) / len(shares)


def _build_row(page_line: PageLine, row_cells: Sequence[str]) -> PageLine:
    cells = (cell.replace(HYPHEN_PLACEHOLDER, "").replace("|", "/") for cell in row_cells)
    return replace(page_line, text=_CELL_SEPARATOR.join(cells).strip(), bold=False, cells=(), is_row=True)
