"""A plan on paper and as tables, for its team alone. The label is in each."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.directory_export import render_csv_bytes, render_xlsx_bytes
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import TypesettingError, to_docx, to_html, to_pdf
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.plans.plan_document import build_plan_document, build_plan_sheets, build_status_table
from jukwaa.plans.plan_page import PlanPage
from jukwaa.plans.views.plan_access import get_plan_page_or_404

WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument"
PLAN_FILE_FORMATS: dict[str, tuple[Callable[[PlanPage], bytes], str]] = {
    "pdf": (lambda plan_page: to_pdf(build_plan_document(plan_page)).pdf, "application/pdf"),
    "docx": (
        lambda plan_page: to_docx(build_plan_document(plan_page)),
        f"{WORD_MEDIA_TYPE}.wordprocessingml.document",
    ),
    "xlsx": (
        lambda plan_page: render_xlsx_bytes(build_plan_sheets(plan_page)),
        f"{WORD_MEDIA_TYPE}.spreadsheetml.sheet",
    ),
    "csv": (lambda plan_page: render_csv_bytes(build_status_table(plan_page)), "text/csv; charset=utf-8"),
}


@require_GET
def plan_print(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    document = build_plan_document(plan_page)
    context = {"plan": plan_page.plan, "document": to_html(document), "language": document.language}
    return render_page(request, "plans/plan_print.html", context)


@require_GET
def plan_file(request: MemberRequest, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in PLAN_FILE_FORMATS:
        raise Http404
    plan_page = get_plan_page_or_404(request, coalition, pk)
    make, media_type = PLAN_FILE_FORMATS[ending]
    try:
        body = make(plan_page)
    except TypesettingError:
        context = {"shown": plan_page, "plan": plan_page.plan, "not_typeset": True}
        return render_page(request, "plans/plan_detail.html", context, status=503)
    name = f"{plan_page.plan.title} ({plan_page.plan.label.replace(':', ' ')}).{ending}"
    return HttpResponse(body, headers=build_download_headers(name, media_type))
