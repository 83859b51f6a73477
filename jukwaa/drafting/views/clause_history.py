"""Where a text began, and the trace of each of its clauses."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.drafting.clause_history import ClauseTrace, TextOrigins
from jukwaa.drafting.models import Placement
from jukwaa.drafting.text_outline import TextOutline
from jukwaa.drafting.views.common import build_text_context, get_text_or_404


@login_not_required
@require_GET
@cache_for_visitors
def text_origin(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    latest = text.get_latest_revision()
    standing = Placement.objects.at(text, latest.step if latest else 0)
    context = {
        **build_text_context(request, text, "origin"),
        "roots": TextOrigins(text, request.standing),
        "page": TextOutline(standing).page(standing, request.GET.get("page")),
    }
    return render_page(request, "drafting/text_origin.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def clause_trace(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    trace = ClauseTrace(text, number, request.standing)
    if not trace.is_named:
        raise Http404
    steps = trace.steps  # with which it is known who drafts the text: read before the head asks for it
    context = {
        **build_text_context(request, text, "origin"),
        "trace": trace,
        "steps": steps,
        "roots": TextOrigins(text, request.standing),
    }
    return render_page(request, "drafting/clause_trace.html", context)
