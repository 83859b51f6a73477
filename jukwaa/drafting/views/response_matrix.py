"""The response matrix, as a page and as files."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.directory_export import render_xlsx_bytes
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import to_docx
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.drafting.models import Input, OfClause, Text
from jukwaa.drafting.quote_withholding import QuoteWithholding
from jukwaa.drafting.response_matrix import (
    MAX_MATRIX_ROWS,
    MAX_WORD_MATRIX_ROWS,
    MatrixLine,
    build_matrix_document,
    build_matrix_sheet,
    find_matrix_inputs,
    iter_matrix_rows,
)
from jukwaa.drafting.response_queue import QueueFilters
from jukwaa.drafting.views.common import build_text_context, get_text_or_404

MATRIX_ROWS_PER_PAGE = 30
MEDIA_TYPE_BY_MATRIX_FORMAT = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MATRIX_HEADER_ROW_COUNT = 2  # headings, and the names of the columns


@login_not_required
@require_GET
@cache_for_visitors
def response_matrix_page(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """A page of it: as far down as one likes at the same cost."""
    text = get_text_or_404(request, coalition, pk)
    inputs = find_matrix_inputs(text, request.user, QueueFilters.of(request.GET).consultation)
    rows = get_page(inputs, (OfClause("clause"), "pk"), PageCursor.of(request), page_size=MATRIX_ROWS_PER_PAGE)
    silence = QuoteWithholding(text)
    lines = [MatrixLine.of(silence.withhold_in_input(given), request.standing) for given in rows.rows]
    context = {**build_text_context(request, text, "matrix"), "page": rows, "lines": lines}
    return render_page(request, "drafting/matrix.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def response_matrix_file(request: Request, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in MEDIA_TYPE_BY_MATRIX_FORMAT:
        raise Http404
    text = get_text_or_404(request, coalition, pk)
    inputs = find_matrix_inputs(text, request.user, QueueFilters.of(request.GET).consultation)
    body = (
        _render_matrix_sheet(request, text, inputs)
        if ending == "xlsx"
        else _render_word_file(request, coalition, text, inputs)
    )
    name = f"{coalition.slug}-{text.pk}-answers.{ending}"
    return HttpResponse(body, headers=build_download_headers(name, MEDIA_TYPE_BY_MATRIX_FORMAT[ending]))


def _render_matrix_sheet(request: Request, text: Text, consultation_inputs: QuerySet[Input]) -> bytes:
    title = _("Response to each input")
    return render_xlsx_bytes(
        {
            title: build_matrix_sheet(
                iter_matrix_rows(consultation_inputs, request.standing, QuoteWithholding(text), MAX_MATRIX_ROWS)
            )
        },
        header_rows=MATRIX_HEADER_ROW_COUNT,
    )


def _render_word_file(
    request: Request, coalition: Coalition, text: Text, consultation_inputs: QuerySet[Input]
) -> bytes:
    lines = list(iter_matrix_rows(consultation_inputs, request.standing, QuoteWithholding(text), MAX_WORD_MATRIX_ROWS))
    return to_docx(build_matrix_document(text, coalition, lines, consultation_inputs.count()))
