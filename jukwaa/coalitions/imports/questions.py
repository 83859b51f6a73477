"""What has to be answered before all rows of an import are ready: for whole columns, and row by row."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jukwaa.coalitions.imports.contact_remarks import (
    CONTACT_REMARK_LABELS,
    PERSON_LEFT,
    SUGGESTED_CONTACT_ANSWERS,
)
from jukwaa.coalitions.imports.dates import suggest_date_order
from jukwaa.coalitions.imports.decisions import OTHER_TEXTS, SKIP, Decisions, build_decision_key
from jukwaa.coalitions.imports.office_rows import OFFICE
from jukwaa.coalitions.imports.problems import (
    CELL,
    DATE_ORDER,
    DEPARTURE,
    KNOWN_PERSON,
    LOOK,
    PERSON,
    REPEATED,
    SAME_MEMBER_PROBLEMS,
    SIMILAR,
    VALUE,
    RowProblem,
)
from jukwaa.coalitions.imports.row_looks import is_look_question_key
from jukwaa.coalitions.imports.suggested_answers import (
    is_shortened_name,
    quote_row,
    suggest_date,
    suggest_look_answer,
    suggest_standing,
)
from jukwaa.coalitions.models import Import, ImportRow

MIN_ROWS_FOR_COLUMN_DECISION = 2  # a single row is answered by itself
MIN_OTHER_TEXTS = 6  # fewer of them are answered one by one
DATE_FIELDS = ("since", "until")
COLUMNS_WITH_SUGGESTIONS = ("country", "stakeholder_group")
COLUMNS_WITH_OTHER_TEXTS = ("stakeholder_group", "organisation")
MAX_DATES_ROW_BY_ROW = 12  # more of them can only be answered together
MAX_ROWS_BESIDE_FILE_QUESTION = 12  # more rows with the question of the whole file are folded
ASKED_BY_ROW = frozenset({CELL, KNOWN_PERSON, *SAME_MEMBER_PROBLEMS, DEPARTURE})


@dataclass
class ColumnQuestion:
    """What a text means in all rows, or in which order the parts of dates stand.

    `numbers` are those of the rows, and `names` the names in them.
    """

    column: str
    kind: str
    key: str
    text: str
    options: tuple[str, ...] = ()
    numbers: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    suggestion: str = ""  # an answer that is chosen already
    quotes: list[str] = field(default_factory=list)  # what each of the rows says about it

    @property
    def name(self) -> str:
        """Of the field in the form."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:12]
        return f"all-{self.kind}-{self.column}-{digest}"


@dataclass(frozen=True)
class RowQuestion:
    """A row, with what only its own cells can answer.

    `is_asked_together` is true if one answer for the whole file is enough.
    """

    row: ImportRow
    problems: list[RowProblem]
    is_asked_together: bool = False


@dataclass(frozen=True)
class ImportQuestions:
    columns: list[ColumnQuestion]
    rows: list[RowQuestion]
    answered: list[ColumnQuestion] = field(default_factory=list)  # `suggestion` is the answer

    def __bool__(self) -> bool:
        return bool(self.columns or self.rows)


def is_question_about_date(question: ColumnQuestion) -> bool:
    """Which date a text stands for that is none: "founding member"."""
    return question.kind == VALUE and question.column in DATE_FIELDS


def find_import_questions(spreadsheet_import: Import) -> ImportQuestions:
    waiting = spreadsheet_import.rows.filter(state=ImportRow.State.QUARANTINE).order_by("number")
    rows = [(row, [RowProblem.parse(stored) for stored in row.problems]) for row in waiting]
    columns = _find_column_questions(spreadsheet_import, rows)
    skipped = {number for each in columns if each.kind == LOOK and each.suggestion == SKIP for number in each.numbers}
    if skipped:
        rows = [
            (row, _filter_questions_about_skipping(problems) if row.number in skipped else problems)
            for row, problems in rows
        ]
        columns = _find_column_questions(spreadsheet_import, rows)
    return ImportQuestions(
        columns,
        list(_iter_row_questions(rows, columns)),
        _find_decided_questions(spreadsheet_import.decisions, {question.name for question in columns}),
    )


def _find_column_questions(
    spreadsheet_import: Import, rows: list[tuple[ImportRow, list[RowProblem]]]
) -> list[ColumnQuestion]:
    columns = _group_row_questions((row, problem) for row, problems in rows for problem in problems)
    rows_by_number = {row.number: row for row, _problems in rows}
    for question in columns:
        question_rows = [rows_by_number[number] for number in question.numbers]
        question.suggestion = _suggest_answer(spreadsheet_import, question, question_rows)
    return columns


def _filter_questions_about_skipping(problems: list[RowProblem]) -> list[RowProblem]:
    """All that is asked about a row that will probably be skipped; its other cells matter only if it is not."""
    return [problem for problem in problems if problem.kind in {LOOK, PERSON}]


def _suggest_answer(spreadsheet_import: Import, question: ColumnQuestion, rows: list[ImportRow]) -> str:
    """An answer for the whole file that is nearly certain, or nothing."""
    if question.kind == PERSON and spreadsheet_import.of == Import.Kind.PEOPLE:
        return "" if question.key in {OFFICE, PERSON_LEFT} else SKIP  # who left may stay on the list
    if question.kind == PERSON:
        return SUGGESTED_CONTACT_ANSWERS.get(question.key, "")
    if question.kind == LOOK:
        return suggest_look_answer(question.key, rows, spreadsheet_import.decisions)
    if question.kind == DATE_ORDER:
        all_cells = spreadsheet_import.rows.values_list("cells", flat=True)
        return suggest_date_order(cells.get(question.column, "") for cells in all_cells)
    if is_question_about_date(question):
        return suggest_date(question.text, question.column)
    return _suggest_value(question) if question.kind == VALUE else ""


def _suggest_value(question: ColumnQuestion) -> str:
    if question.column == "standing":
        return suggest_standing(question.text)
    if len(question.options) != 1:
        return ""
    (option,) = question.options
    is_shortened = question.column == "organisation" and is_shortened_name(question.text, option)
    return option if is_shortened or question.column in COLUMNS_WITH_SUGGESTIONS else ""


def _iter_row_questions(
    rows: list[tuple[ImportRow, list[RowProblem]]], columns: list[ColumnQuestion]
) -> Iterator[RowQuestion]:
    """First what only a row itself can answer, then the same questions as for the whole file, row by row."""
    together = {(question.column, question.kind, question.key): question for question in columns}
    own: list[RowQuestion] = []
    others: list[RowQuestion] = []
    for row, problems in rows:
        answered: list[RowProblem] = []
        alone: list[RowProblem] = []
        for found in problems:
            asked = [together[key] for each in _iter_column_questions(found) if (key := _get_key(each)) in together]
            if not asked:
                alone += [found] if found.kind in ASKED_BY_ROW else []
            elif found.kind in {REPEATED, SIMILAR} and len(asked[0].numbers) <= MAX_ROWS_BESIDE_FILE_QUESTION:
                alone.append(found)  # which other row or organisation it is differs from row to row
            elif found.kind in {LOOK, PERSON, DEPARTURE, REPEATED, SIMILAR} or _is_date_to_answer(found, asked[0]):
                answered.append(found)
        own += [RowQuestion(row, alone)] if alone else []
        others += [RowQuestion(row, answered, is_asked_together=True)] if answered else []
    yield from own
    yield from others


def _is_date_to_answer(problem: RowProblem, question: ColumnQuestion) -> bool:
    count = len(question.numbers)
    return problem.kind == DATE_ORDER and MIN_ROWS_FOR_COLUMN_DECISION <= count <= MAX_DATES_ROW_BY_ROW


def _get_key(question: ColumnQuestion) -> tuple[str, str, str]:
    return question.column, question.kind, question.key


def _find_decided_questions(decisions: Decisions, asked_keys: set[str]) -> list[ColumnQuestion]:
    """What was decided for whole columns, to be changed: all but what is asked again."""
    found = []
    for column, answers in decisions.items():
        for key, answer in answers.items():
            own_kind = key if key in {DATE_ORDER, OTHER_TEXTS} else VALUE
            kind = _get_question_kind(key) if column == "rows" else own_kind
            question = ColumnQuestion(column, kind, key, key if kind == VALUE else "", suggestion=answer)
            if question.name not in asked_keys:
                found.append(question)
    return found


def _get_question_kind(key: str) -> str:
    """Rows that are struck through, or have a colour, are asked about in one way."""
    if key in CONTACT_REMARK_LABELS:
        return PERSON
    return LOOK if is_look_question_key(key) else key


def _group_row_questions(numbered_problems: Iterable[tuple[ImportRow, RowProblem]]) -> list[ColumnQuestion]:
    """Each once: first whether rows are imported at all, then those about most rows."""
    found: dict[tuple[str, str, str], ColumnQuestion] = {}
    for row, problem in numbered_problems:
        for question in _iter_column_questions(problem):
            known = found.setdefault((question.column, question.kind, question.key), question)
            if row.number not in known.numbers[-1:]:
                known.numbers.append(row.number)
                known.names.append(str(row.get("name") or row.get("person") or row.get("email")))
                known.quotes.append(quote_row(row, problem))
    for column in COLUMNS_WITH_OTHER_TEXTS:
        texts = [each for each in found.values() if each.kind == VALUE and each.column == column]
        if len(texts) >= MIN_OTHER_TEXTS:
            numbers = sorted({number for each in texts for number in each.numbers})
            names = [""] * len(numbers)
            found[column, OTHER_TEXTS, OTHER_TEXTS] = ColumnQuestion(
                column, OTHER_TEXTS, OTHER_TEXTS, "", numbers=numbers, names=names
            )
    several = [
        each
        for each in found.values()
        if not (each.kind in {REPEATED, SIMILAR, DEPARTURE} or is_question_about_date(each))
        or len(each.numbers) >= MIN_ROWS_FOR_COLUMN_DECISION
    ]
    first = {LOOK, DEPARTURE, PERSON}
    return sorted(several, key=lambda question: (question.kind not in first, -len(question.numbers)))


def _iter_column_questions(row_problem: RowProblem) -> Iterator[ColumnQuestion]:
    is_unreadable_date = row_problem.kind == CELL and row_problem.field in DATE_FIELDS and row_problem.text
    if row_problem.kind == VALUE or is_unreadable_date:
        yield ColumnQuestion(
            row_problem.field, VALUE, build_decision_key(row_problem.text), row_problem.text, row_problem.options
        )
    elif row_problem.kind == DATE_ORDER:
        yield ColumnQuestion(row_problem.field, DATE_ORDER, DATE_ORDER, row_problem.text)
    elif row_problem.kind in {LOOK, PERSON}:
        yield ColumnQuestion("rows", row_problem.kind, row_problem.text, row_problem.text)
    elif row_problem.kind in {REPEATED, SIMILAR, DEPARTURE}:
        yield ColumnQuestion("rows", row_problem.kind, row_problem.kind, "")
