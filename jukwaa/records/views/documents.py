"""Documents: the list, the text with its sources marked, and the file that it came in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.records.document_passages import (
    PASSAGES_PER_PAGE,
    build_passage_views,
    get_page_number,
    list_document_passages,
)
from jukwaa.records.models import NEWEST_RECORD_FIRST, Document, Record
from jukwaa.records.views.common import build_file_response


@login_not_required
@require_GET
def document_list(request: Request, coalition: Coalition) -> HttpResponse:
    records = Record.objects.visible_to(request.user).of(coalition).published().filter(kind="document")
    shown = get_page(
        records.select_related("document").defer("document__text"), NEWEST_RECORD_FIRST, PageCursor.of(request)
    )
    for record in shown.rows:
        record.coalition = coalition
    return render_page(request, "records/document_list.html", {"page": shown})


@login_not_required
@require_GET
def document_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """`?at=` with an offset opens the page of a long document on which that character stands."""
    document = _get_document_or_404(request, coalition, pk)
    pieces = list_document_passages(document)
    at = request.GET.get("at", "")
    number = get_page_number(pieces, int(at)) if at.isdecimal() and len(at) < 10 else request.GET.get("page")  # noqa: PLR2004 - no text has so many characters
    shown = Paginator(pieces, PASSAGES_PER_PAGE).get_page(number)
    windows = build_passage_views(document, request.user, list(shown))
    context = {"record": document, "page": shown, "windows": windows}
    return render_page(request, "records/document_detail.html", context)


@login_not_required
@require_GET
def document_file(request: Request, coalition: Coalition, pk: int) -> FileResponse:
    document = _get_document_or_404(request, coalition, pk)
    if not document.file:
        raise Http404
    media_type = document.media_type or "application/octet-stream"
    return build_file_response(document.file, document.file_name or "document", media_type)


def _get_document_or_404(request: Request, coalition: Coalition, pk: int) -> Document:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    document.coalition = coalition
    return document
