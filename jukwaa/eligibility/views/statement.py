"""The governance statement, as a page and as a Word file, for coordinators."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import to_docx, to_html
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.eligibility.governance_statement import build_governance_statement
from jukwaa.eligibility.views.self_check import require_coordinator

DOCX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def statement_detail(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_coordinator(request, coalition)
    document = build_governance_statement(coalition)
    context = {
        "document": to_html(document),
        "title": document.title,
        "language": document.language,
        "direction_of_text": document.direction,
    }
    return render_page(request, "eligibility/statement.html", context)


@require_GET
def statement_file(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_coordinator(request, coalition)
    document = build_governance_statement(coalition)
    name = f"{coalition.name}, {document.title}.docx"
    return HttpResponse(to_docx(document), headers=build_download_headers(name, DOCX_MEDIA_TYPE))
