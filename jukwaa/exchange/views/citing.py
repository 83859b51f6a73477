"""How to cite a record: a page with the sentence, and a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.exchange.citing import Citation, citation_of
from jukwaa.library.told import told
from jukwaa.records.models import Record


@login_not_required
@require_GET
@kept_for_visitors
def cite(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    record, citation = _cited(request, coalition, pk)
    return page(request, "exchange/cite.html", {"record": record, "citation": citation})


@login_not_required
@require_GET
@kept_for_visitors
def cite_bibtex(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    _record, citation = _cited(request, coalition, pk)
    headers = download_headers(f"{citation.key}.bib", "application/x-bibtex; charset=utf-8")
    return HttpResponse(citation.as_bibtex, headers=headers)


def _cited(request: Request, coalition: Coalition, pk: int) -> tuple[Record, Citation]:
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    record.coalition = coalition
    return record, citation_of(told([record], request.user)[0])
