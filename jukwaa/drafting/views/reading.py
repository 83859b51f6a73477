"""The list of texts, and the page of one as its readers see it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.drafting.models import Placement, Text
from jukwaa.drafting.views.common import around, visible_text


@login_not_required
@require_GET
@kept_for_visitors
def text_list(request: Request, coalition: Coalition) -> HttpResponse:
    texts = Text.objects.visible_to(request.user).of(coalition).order_by("-published_at", "-pk")[:20]
    context = {"here": "texts", "texts": texts, "may_begin": request.standing.is_inside}
    return page(request, "drafting/text_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def text_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The latest revision that was named, clause by clause."""
    text = visible_text(request, coalition, pk)
    revision = text.latest_revision()
    clauses = Placement.objects.at(text, revision.step) if revision else []
    context = {**around(request, text, "text"), "revision": revision, "clauses": clauses}
    return page(request, "drafting/text_detail.html", context)
