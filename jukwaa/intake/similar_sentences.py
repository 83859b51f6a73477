"""Sentences that are built like an example that a person gave, and what they say if they are read like it.

They are rows of one table, or else lines with one label, or else items of one list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.guesses import choose_owners
from jukwaa.intake.learned_columns import (
    JOINTS,
    MAX_COLUMNS,
    MAX_SAMPLE_ROWS,
    RowPattern,
    find_deciding_column,
    infer_row_pattern,
    learn_row_pattern,
)
from jukwaa.intake.left_out_lines import is_left_out
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, DeskKind, Reading
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.entry_text import build_entry_text
from jukwaa.intake.reader.inferred_columns import infer_task_columns, is_mostly
from jukwaa.intake.reader.line_labels import cut_line_label, find_line_label
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.tables import parse_column_roles
from jukwaa.intake.reader.task_cells import find_cell_owners
from jukwaa.intake.report_lines import ReportLine, load_report_lines
from jukwaa.intake.suggestion_wording import SuggestionWording, join_owners, split_owners
from jukwaa.meetings.models import Attendance
from jukwaa.places.text_folding import fold_text

MIN_LONGER_COLUMNS = 2

type WordingReader = Callable[[ReportLine], SuggestionWording]


@dataclass(frozen=True, slots=True)
class SimilarLines:
    """`kind` is "row", "label" or "item". `shown` is the label, or the letter that all rows have in one column."""

    kind: str
    shown: str
    lines: Sequence[ReportLine]
    read_line: WordingReader
    pattern: RowPattern | None = None  # of rows


def find_similar_lines(
    lines: Sequence[ReportLine], sentence_number: int, wording: SuggestionWording, closing_day: date | None
) -> Iterator[SimilarLines]:
    """The groups that the line with this number belongs to, without the line itself, the closest group first.

    Lines that are left out read as nothing.
    """
    place = next((place for place, line in enumerate(lines) if line.number == sentence_number), None)
    if place is None:
        return
    example = lines[place]
    followers = {line.number - 1: line for line in lines}
    find_groups = _find_similar_rows if example.cells else _find_lines_and_items
    for group in find_groups(lines, place, wording, closing_day):

        def read_line(line: ReportLine, read: WordingReader = group.read_line) -> SuggestionWording:
            if is_left_out(line, followers.get(line.number), example, wording):
                return SuggestionWording(kind=wording.kind, text="")
            return read(line)

        yield replace(group, read_line=read_line)


def _find_lines_and_items(
    lines: Sequence[ReportLine], place: int, wording: SuggestionWording, closing_day: date | None
) -> Iterator[SimilarLines]:
    example = lines[place]
    label = find_line_label(example.mark + example.quote)
    read_line = _build_line_reader(example, wording, closing_day)
    if label is not None and label.key != fold_text(wording.owner):  # a word that is taken for a speaker may be a label
        alike = [line for line in lines if line is not example and not line.cells and _get_label_key(line) == label.key]
        yield SimilarLines("label", label.shown, alike, read_line)
    if mark := _get_list_mark(example):
        items = [*_iter_list_items(lines[place::-1], mark), *_iter_list_items(lines[place:], mark)]
        yield SimilarLines("item", "", items, read_line)


def find_table(lines: Sequence[ReportLine], place: int) -> tuple[tuple[str, ...], list[ReportLine]]:
    """The head of the table around this row, if it has one, and its rows."""
    width = len(lines[place].cells)
    first = last = place
    while not _is_table_head(lines[first]) and first > 0 and len(lines[first - 1].cells) == width:
        first -= 1
    while last + 1 < len(lines) and len(lines[last + 1].cells) == width and not _is_table_head(lines[last + 1]):
        last += 1
    gaps = [number for number in range(first + 1, last + 1) if lines[number].follows_gap]
    if len(gaps) < last - first:  # else an empty line is between all rows
        gaps = [number for number in gaps if number > first + 1 or not _is_table_head(lines[first])]
        first = max((number for number in gaps if number <= place), default=first)
        last = min((number - 1 for number in gaps if number > place), default=last)
    rows = list(lines[first : last + 1])
    sample = rows[:: -(-len(rows) // MAX_SAMPLE_ROWS)]
    is_unusual_head = _looks_like_head(sample) or (
        width <= MAX_COLUMNS and bool(infer_task_columns([row.cells for row in sample]))
    )
    if _is_table_head(rows[0]) or (is_unusual_head and first < place):
        return rows[0].cells, rows[1:]
    return (), rows


def read_sentence(
    reading: Reading, sentence_number: int, kind: str, lines: Sequence[ReportLine] | None = None
) -> SuggestionWording:
    """What a sentence says: a row by the columns of its table, any other by its words without a mark.

    `lines` around it, if they are loaded already.
    """
    lines = lines or load_report_lines(reading, sentence_number)
    place = next(place for place, line in enumerate(lines) if line.number == sentence_number)
    line = lines[place]
    head, rows = find_table(lines, place) if line.cells else ((), [])
    if line in rows and (head or len(rows) > 1):
        pattern = infer_row_pattern([row.cells for row in rows], head, kind, reading.closing_day)
        wording = pattern.read_row(line.cells)
        if wording.text:
            return wording
    label = find_line_label(line.quote)
    is_mark = label is not None and (label.is_sign or get_heading_role(label.shown) == kind)
    text = cut_line_label(line.quote) if is_mark else line.quote
    return SuggestionWording(kind=kind, text=build_entry_text(kind, "", text) or text)


def _is_table_head(line: ReportLine) -> bool:
    return line.is_table_head or (len(line.cells) <= MAX_COLUMNS and bool(parse_column_roles(line.cells)))


def _find_similar_rows(
    lines: Sequence[ReportLine], place: int, wording: SuggestionWording, closing_day: date | None
) -> Iterator[SimilarLines]:
    example = lines[place]
    head, rows = find_table(lines, place)
    if example not in rows:
        return
    table = [row.cells for row in rows]
    inferred = infer_row_pattern(table, head, wording.kind, closing_day)
    pattern = learn_row_pattern(inferred, example.cells, wording)
    is_attendance = wording.kind in ATTENDANCE_SUGGESTION_KINDS
    deciding = find_deciding_column(table if head else table[1:], pattern) if is_attendance else None
    others = [row for row in rows if row is not example]
    if deciding is not None:
        others = [row for row in others if row.cells[deciding] == example.cells[deciding]]
    shown = example.cells[deciding] if deciding is not None else ""
    yield SimilarLines("row", shown, others, _build_row_reader(pattern, wording), pattern)


def _looks_like_head(rows: Sequence[ReportLine]) -> bool:
    """Whether the first row has no number, unlike most others in one column, or fewer words than they in two."""
    first, *others = (row.cells for row in rows)
    if not others or any(map(re.compile(r"\d").search, first)):
        return False
    columns = list(zip(*others, strict=True))
    has_numbers = any(
        head and is_mostly(cells, lambda cell: re.search(r"\d", cell) is not None)
        for head, cells in zip(first, columns, strict=True)
    )
    longer = [
        all(len(cell.split()) > len(head.split()) > 0 for cell in cells)
        for head, cells in zip(first, columns, strict=True)
    ]
    return has_numbers or sum(longer) >= MIN_LONGER_COLUMNS


def _build_row_reader(pattern: RowPattern, example: SuggestionWording) -> WordingReader:
    def read_row(line: ReportLine) -> SuggestionWording:
        wording = pattern.read_row(line.cells)
        if example.kind not in ATTENDANCE_SUGGESTION_KINDS:
            return wording
        return _word_attendance(example, line, wording.actors)

    return read_row


def _word_attendance(example: SuggestionWording, line: ReportLine, names: Iterable[str]) -> SuggestionWording:
    """People who were away like the example; as what others attended, each line has to say itself."""
    came_as = example.came_as if example.came_as == Attendance.As.APOLOGIES else ""
    return SuggestionWording(kind=example.kind, text=line.quote, actors=list(names), came_as=came_as)


def _build_line_reader(example: ReportLine, wording: SuggestionWording, closing_day: date | None) -> WordingReader:
    label = find_line_label(example.quote)
    is_cut = label is not None and not fold_text(wording.text).startswith(label.key)
    names_owner = label is not None and label.key == fold_text(wording.owner)
    find_owner = _build_owner_finder(example, wording)

    def read_line(line: ReportLine) -> SuggestionWording:
        text = cut_line_label(line.quote) if is_cut else line.quote
        text = build_entry_text(wording.kind, "", text) or text
        if wording.kind in ATTENDANCE_SUGGESTION_KINDS:
            return _word_attendance(wording, line, parse_listed_names(text, has_own_line=True))
        if wording.kind != DeskKind.COMMITMENT:
            return SuggestionWording(kind=wording.kind, text=text)
        label_of_line = find_line_label(line.quote) if names_owner else None
        owner, text = (label_of_line.shown, text) if label_of_line else find_owner(text)
        due_text = find_deadline(text)
        return SuggestionWording(
            kind=wording.kind,
            text=text,
            actors=split_owners(owner),
            owner=owner,
            due_text=due_text,
            due_on=find_due_day(due_text, closing_day),
        )

    return read_line


def _build_owner_finder(example: ReportLine, wording: SuggestionWording) -> Callable[[str], tuple[str, str]]:
    """Find who is to do what a text says, and what is left of the text if the example is without its owner."""
    owner = fold_text(wording.owner)
    is_first = bool(owner) and fold_text(cut_line_label(example.quote)).startswith(f"{owner} ")
    is_cut = not fold_text(wording.text).startswith(owner)

    def find_owner(text: str) -> tuple[str, str]:
        words = text.split()
        names = [word.strip(f"@{JOINTS}") for word in words[: len(wording.owner.split())]]
        if is_first and all(name and not name[0].islower() for name in names):
            rest = " ".join(words[len(names) :]).lstrip(JOINTS)
            return " ".join(names), rest if is_cut and rest else text
        owners, text = choose_owners(find_cell_owners(text), text)
        return join_owners(owners), text

    return find_owner


def _get_label_key(line: ReportLine) -> str:
    label = find_line_label(line.mark + line.quote)
    return label.key if label is not None else ""


def _get_list_mark(line: ReportLine) -> str:
    """The indent and the sign before an item, the same for all numbers and for all letters; nothing before others."""
    indent = line.mark[: len(line.mark) - len(line.mark.lstrip())]
    sign = re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", line.mark.strip()))
    return indent + sign if sign else ""


def _iter_list_items(lines: Iterable[ReportLine], mark: str) -> Iterator[ReportLine]:
    """The items of the list after its first line, in the order of the lines, until the list ends."""
    first: ReportLine | None = None
    before: ReportLine | None = None
    for line in lines:
        if first is None:
            first = before = line
            continue
        own = _get_list_mark(line)
        later = max(line, before or line, key=lambda each: each.number)
        ends = line.cells or line.section != first.section or (not own and later.follows_gap)
        is_deeper = len(own) - len(own.lstrip()) > len(mark) - len(mark.lstrip())
        if ends or (own and own != mark and not is_deeper):
            return
        if own == mark:
            yield line
        before = line
