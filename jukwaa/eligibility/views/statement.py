"""The governance statement, as a page and as a Word file, for coordinators."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import to_docx, to_html
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.eligibility.statement import build_statement
from jukwaa.eligibility.views.self_check import require_coordinator

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def statement_detail(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_coordinator(request, coalition)
    document = build_statement(coalition)
    context = {"document": to_html(document), "title": document.title, "language": document.language}
    return page(request, "eligibility/statement.html", context)


@require_GET
def statement_file(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_coordinator(request, coalition)
    document = build_statement(coalition)
    name = f"{coalition.name}, {document.title}.docx"
    return HttpResponse(to_docx(document), headers=download_headers(name, WORD))
