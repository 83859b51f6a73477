"""The questions of an import, for whole columns and row by row, in one form."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.actions import RowAnswers
from jukwaa.coalitions.forms.import_choices import (
    CHOICES_BY_KIND,
    ROW_LABELS_BY_KIND,
    Choices,
    get_choices_for_all_rows,
    get_file_choices,
    get_known_person_choices,
    get_row_choices,
)
from jukwaa.coalitions.imports.contact_remarks import CONTACT_REMARK_LABELS
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.decisions import (
    DAY_FIRST,
    EMPTY_CELL_ANSWER,
    MONTH_FIRST,
    OTHER_TEXTS,
)
from jukwaa.coalitions.imports.fields import FIELD_LABELS_BY_IMPORT_KIND
from jukwaa.coalitions.imports.problems import (
    DATE_ORDER,
    DEPARTURE,
    KNOWN_PERSON,
    LOOK,
    PERSON,
    REPEATED,
    SAME_MEMBER_PROBLEMS,
    SIMILAR,
    STANDING,
    RowProblem,
)
from jukwaa.coalitions.imports.questions import DATE_FIELDS, ColumnQuestion, RowQuestion, is_question_about_date
from jukwaa.coalitions.imports.row_looks import get_look_question_label
from jukwaa.coalitions.imports.row_validation import NEW_ORGANISATION_ANSWER
from jukwaa.coalitions.imports.row_wording import list_row_texts
from jukwaa.coalitions.imports.sheet_standing import ASKED_STANDINGS, SHEET_STANDING_LABELS
from jukwaa.coalitions.imports.suggested_answers import suggest_row_answer
from jukwaa.coalitions.imports.vocabulary import LABEL_BY_ROW_STANDING
from jukwaa.coalitions.models import Import, Organisation
from jukwaa.core.dates import format_long_date
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import get_country_choices
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_CELL_LENGTH = 2000
# What the answer to a problem of each kind is called in the answers about the row.
ANSWERS_BY_KIND = {
    LOOK: "look",
    DEPARTURE: "departure",
    PERSON: "person",
    KNOWN_PERSON: "known_person",
    **dict.fromkeys(SAME_MEMBER_PROBLEMS, "same"),
}
ROW_QUESTION_LABELS = {
    STANDING: gettext_lazy("Membership status of the organisations in this list"),
    DEPARTURE: gettext_lazy("Rows about current members that have left, according to the file"),
    REPEATED: gettext_lazy("Rows about an organisation that is in an earlier row"),
    SIMILAR: gettext_lazy("Rows with a name that is similar to one in the directory"),
}
DATE_HINT = gettext_lazy("Enter a hyphen (-) if there is no date.")
MAX_SHOWN_ROW_NUMBERS = 8  # of rows that a question names
MAX_QUOTED_ROWS = 12
MAX_SHOWN_NAMES = 3  # more rows than these have their numbers alone


@dataclass(frozen=True)
class ColumnQuestionDisplay:
    """A question about a whole column, as the page shows it."""

    question: ColumnQuestion
    control: forms.BoundField
    rows: str
    quotes: list[str]  # what each of the rows says, if they are few

    @property
    def is_suggested(self) -> bool:
        return bool(self.question.suggestion)


@dataclass(frozen=True)
class RowQuestionDisplay:
    """A row, its problems, and for each problem the field that answers it."""

    question: RowQuestion
    answers: list[tuple[RowProblem, forms.BoundField]]
    skip: forms.BoundField | None  # once for each row
    texts: list[tuple[str, str]]  # heading and cell, as the file has them

    @property
    def is_suggested(self) -> bool:
        """Whether all answers about the row are chosen already."""
        answers = [(problem, str(control.initial or "")) for problem, control in self.answers]
        return all(initial and initial != self.question.row.get(problem.field) for problem, initial in answers)


class DateTextField(forms.CharField):
    """A date as people write it, or a hyphen for none."""

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            parse_date("" if value == EMPTY_CELL_ANSWER else value)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


class ImportQuestionsForm(Form):
    submission_source = "import"
    collects_personal_data = True

    def __init__(
        self,
        *args: Any,
        spreadsheet_import: Import,
        column_questions: list[ColumnQuestion],
        row_questions: list[RowQuestion],
        answered: list[ColumnQuestion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.rows, self.answered = column_questions, row_questions, answered
        self.kind, self.looks = spreadsheet_import.of, spreadsheet_import.row_looks
        self.labels = FIELD_LABELS_BY_IMPORT_KIND[spreadsheet_import.of]
        self.known_texts = tuple(text for each in row_questions for text in each.row.cells.values())
        numbers = {option for each in row_questions for problem in each.problems for option in problem.options}
        self.names = _get_organisation_names(spreadsheet_import, numbers)
        for question in [*column_questions, *answered]:
            self.fields[question.name] = self._build_column_field(question)
        for each in row_questions:
            for name, field in self._iter_row_fields(each):
                self.fields.setdefault(name, field)

    def _build_column_field(self, question: ColumnQuestion) -> forms.Field:
        label, initial = self._describe_column(question), question.suggestion
        if is_question_about_date(question):
            return DateTextField(
                label=label, required=False, initial=initial, help_text=DATE_HINT, max_length=MAX_CELL_LENGTH
            )
        choices = self._get_column_choices(question)
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    def get_column_lines(self) -> Iterator[ColumnQuestionDisplay]:
        """First the questions whose answer is not chosen already."""
        for question in sorted(self.columns, key=lambda question: bool(question.suggestion)):
            quotes = list(_iter_row_quotes(question))
            rows = "" if quotes else _describe_question_rows(question)
            yield ColumnQuestionDisplay(question, self[question.name], rows, quotes)

    def get_answered_lines(self) -> Iterator[ColumnQuestionDisplay]:
        """What was answered for the whole file, to be changed."""
        for question in self.answered:
            yield ColumnQuestionDisplay(question, self[question.name], "", [])

    def get_row_lines(self) -> list[RowQuestionDisplay]:
        """First the rows whose answers are not chosen already, last those answered for the whole file."""
        lines = self._iter_row_lines()
        return sorted(lines, key=lambda line: (line.question.is_asked_together, line.is_suggested))

    def _iter_row_lines(self) -> Iterator[RowQuestionDisplay]:
        seen: set[int] = set()
        for each in self.rows:
            answers = [(problem, self[_get_row_field_name(each, problem)]) for problem in each.problems]
            skip = None if each.row.pk in seen else self[f"row{each.row.pk}-skip"]
            seen.add(each.row.pk)
            yield RowQuestionDisplay(each, answers, skip, list_row_texts(each.row))

    def get_decisions(self) -> dict[str, dict[str, str]]:
        decisions: dict[str, dict[str, str]] = {}
        for question in self.columns:
            if answer := self.cleaned_data.get(question.name):
                decisions.setdefault(question.column, {})[question.key] = answer
        for question in self.answered:
            if question.name in self.changed_data and self.add_prefix(question.name) in self.data:
                decisions.setdefault(question.column, {})[question.key] = self.cleaned_data[question.name]
        return decisions

    def get_answers(self) -> dict[int, RowAnswers]:
        """By the keys of rows: only what was answered, or changed.

        An answer for the whole file counts more than one that was suggested for a row and left as it was.
        """
        found: dict[int, RowAnswers] = {}
        answered = {each.kind for each in self.columns if self.cleaned_data.get(each.name)} & {REPEATED, SIMILAR}
        for each in self.rows:
            cells: dict[str, str] = {}
            chosen: dict[str, str] = {}
            for problem in each.problems:
                name = _get_row_field_name(each, problem)
                if problem.kind in answered and name not in self.changed_data:
                    continue
                value = str(self.cleaned_data.get(name) or "")
                if answer := ANSWERS_BY_KIND.get(problem.kind):
                    chosen |= {answer: value} if value else {}
                    chosen |= {"person_key": problem.text} if value and problem.kind == PERSON else {}
                elif problem.options:
                    cells |= {problem.field: "" if value == EMPTY_CELL_ANSWER else value} if value else {}
                elif value != each.row.get(problem.field):
                    cells[problem.field] = value
            skip = bool(self.cleaned_data.get(f"row{each.row.pk}-skip"))
            if cells or chosen or skip:
                other = found.get(each.row.pk, RowAnswers())  # a row may be asked about in two places
                found[each.row.pk] = replace(other, cells={**other.cells, **cells}, skip=skip, **chosen)
        return found

    def _iter_row_fields(self, row_question: RowQuestion) -> Iterator[tuple[str, forms.Field]]:
        for problem in row_question.problems:
            name = _get_row_field_name(row_question, problem)
            label = str(self.labels.get(problem.field, ""))
            if problem.kind in SAME_MEMBER_PROBLEMS:
                label = _("Is this the same organisation?")
                yield (
                    name,
                    forms.ChoiceField(
                        label=label,
                        choices=self._get_same_organisation_choices(problem),
                        required=False,
                        initial=problem.suggestion,
                    ),
                )
            elif problem.kind == KNOWN_PERSON:
                choices = get_known_person_choices(problem, row_question.row.get("email"))
                label = _("Is this the same person?")
                yield name, forms.ChoiceField(label=label, choices=choices, required=False, initial=problem.text)
            elif problem.kind in CHOICES_BY_KIND:
                choices = get_row_choices(problem.kind, problem.text, self.kind)
                every = [("", _("Use the answer for the whole file")), *choices]
                yield name, forms.ChoiceField(label=ROW_LABELS_BY_KIND[problem.kind], choices=every, required=False)
            elif problem.kind == DATE_ORDER:
                yield name, forms.ChoiceField(label=label, choices=_get_ambiguous_date_choices(problem), required=False)
            elif problem.options:
                choices = [
                    ("", _("Choose an answer")),
                    *((option, option) for option in problem.options),
                    (EMPTY_CELL_ANSWER, _("None of these")),
                ]
                initial = suggest_row_answer(row_question.row, problem)
                yield name, forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)
            else:
                yield (
                    name,
                    forms.CharField(
                        label=label,
                        required=False,
                        max_length=MAX_CELL_LENGTH,
                        initial=suggest_row_answer(row_question.row, problem) or row_question.row.get(problem.field),
                        help_text=DATE_HINT if problem.field in DATE_FIELDS else "",
                    ),
                )
        yield f"row{row_question.row.pk}-skip", forms.BooleanField(label=_("Skip row"), required=False)

    def _get_same_organisation_choices(self, row_problem: RowProblem) -> Choices:
        """The organisations that may be meant, and that it is none of them. A sure answer is chosen already."""
        choices: Choices = [] if row_problem.kind == REPEATED else [("", _("Choose an answer"))]
        for option in row_problem.options:
            if option.startswith("row-"):
                number = option.removeprefix("row-")
                choices.append((option, _("Same organisation: combine with row %(number)s") % {"number": number}))
            elif option in self.names:
                choices.append((option, _("Same as %(name)s") % {"name": self.names[option]}))
        return [*choices, (NEW_ORGANISATION_ANSWER, _("Another organisation"))]

    def _describe_column(self, question: ColumnQuestion) -> str:
        if question.kind == DATE_ORDER and not question.text:
            return _("Day and month in “%(column)s”") % {"column": self.labels[question.column]}
        if question.kind == DATE_ORDER:
            return _("Dates such as %(text)s in “%(column)s”") % {
                "text": question.text,
                "column": self.labels[question.column],
            }
        if is_question_about_date(question):
            return _("Date for “%(text)s” in “%(column)s”") % {
                "text": question.text,
                "column": self.labels[question.column],
            }
        if question.kind == LOOK:
            return get_look_question_label(self.looks, question.key)
        if label := ROW_QUESTION_LABELS.get(question.kind) or CONTACT_REMARK_LABELS.get(question.key):
            return str(label)
        sentence = _("“%(text)s” in “%(column)s”")
        if question.kind == OTHER_TEXTS:
            sentence = _("Other answers in “%(column)s”")
        return sentence % {
            "text": question.text,
            "column": self.labels[question.column],
        }

    def _get_column_choices(self, question: ColumnQuestion) -> Choices:
        if question.kind == DATE_ORDER:
            return [("", _("Choose an answer")), *_build_date_order_choices(question.text)]
        if question.kind in CHOICES_BY_KIND:
            return [("", _("Answer row by row")), *get_file_choices(question.kind, question.key, self.kind)]
        if question.kind == STANDING:
            return [(str(value), SHEET_STANDING_LABELS[value]) for value in ASKED_STANDINGS]
        if question.kind in {REPEATED, SIMILAR, OTHER_TEXTS}:
            return get_choices_for_all_rows(question.kind)
        if question.column == "organisation":
            names = dict.fromkeys(filter(None, [*question.options, question.suggestion]))
            names.pop(EMPTY_CELL_ANSWER, None)
            choices = [(name, name) for name in names]
            return [("", _("Choose an answer")), *choices, (EMPTY_CELL_ANSWER, _("None of these"))]
        known = [
            (value, label)
            for value, label in _get_field_value_choices(question.column)
            if value not in question.options
        ]
        labels = dict(_get_field_value_choices(question.column))
        likely = [(value, labels[value]) for value in question.options if value in labels]
        empty = [] if question.column == "standing" else [(EMPTY_CELL_ANSWER, _("Leave empty"))]  # it means a member
        return [("", _("Choose an answer")), *likely, *empty, *known]


def _get_row_field_name(row_question: RowQuestion, row_problem: RowProblem) -> str:
    """Of a question about the person with its key: a form that is sent twice does not answer the next question."""
    key = f"-{row_problem.text}" if row_problem.kind == PERSON else ""
    return f"row{row_question.row.pk}-{ANSWERS_BY_KIND.get(row_problem.kind, row_problem.field)}{key}"


def _get_ambiguous_date_choices(row_problem: RowProblem) -> Choices:
    days = [(day, format_long_date(date.fromisoformat(day))) for day in row_problem.options]
    return [("", _("Use the answer for the whole file")), *days]


def _get_organisation_names(spreadsheet_import: Import, organisation_options: set[str]) -> dict[str, str]:
    numbers = [option.removeprefix("org-") for option in organisation_options if option.startswith("org-")]
    if not numbers:
        return {}
    rows = Organisation.objects.of(spreadsheet_import.coalition).filter(pk__in=numbers)
    return {f"org-{pk}": name for pk, name in rows.values_list("pk", "name")}


def _get_field_value_choices(field: str) -> Choices:
    if field == "country":
        return list(get_country_choices(get_language() or "en"))
    if field == "standing":
        return [(str(value), label) for value, label in LABEL_BY_ROW_STANDING.items()]
    groups = {"regional_group": RegionalGroup, "stakeholder_group": StakeholderGroup}[field]
    return [(value, label) for value, label in groups.choices if value != "unknown"]


def _build_date_order_choices(text: str) -> Choices:
    if not text:
        return [(DAY_FIRST, _("The day comes first")), (MONTH_FIRST, _("The month comes first"))]
    days = {order: parse_date(text, order) for order in (DAY_FIRST, MONTH_FIRST)}
    labels = {
        DAY_FIRST: _("The day comes first: %(day)s"),
        MONTH_FIRST: _("The month comes first: %(day)s"),
    }
    return [(order, labels[order] % {"day": format_long_date(found.day)}) for order, found in days.items() if found]


def _iter_row_quotes(column_question: ColumnQuestion) -> Iterator[str]:
    """As in "row 5 (Childnet): The row says ...", if they are few."""
    if not any(column_question.quotes) or len(column_question.numbers) > MAX_QUOTED_ROWS:
        return
    rows = zip(column_question.numbers, column_question.names, column_question.quotes, strict=True)
    for number, name, quote in rows:
        row = _("row %(number)s (%(name)s)") % {"number": number, "name": name} if name else _join_row_numbers([number])
        yield f"{row}: {quote}" if quote else row


def _describe_question_rows(column_question: ColumnQuestion) -> str:
    """As in "row 5 (Childnet); row 9 (Telefono Azzurro)", if they are few."""
    names = dict(zip(column_question.numbers, column_question.names, strict=True))
    if len(names) > MAX_SHOWN_NAMES or not all(names.values()):
        return _join_row_numbers(column_question.numbers)
    rows = (_("row %(number)s (%(name)s)") % {"number": number, "name": name} for number, name in names.items())
    return join_with_separator(rows, ";")


def _join_row_numbers(row_ids: list[int]) -> str:
    """As in "row 5" or "rows 5, 9, 12 and 30 more"."""
    shown, more = ", ".join(map(str, row_ids[:MAX_SHOWN_ROW_NUMBERS])), len(row_ids) - MAX_SHOWN_ROW_NUMBERS
    if more > 0:
        return _("rows %(numbers)s and %(more)s more") % {"numbers": shown, "more": more}
    return ngettext("row %(numbers)s", "rows %(numbers)s", len(row_ids)) % {"numbers": shown}
