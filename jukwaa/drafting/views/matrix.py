"""The response matrix, as a page and as files."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.exporting import as_xlsx
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import to_docx
from jukwaa.core.http import page
from jukwaa.core.keyset import Place, page_at
from jukwaa.core.uploads import download_headers
from jukwaa.drafting.answering import Sought
from jukwaa.drafting.matrix import MOST, MOST_IN_WORD, Line, document_of, lines_of, rows_in_order, sheet_of
from jukwaa.drafting.models import Input, OfClause, Text
from jukwaa.drafting.silence import Silence
from jukwaa.drafting.views.common import around, visible_text

SHOWN = 30
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
HEADS = 2  # headings, and the names of the columns


@login_not_required
@require_GET
@kept_for_visitors
def matrix(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """A page of it: as far down as one likes at the same cost."""
    text = visible_text(request, coalition, pk)
    inputs = rows_in_order(text, request.user, Sought.of(request.GET).consultation)
    rows = page_at(inputs, (OfClause("clause"), "pk"), Place.of(request), size=SHOWN)
    silence = Silence(text)
    lines = [Line.of(silence.over(given), request.standing) for given in rows.rows]
    context = {**around(request, text, "matrix"), "page": rows, "lines": lines}
    return page(request, "drafting/matrix.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def matrix_file(request: Request, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in MEDIA_TYPES:
        raise Http404
    text = visible_text(request, coalition, pk)
    inputs = rows_in_order(text, request.user, Sought.of(request.GET).consultation)
    body = _sheet(request, text, inputs) if ending == "xlsx" else _word(request, coalition, text, inputs)
    name = f"{coalition.slug}-{text.pk}-answers.{ending}"
    return HttpResponse(body, headers=download_headers(name, MEDIA_TYPES[ending]))


def _sheet(request: Request, text: Text, inputs: QuerySet[Input]) -> bytes:
    title = _("Response to each input")
    return as_xlsx({title: sheet_of(lines_of(inputs, request.standing, Silence(text), MOST))}, heads=HEADS)


def _word(request: Request, coalition: Coalition, text: Text, inputs: QuerySet[Input]) -> bytes:
    lines = list(lines_of(inputs, request.standing, Silence(text), MOST_IN_WORD))
    return to_docx(document_of(text, coalition, lines, inputs.count()))
