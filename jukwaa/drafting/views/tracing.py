"""Where a text began, and the trace of each of its clauses."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.drafting.models import Placement
from jukwaa.drafting.reading import Outline
from jukwaa.drafting.tracing import Roots, Trace
from jukwaa.drafting.views.common import around, visible_text


@login_not_required
@require_GET
@kept_for_visitors
def text_origin(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    latest = text.latest_revision()
    standing = Placement.objects.at(text, latest.step if latest else 0)
    context = {
        **around(request, text, "origin"),
        "roots": Roots(text, request.standing),
        "page": Outline(standing).page(standing, request.GET.get("page")),
    }
    return page(request, "drafting/text_origin.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def clause_trace(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    trace = Trace(text, number, request.standing)
    if not trace.is_named:
        raise Http404
    steps = trace.steps  # with which it is known who drafts the text: read before the head asks for it
    context = {
        **around(request, text, "origin"),
        "trace": trace,
        "steps": steps,
        "roots": Roots(text, request.standing),
    }
    return page(request, "drafting/clause_trace.html", context)
