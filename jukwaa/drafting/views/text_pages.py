"""The list of texts, and the page of one as its readers see it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.drafting.editions import get_latest_edition
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.drafting.models.texts import PlacementQuerySet
from jukwaa.drafting.next_steps import get_latest_call, get_next_step
from jukwaa.drafting.policies import can_draft_text
from jukwaa.drafting.text_lists import get_own_drafts, get_text_page
from jukwaa.drafting.text_outline import (
    TextOutline,
    attach_clause_evidence,
    find_glossary_terms,
    get_descendants_by_clause,
    get_last_revision_with_clause,
)
from jukwaa.drafting.unreadable_sources import (
    annotate_may_be_withheld,
    find_unreadable_quotes,
    mark_unreadable_clauses,
    replace_withheld_clauses,
)
from jukwaa.drafting.views.common import (
    AnyRequest,
    build_consultation_context,
    build_text_context,
    get_clause_or_404,
    get_text_or_404,
    set_cache_until_change,
)
from jukwaa.records.models.record import READERS_BY_LABEL


@login_not_required
@require_GET
@cache_for_visitors
def text_list(request: Request, coalition: Coalition) -> HttpResponse:
    context = {
        "page": get_text_page(request.user, coalition, PageCursor.of(request)),
        "drafts": get_own_drafts(request.user, coalition),
        "may_begin": request.standing.is_inside,
    }
    return render_page(request, "drafting/text_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def text_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The latest revision that was named, clause by clause."""
    text = get_text_or_404(request, coalition, pk)
    revision = text.get_latest_revision()
    context = {
        **build_text_context(request, text, "text"),
        "revision": revision,
        "readers": READERS_BY_LABEL[text.label],  # type: ignore[index]  # a label is one of them
    }
    if revision is not None:
        context |= build_clauses_context(request, text, Placement.objects.at(text, revision.step), revision)
        context |= build_consultation_context(request, text, list(context["page"]))
    context["edition"] = get_latest_edition(text) if revision is not None else None
    asked, call = context.get("consultation"), get_latest_call(text) if revision is not None else None
    context["call"] = call
    context["next_step"] = get_next_step(text, request.standing, revision, consultation=asked, consensus_call=call)
    return set_cache_until_change(
        render_page(request, "drafting/text_detail.html", context), [one for one in (asked, call) if one]
    )


def build_clauses_context(
    request: AnyRequest, text: Text, standing_placements: PlacementQuerySet, revision: Revision
) -> dict[str, Any]:
    """A page of the clauses that stand, with what stands beside them.

    What quotes a record that was closed since is shown to those alone who can take it out.
    """
    outline = TextOutline(standing_placements)
    clauses = outline.page(annotate_may_be_withheld(standing_placements, text, revision), request.GET.get("page"))
    told = ""
    if any(placement.doubtful for placement in clauses):  # type: ignore[attr-defined]  # `watched` says so
        writes = can_draft_text(request.standing, text)
        told = (
            mark_unreadable_clauses(text, revision, clauses)
            if writes
            else replace_withheld_clauses(clauses, find_unreadable_quotes(text, revision))
        )
    attach_clause_evidence(clauses, request.user, text.coalition)
    terms = find_glossary_terms(text.coalition, text.language, clauses)
    return {"outline": outline, "page": clauses, "terms": terms, "lost": told}


@login_not_required
@require_GET
def clause_detail(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """The lasting address of a clause: leads to where it stands, or says what became of it."""
    text = get_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    latest = text.get_latest_revision()
    if latest is not None and (place := TextOutline(Placement.objects.at(text, latest.step)).address(number)):
        return redirect(f"{text.get_absolute_url()}{place}")
    revision = get_last_revision_with_clause(text, clause)
    if revision is None:
        if can_draft_text(request.standing, text):
            return redirect("drafting:clause_history", coalition.slug, pk, number)
        raise Http404
    context = {
        **build_text_context(request, text, "text"),
        "clause": clause,
        "revision": revision,
        "address": TextOutline(Placement.objects.at(text, revision.step)).address(number),
        "became": text.clauses.filter(number__in=get_descendants_by_clause(text).get(number, [])),
    }
    return render_page(request, "drafting/clause_gone.html", context)
