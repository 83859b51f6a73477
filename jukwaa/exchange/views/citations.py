"""How to cite a record: a page with the sentence, and a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.exchange.citations import Citation, build_record_citation
from jukwaa.library.exported_records import load_exported_records
from jukwaa.records.models import Record


@login_not_required
@require_GET
@cache_for_visitors
def record_citation(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    record, citation = _get_record_and_citation(request, coalition, pk)
    return render_page(request, "exchange/cite.html", {"record": record, "citation": citation})


@login_not_required
@require_GET
@cache_for_visitors
def citation_bibtex_file(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    _record, citation = _get_record_and_citation(request, coalition, pk)
    headers = build_download_headers(f"{citation.key}.bib", "application/x-bibtex; charset=utf-8")
    return HttpResponse(citation.as_bibtex, headers=headers)


@login_not_required
@require_GET
@cache_for_visitors
def citation_csl_file(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    _record, citation = _get_record_and_citation(request, coalition, pk)
    headers = build_download_headers(f"{citation.key}.json", "application/vnd.citationstyles.csl+json; charset=utf-8")
    return HttpResponse(citation.as_csl_json, headers=headers)


def _get_record_and_citation(request: Request, coalition: Coalition, pk: int) -> tuple[Record, Citation]:
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    record.coalition = coalition
    return record, build_record_citation(load_exported_records([record], request.user)[0])
