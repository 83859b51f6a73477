"""The rows that belong to one table, and the columns that govern them: nothing of one table reaches the next."""

import itertools
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jukwaa.intake.reader.attendee_cells import infer_people_columns
from jukwaa.intake.reader.cell_passages import DISCUSSION_COLUMN
from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.inferred_columns import (
    LIMIT_HEADING_PATTERN,
    infer_task_columns,
    is_mostly_dates,
    starts_with_verb,
)
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.names import is_full_name
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.result_cells import ASSIGNEE_COLUMN
from jukwaa.intake.reader.roles import ABSENT_ROLE
from jukwaa.intake.reader.tables import (
    ABSENT_CELL_PATTERN,
    HEADER_COLUMN_ROLES,
    PRESENT_CELL_PATTERN,
    find_presence_columns,
    is_absent_people_title,
    parse_column_roles,
)

PEOPLE_ROLES = frozenset({"attendee", ABSENT_ROLE})
COLUMNS_BESIDE_TASKS = frozenset({"", "ref", "who", "due", "status", "aside"})  # "Ref. | What we said | Due | Status"
PROSE_END_PATTERN = re.compile(r"[.!?]\W*$")
MAX_LABEL_WORDS = 10
MAX_TITLE_WORDS = 5
MIN_SENTENCE_WORDS = 6
MIN_RESULT_WORDS = 4
MIN_ROWS = 2


def mark_row_columns(passages: list[Passage]) -> None:
    """Set the columns that govern each row: from the head of its table, or else from what its cells hold."""
    ended = ""  # the section whose heading is about people, but not about its last table
    for is_row, group in groupby(passages, key=lambda passage: passage.block.kind == "row"):
        for rows in _split_into_tables(list(group)) if is_row else ([passage] for passage in group):
            if is_row and _mark_table(rows):
                ended = rows[0].section
            elif ended and rows[0].section == ended and rows[0].block.kind != "heading":
                _drop_people_roles(rows)
    _set_presence_columns(passages)


def _split_into_tables(rows: list[Passage]) -> Iterator[list[Passage]]:
    """Tables below each other: the next has a head, another width after a gap, or is wider from there on."""
    begin, columns = 0, parse_column_roles(rows[0].cells)
    for index in range(1, len(rows)):
        head = parse_column_roles(rows[index].cells)
        if head or _is_start_of_table(rows, begin, index, columns):
            yield rows[begin:index]
            begin, columns = index, head
    yield rows[begin:]


def _is_start_of_table(rows: list[Passage], begin: int, index: int, columns: tuple[str, ...]) -> bool:
    width = len(rows[index].cells)
    if rows[index].block.gap:
        return width != len(columns) or bool(infer_task_columns(_get_cells_until_gap(rows, index)))
    is_lasting = index + 1 < len(rows) and len(rows[index + 1].cells) == width
    has_begun = index > begin + 1 and any(len(row.cells) == len(columns) for row in rows[begin + 1 : index])
    return bool(columns) and width > len(columns) and is_lasting and has_begun


def _get_cells_until_gap(rows: list[Passage], index: int) -> list[tuple[str, ...]]:
    end = next((later for later in range(index + 1, len(rows)) if rows[later].block.gap), len(rows))
    return [row.cells for row in rows[index:end]]


def _mark_table(rows: list[Passage]) -> bool:
    """Set the columns of these rows, and return whether a heading about people is not about them."""
    columns, has_head, owner = parse_column_roles(rows[0].cells), True, ""
    if not columns:
        columns, has_head = _infer_columns(rows)
    elif "what" not in columns and set(columns) <= COLUMNS_BESIDE_TASKS:
        columns = infer_task_columns([row.cells for row in rows if len(row.cells) > 1]) or columns
    elif "what" in columns and not {"who", "due"} <= set(columns):
        columns = _complete_task_columns(columns, [row.cells for row in rows])
    columns = _find_marks_of_presence(columns, [row.cells for row in rows[1:]])
    columns = _replace_task_by_notes(columns, [row.cells for row in rows[1:]])
    columns = _replace_result_by_status(columns, [row.cells for row in rows])
    columns = _replace_task_by_minutes(columns, [row.cells for row in rows])
    absent = False
    for place, passage in enumerate(rows):
        is_head = place == 0 and bool(columns) and has_head
        passage.columns = HEADER_COLUMN_ROLES if is_head else columns
        if not is_head and columns[:1] == ("who",) and len(passage.cells) == len(columns):
            owner = passage.cells[0] or owner  # written once for several rows
            passage.cells = (owner, *passage.cells[1:])
        title = None if is_head or len(passage.cells) == 1 else is_absent_people_title(passage.cells)
        if title is not None:
            absent, passage.columns = title, HEADER_COLUMN_ROLES
        passage.absent = absent
    cells = [row.cells for row in rows]
    if not columns and any(map(_is_prose, itertools.chain(*cells[1:]))) and not any(map(_is_prose, cells[0])):
        rows[0].columns = HEADER_COLUMN_ROLES  # "Option | For it | Against it"
    holds_no_people = not columns and len(rows) >= MIN_ROWS and not _may_hold_people(cells)
    if holds_no_people or {"what", "result", "discussion"} & set(columns):
        _drop_people_roles(rows)
        return True
    return False


def _infer_columns(rows: list[Passage]) -> tuple[tuple[str, ...], bool]:
    """The columns by what the cells hold, and whether the first row is a head; no columns where that is unclear."""
    cells = [row.cells for row in rows if len(row.cells) > 1]
    if not cells or cells[0] is not rows[0].cells:
        return (), False
    if columns := infer_task_columns(cells):
        return columns, True
    return infer_people_columns(cells) if PEOPLE_ROLES & {rows[0].role, rows[0].lead} else ((), False)


def _complete_task_columns(columns: tuple[str, ...], table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns with owners and deadlines as the cells show them, where the head does not name these two."""
    added = {
        place: name
        for place, name in enumerate(infer_task_columns(table_rows))
        if name not in columns
        and (
            name == "who" or (name == "due" and LIMIT_HEADING_PATTERN.match(table_rows[0][place]))
        )  # no "Last updated"
    }
    return tuple(name or added.get(place, "") for place, name in enumerate(columns))


def _find_marks_of_presence(columns: tuple[str, ...], table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of "Trustee | Attendance", where the second holds marks and the first, whatever its head, names."""
    if columns.count("name") != 1 or not table_rows:
        return columns
    marked = columns.index("name")
    cells = [row[marked] for row in table_rows if len(row) > marked]
    if not cells or not all(PRESENT_CELL_PATTERN.match(cell) or ABSENT_CELL_PATTERN.match(cell) for cell in cells):
        return columns
    name = next((place for place, column in enumerate(columns) if not column), None)
    return tuple(
        "present" if place == marked else "name" if place == name else column for place, column in enumerate(columns)
    )


def _replace_task_by_notes(columns: tuple[str, ...], table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of "Item | Notes | Who", where the item is only a matter and the notes are sentences about it."""
    if "due" in columns or not {"what", "who", "aside"} <= set(columns):
        return columns
    what, notes = columns.index("what"), columns.index("aside")
    rows = [row for row in table_rows if len(row) > max(what, notes) and row[notes]]
    is_noted = rows and all(
        _is_title(row[what]) and PROSE_END_PATTERN.search(row[notes]) and not _is_instruction(row[notes])
        for row in rows
    )
    moved = {what: "text", notes: DISCUSSION_COLUMN} | {columns.index("who"): ""}
    return tuple(moved.get(place, name) for place, name in enumerate(columns)) if is_noted else columns


def _replace_result_by_status(columns: tuple[str, ...], table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of "Issue | Resolved", where "yes" or a day below the last head says how far each matter is."""
    place = columns.index("decision") if "decision" in columns else len(columns)
    cells = [row[place] for row in table_rows if len(row) > place]
    if not cells or cells[0].strip(" *_?").lower() != "resolved":
        return columns
    is_told = any(len(cell.split()) >= MIN_RESULT_WORDS for cell in cells[1:])
    return columns if is_told else (*columns[:place], "status", *columns[place + 1 :])


def _replace_task_by_minutes(columns: tuple[str, ...], table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of "Item | Action by", where the item tells of the meeting, and only some rows name who acts."""
    if "what" not in columns or "who" not in columns or {"due", "status"} & set(columns):
        return columns
    what, who = columns.index("what"), columns.index("who")
    told = [
        row for row in table_rows[1:] if len(row) > what and _is_prose(row[what]) and not _is_instruction(row[what])
    ]
    unowned = [row for row in told if len(row) <= who or not row[who]]
    if classify_column_heading(table_rows[0][what]) != "text" or len(unowned) < max(MIN_ROWS, len(told) / 2):
        return columns
    moved = {what: DISCUSSION_COLUMN, who: ASSIGNEE_COLUMN}
    return tuple(moved.get(place, name) for place, name in enumerate(columns))


def _is_instruction(note: str) -> bool:
    return TASK_START_PATTERN.match(note) is not None and FINITE_VERB_PATTERN.search(note) is None


def _is_title(cell: str) -> bool:
    return len(cell.split()) <= MAX_TITLE_WORDS and not starts_with_verb(cell) and not PROSE_END_PATTERN.search(cell)


def _drop_people_roles(rows: list[Passage]) -> None:
    """The heading above was about another table or list."""
    for row in rows:
        row.role = "" if row.role in PEOPLE_ROLES else row.role
        row.lead = "" if row.lead in PEOPLE_ROLES else row.lead


def _may_hold_people(table_rows: Sequence[Sequence[str]]) -> bool:
    is_told = any(_is_prose(cell) and cell[:1].islower() for row in table_rows for cell in row)  # "Ana Lopes | said"
    if not is_told and all(is_full_name(row[0].strip(" *_~")) for row in table_rows):
        return True
    return not any(_is_prose(cell) for row in table_rows for cell in row) and not is_mostly_dates(table_rows)


def _is_prose(cell: str) -> bool:
    if PROSE_END_PATTERN.search(cell):
        return len(cell.split()) >= MIN_SENTENCE_WORDS
    return len(cell.split()) > MAX_LABEL_WORDS and FINITE_VERB_PATTERN.search(cell) is not None


def _set_presence_columns(passages: list[Passage]) -> None:
    """Find the column that says who was there, in tables of people whose head does not name it."""
    for columns, group in groupby(
        passages, key=lambda passage: passage.columns if passage.cells else HEADER_COLUMN_ROLES
    ):
        rows = list(group)
        if columns == HEADER_COLUMN_ROLES or not ("name" in columns or "attendee" in {rows[0].role, rows[0].lead}):
            continue
        if "present" not in columns:
            found = find_presence_columns([row.cells for row in rows], columns)
            for row in rows:
                row.columns = found
