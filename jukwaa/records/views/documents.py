"""Documents: the list, the text with its sources marked, and the file that it came in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.records.models import Document
from jukwaa.records.models.documents import DocumentQuerySet
from jukwaa.records.reading import PER_PAGE, marked_windows, page_with, windows_of
from jukwaa.records.views.common import hand_out

ROWS = 20


@login_not_required
@require_GET
def document_list(request: Request, coalition: Coalition) -> HttpResponse:
    documents = Document.objects.visible_to(request.user).of(coalition).published().defer("text")
    rows = list(_before(documents, request.GET.get("before", ""))[: ROWS + 1])
    for document in rows:
        document.coalition = coalition
    context = {
        "here": "documents",
        "documents": rows[:ROWS],
        "before": rows[ROWS - 1].pk if len(rows) > ROWS else None,
        "is_first": "before" not in request.GET,
    }
    return page(request, "records/document_list.html", context)


def _before(documents: DocumentQuerySet, pk: str) -> DocumentQuerySet:
    """The rows after this one, newest first. A place that can't be read is taken for the beginning."""
    place = documents.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None  # noqa: PLR2004 - of an id
    if place is None:
        return documents
    later = Q(published_at__lt=place.published_at) | Q(published_at=place.published_at, pk__lt=place.pk)
    return documents.filter(later)


@login_not_required
@require_GET
def document_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """`?at=` with an offset opens the page of a long document on which that character stands."""
    document = _document(request, coalition, pk)
    pieces = windows_of(document)
    at = request.GET.get("at", "")
    number = page_with(pieces, int(at)) if at.isdecimal() and len(at) < 10 else request.GET.get("page")  # noqa: PLR2004 - no text has so many characters
    shown = Paginator(pieces, PER_PAGE).get_page(number)
    windows = marked_windows(document, request.user, list(shown))
    context = {"here": "documents", "record": document, "page": shown, "windows": windows}
    return page(request, "records/document_detail.html", context)


@login_not_required
@require_GET
def document_file(request: Request, coalition: Coalition, pk: int) -> FileResponse:
    document = _document(request, coalition, pk)
    if not document.file:
        raise Http404
    media_type = document.media_type or "application/octet-stream"
    return hand_out(document.file, document.file_name or "document", media_type)


def _document(request: Request, coalition: Coalition, pk: int) -> Document:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    document.coalition = coalition
    return document
