"""Rows with prose, such as "Item | Discussion | Decisions and actions", as a passage for each cell."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from jukwaa.intake.reader.blocks import Block
from jukwaa.intake.reader.inferred_columns import starts_with_verb
from jukwaa.intake.reader.item_references import DECISION_LABEL_PATTERN, INNER_DECISION_LABEL_PATTERN
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.markers import split_owner_names
from jukwaa.intake.reader.markup import strip_markup
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.result_cells import ASSIGNEE_COLUMN, RESULT_COLUMN
from jukwaa.intake.reader.roles import AGENDA_ROLE, DISCUSSION_ROLE
from jukwaa.intake.reader.sentences import find_sentence_spans
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN, HEADER_COLUMN_ROLES

DISCUSSION_COLUMN = "discussion"
LINE_PATTERN = re.compile(r"<li\b[^<>]{0,200}>|<br ?/?>|</?p\b[^<>]{0,200}>", re.IGNORECASE)
SENTENCES_PATTERN = re.compile(r"(?<!\S)(?:\S+\s+){3,}[^\W\d_]{3,}[.!?]\s+[^\W\d_a-z]")  # two or more
# What other tables hold: people, tasks with an owner, rows that each say what they are.
COLUMNS_OF_OTHER_TABLES = frozenset({"who", "due", "what", "name", "given", "family", "present", "kind", "motion"})
ROLES_OF_PROSE = frozenset({"", "report", AGENDA_ROLE, DISCUSSION_ROLE})
MIN_PROSE_WORDS = 10
MIN_CELLS = 3


def split_prose_rows(text: str, passages: list[Passage]) -> list[Passage]:
    """The passages, with one for each cell instead of those rows whose cells hold sentences."""
    return [
        part for passage in passages for part in (_split_row(text, passage) if _is_prose_row(passage) else [passage])
    ]


def find_cell_spans(text: str, block: Block) -> list[tuple[int, int]]:
    """Where the cells of a row are in the text."""
    ends = [match.span() for match in CELL_SEPARATOR_PATTERN.finditer(text, block.start, block.end)]
    starts = [block.start, *(end for _start, end in ends)]
    return list(zip(starts, [*(start for start, _end in ends), block.end], strict=True))


def _is_prose_row(passage: Passage) -> bool:
    columns = set(passage.columns)
    if passage.block.kind != "row" or passage.struck or passage.columns == HEADER_COLUMN_ROLES:
        return False
    if RESULT_COLUMN in columns:
        return True
    if DISCUSSION_COLUMN in columns:
        return not columns & COLUMNS_OF_OTHER_TABLES
    if not columns & COLUMNS_OF_OTHER_TABLES and (
        any(map(INNER_DECISION_LABEL_PATTERN.search, passage.cells))
        or any(map(DECISION_LABEL_PATTERN.match, passage.cells[-1:]))
    ):
        return True
    is_prose = any(
        len(cell.split()) > MIN_PROSE_WORDS or SENTENCES_PATTERN.search(cell) is not None for cell in passage.cells
    )
    filled = [cell for cell in passage.cells if cell]
    return (
        is_prose
        and not any(passage.columns)
        and len(filled) >= MIN_CELLS
        and (passage.lead or passage.role) in ROLES_OF_PROSE
    )


def _split_row(text: str, row: Passage) -> Iterator[Passage]:
    owners = _get_cell(row, "who") or _get_cell(row, ASSIGNEE_COLUMN)
    for index, span in enumerate(find_cell_spans(text, row.block)):
        column = row.columns[index] if index < len(row.columns) else ""
        is_result = column == RESULT_COLUMN or (column == "decision" and RESULT_COLUMN not in row.columns)
        is_prose = is_result or column == DISCUSSION_COLUMN or (not column and not _is_topic(text[slice(*span)], index))
        for start, end in _split_cell_into_lines(text, *span):
            block = replace(row.block, kind="para" if is_prose else "row", pieces=[(start, end)], gap=True)
            words = strip_markup(text, block.pieces)
            if not words.text.strip():
                continue
            part = copy(row)
            part.block, part.words = block, words
            part.spans = find_sentence_spans(words.text) if is_prose else [(0, len(words.text.rstrip()))]
            part.columns, part.cells = () if is_prose else HEADER_COLUMN_ROLES, ()
            part.role = part.lead = ""
            part.leads = part.first = False
            is_assigned = bool(owners) and is_prose and ASSIGNEE_COLUMN in row.columns
            is_labelled = INNER_DECISION_LABEL_PATTERN.search(words.text) is not None  # the rest are remarks
            part.column = RESULT_COLUMN if is_result and not is_labelled else ASSIGNEE_COLUMN * is_assigned
            part.assignees = split_owner_names(owners) if (is_result or is_assigned) and owners else ()
            yield part


def _get_cell(row: Passage, column_name: str) -> str:
    return next((cell for column, cell in zip(row.columns, row.cells, strict=False) if column == column_name), "")


def _is_topic(words: str, cell_index: int) -> bool:
    """Whether a cell without a known head only names a matter."""
    is_labelled = DECISION_LABEL_PATTERN.match(words) or INNER_DECISION_LABEL_PATTERN.search(words)
    is_short = len(words.split()) <= MIN_PROSE_WORDS and not is_labelled
    is_name = not FINITE_VERB_PATTERN.search(words) and not starts_with_verb(words)
    return is_short and (is_name or cell_index == 0)


def _split_cell_into_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [match.span() for match in LINE_PATTERN.finditer(text, start, end)]
    starts = [start, *(after for _before, after in marks)]
    for line_start, line_end in zip(starts, [*(before for before, _after in marks), end], strict=True):
        words = text[line_start:line_end]
        left = len(words) - len(words.lstrip())
        if words.strip():
            yield line_start + left, line_end - (len(words) - len(words.rstrip()))
