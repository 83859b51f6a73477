"""The list of texts, and the page of one as its readers see it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.keyset import Place
from jukwaa.drafting.editions import latest_edition
from jukwaa.drafting.lists import own_drafts, texts
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.drafting.models.texts import PlacementQuerySet
from jukwaa.drafting.policies import can_draft
from jukwaa.drafting.reading import Outline, last_stood, offspring_of, terms_in, with_evidence
from jukwaa.drafting.resting import lost_in, tell_of_lost, watched, withhold
from jukwaa.drafting.steps import latest_call, next_step
from jukwaa.drafting.views.common import AnyRequest, around, clause_of, consulting, until_it_changes, visible_text
from jukwaa.records.models.record import READERS


@login_not_required
@require_GET
@kept_for_visitors
def text_list(request: Request, coalition: Coalition) -> HttpResponse:
    context = {
        "page": texts(request.user, coalition, Place.of(request)),
        "drafts": own_drafts(request.user, coalition),
        "may_begin": request.standing.is_inside,
    }
    return page(request, "drafting/text_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def text_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The latest revision that was named, clause by clause."""
    text = visible_text(request, coalition, pk)
    revision = text.latest_revision()
    context = {**around(request, text, "text"), "revision": revision, "readers": READERS[text.label]}  # type: ignore[index]  # a label is one of them
    if revision is not None:
        context |= body_of(request, text, Placement.objects.at(text, revision.step), revision)
        context |= consulting(request, text, list(context["page"]))
    context["edition"] = latest_edition(text) if revision is not None else None
    asked, call = context.get("consultation"), latest_call(text) if revision is not None else None
    context["call"] = call
    context["next_step"] = next_step(text, request.standing, revision, consultation=asked, call=call)
    return until_it_changes(page(request, "drafting/text_detail.html", context), [one for one in (asked, call) if one])


def body_of(request: AnyRequest, text: Text, standing: PlacementQuerySet, revision: Revision) -> dict[str, Any]:
    """A page of the clauses that stand, with what stands beside them.

    What quotes a record that was closed since is shown to those alone who can take it out.
    """
    outline = Outline(standing)
    clauses = outline.page(watched(standing, text, revision), request.GET.get("page"))
    told = ""
    if any(placement.doubtful for placement in clauses):  # type: ignore[attr-defined]  # `watched` says so
        writes = can_draft(request.standing, text)
        told = tell_of_lost(text, revision, clauses) if writes else withhold(clauses, lost_in(text, revision))
    with_evidence(clauses, request.user, text.coalition)
    terms = terms_in(text.coalition, text.language, clauses)
    return {"outline": outline, "page": clauses, "terms": terms, "lost": told}


@login_not_required
@require_GET
def clause_detail(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """The lasting address of a clause: leads to where it stands, or says what became of it."""
    text = visible_text(request, coalition, pk)
    clause = clause_of(text, number)
    latest = text.latest_revision()
    if latest is not None and (place := Outline(Placement.objects.at(text, latest.step)).address(number)):
        return redirect(f"{text.get_absolute_url()}{place}")
    revision = last_stood(text, clause)
    if revision is None:
        if can_draft(request.standing, text):
            return redirect("drafting:clause_history", coalition.slug, pk, number)
        raise Http404
    context = {
        **around(request, text, "text"),
        "clause": clause,
        "revision": revision,
        "address": Outline(Placement.objects.at(text, revision.step)).address(number),
        "became": offspring_of(text).get(number, []),
    }
    return page(request, "drafting/clause_gone.html", context)
