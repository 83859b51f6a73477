"""The response matrix: for each input its clause, who gave it in which capacity, how it was answered and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import get_display_name, get_public_name, has_former_status
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.documents.outgoing import Document, DocumentTable, Inline, InlineRun
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.models import Disposition, Input, OfClause, Text
from jukwaa.drafting.quote_withholding import QuoteWithholding, annotate_may_be_withheld
from jukwaa.drafting.response_queue import AUTHOR_RELATION_LOOKUPS

MAX_WORD_MATRIX_ROWS = 1_000  # rows: a table of Word that somebody can still open
MAX_MATRIX_ROWS = 10_000
MATRIX_ROWS_PER_CHUNK = 1_000
MATRIX_COLUMN_NAMES = ("number", "clause", "kind", "input", "proposed", "who", "capacity", "answer", "reason")


@dataclass(frozen=True)
class MatrixLine:
    """A row of the matrix, as its reader may see it. `who` is nobody where their name is not to be read."""

    given: Input
    clause: str
    said: str
    proposed: str
    who: str
    capacity: str
    answer: str
    reason: str

    @classmethod
    def of(cls, given_input: Input, viewer_standing: Standing) -> "MatrixLine":
        latest: Disposition | None = (
            next(iter(given_input.dispositions.all()), None) if given_input.disposition else None
        )
        silent = _describe_hidden_input(given_input)
        return cls(
            given_input,
            _describe_input_place(given_input),
            silent or given_input.body,
            "" if silent else given_input.proposed,
            *_describe_input_contributor(given_input, viewer_standing),
            _describe_input_answer(given_input),
            _describe_answer_reason(latest),
        )

    def get_matrix_cells(self) -> list[str]:
        kind = str(self.given.get_kind_display())
        named = (self.said, self.proposed, self.who, self.capacity, self.answer, self.reason)
        return [str(self.given.pk), self.clause, kind, *named]


def find_matrix_inputs(text: Text, viewer: Viewer, consultation: int | None = None) -> QuerySet[Input]:
    """By the number of the clause, then as they came. What is about the whole text comes first."""
    inputs = Input.objects.filter(text=text.pk).readable_by(viewer)
    if consultation is not None:
        inputs = inputs.filter(consultation=consultation)
    return annotate_may_be_withheld(inputs).select_related(*AUTHOR_RELATION_LOOKUPS).prefetch_related("dispositions")


def iter_matrix_rows(
    consultation_inputs: QuerySet[Input], viewer_standing: Standing, withholding: QuoteWithholding, max_value: int
) -> Iterator[MatrixLine]:
    for given in consultation_inputs.order_by(OfClause("clause"), "pk")[:max_value].iterator(MATRIX_ROWS_PER_CHUNK):
        yield MatrixLine.of(withholding.withhold_in_input(given), viewer_standing)


def build_matrix_sheet(matrix_lines: Iterable[MatrixLine]) -> Iterator[list[str]]:
    """Headings in the reader's language, the names of the columns for programs, and the rows."""
    yield [
        _("Input number"),
        _("Clause"),
        _("Type of input"),
        _("Input"),
        _("Proposed wording"),
        _("Contributor"),
        _("Capacity"),
        _("Response (disposition)"),
        _("Reason"),
    ]
    yield [f"#{name}" for name in MATRIX_COLUMN_NAMES]
    for line in matrix_lines:
        yield line.get_matrix_cells()


def build_matrix_document(
    text: Text, coalition: Coalition, matrix_lines: list[MatrixLine], total_count: int
) -> Document:
    """For Word. Where there are more rows than Word bears, it says so."""
    head = [_("Clause"), _("Input"), _("Contributor and capacity"), _("Response (disposition)"), _("Reason")]
    rows = [_build_document_cells(line) for line in matrix_lines]
    many = ngettext("%(n)s input", "%(n)s inputs", total_count) % {"n": total_count}
    if total_count > len(matrix_lines):
        many = _("the first %(shown)s of %(all)s inputs (the spreadsheet has more)") % {
            "shown": len(matrix_lines),
            "all": total_count,
        }
    return Document(
        title=_("Response to each input"),
        subtitle=text.title,
        masthead=coalition.name,
        masthead_note=coalition.forum,
        label=text.label,
        meta=[(_("Contents"), many)],
        blocks=[DocumentTable(head, rows)] if rows else [],
    )


def _build_document_cells(matrix_line: MatrixLine) -> list[Inline]:
    foreign = matrix_line.given.language
    said: list[InlineRun] = [
        InlineRun(f"{matrix_line.given.pk}. ", strong=True),
        InlineRun(matrix_line.said, language=foreign),
    ]
    if matrix_line.proposed:
        said.append(InlineRun("\n" + _("Proposed wording:") + " ", emphasis=True))
        said.append(InlineRun(matrix_line.proposed, language=foreign))
    voice = join_with_separator(part for part in (matrix_line.who, matrix_line.capacity) if part)
    return [matrix_line.clause, said, voice, matrix_line.answer, matrix_line.reason]


def _describe_input_place(given_input: Input) -> str:
    if given_input.clause:
        return given_input.clause.label
    return _("question %(number)s") % {"number": given_input.question} if given_input.question else _("text as a whole")


def _describe_input_answer(given_input: Input) -> str:
    """Support asks for none, and neither does what was hidden."""
    if given_input.disposition:
        return str(given_input.get_disposition_display())
    return "" if given_input.kind == Input.Kind.SUPPORT or given_input.hidden_at else _("awaiting a response")


def _describe_hidden_input(given_input: Input) -> str:
    """Why nobody reads it any more, where that is so."""
    if given_input.hidden_at:
        return _("This input has been hidden. Reason: %(reason)s") % {"reason": given_input.hidden_because}
    return _("The author has withdrawn this input.") if given_input.disposition == Input.Answer.WITHDRAWN else ""


def _describe_input_contributor(given_input: Input, viewer_standing: Standing) -> tuple[str, str]:
    """A name where this reader may read it; the organisation, and what it is here, always."""
    capacity = given_input.capacity
    name = get_public_name(given_input.author, viewer_standing) if given_input.author else ""
    if (
        given_input.author
        and capacity.organisation_id
        and has_former_status(given_input.author, viewer_standing.coalition.pk)
    ):
        name = name or get_display_name(given_input.author, viewer_standing)
    if not capacity.organisation_id:
        return name or get_display_name(capacity, viewer_standing), _("as an individual") if given_input.author else ""
    group = capacity.get_stakeholder_group_display() if capacity.stakeholder_group != "unknown" else ""
    region = capacity.get_regional_group_display() if capacity.has_region else ""
    return name, join_with_separator(part for part in (capacity.name, group, region) if part)


def _describe_answer_reason(latest_disposition: Disposition | None) -> str:
    if latest_disposition is None:
        return ""
    if latest_disposition.duplicate_of_id:
        same = _("This is a duplicate of input %(number)s.") % {"number": latest_disposition.duplicate_of_id}
        return f"{same} {latest_disposition.reason}".strip()
    return latest_disposition.reason
