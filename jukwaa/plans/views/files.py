"""A plan on paper and as tables, for its team alone. The label is in each."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.exporting import as_csv, as_xlsx
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import NotTypesetError, to_docx, to_html, to_pdf
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.plans.paper import document_of, sheets, table
from jukwaa.plans.reading import PlanPage
from jukwaa.plans.views.common import shown_plan

OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, tuple[Callable[[PlanPage], bytes], str]] = {
    "pdf": (lambda shown: to_pdf(document_of(shown)).pdf, "application/pdf"),
    "docx": (lambda shown: to_docx(document_of(shown)), f"{OFFICE}.wordprocessingml.document"),
    "xlsx": (lambda shown: as_xlsx(sheets(shown)), f"{OFFICE}.spreadsheetml.sheet"),
    "csv": (lambda shown: as_csv(table(shown)), "text/csv; charset=utf-8"),
}


@require_GET
def plan_print(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    document = document_of(shown)
    context = {"plan": shown.plan, "document": to_html(document), "language": document.language}
    return page(request, "plans/plan_print.html", context)


@require_GET
def plan_file(request: MemberRequest, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    shown = shown_plan(request, coalition, pk)
    make, media_type = FORMATS[ending]
    try:
        body = make(shown)
    except NotTypesetError:
        context = {"shown": shown, "plan": shown.plan, "not_typeset": True}
        return page(request, "plans/plan_detail.html", context, status=503)
    name = f"{shown.plan.title} ({shown.plan.label.replace(':', ' ')}).{ending}"
    return HttpResponse(body, headers=download_headers(name, media_type))
