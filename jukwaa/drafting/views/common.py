"""What the pages of texts share: the text that one may see, and what stands above every page of it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import policies
from jukwaa.drafting.input_display import get_latest_consultation, get_margin_inputs
from jukwaa.drafting.models import Call, Clause, Consultation, Placement, Revision, Text
from jukwaa.drafting.policies import can_draft_text

type AnyRequest = Request | MemberRequest


def get_text_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Text:
    """404 for what one may not see."""
    text = get_object_or_404(Text.objects.visible_to(request.user).of(coalition).select_related("owner"), pk=pk)
    text.coalition = coalition
    return text


def get_draft_text_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Text:
    """For those who write it: what is in the making is not there for anybody else."""
    text = get_text_or_404(request, coalition, pk)
    if not can_draft_text(request.standing, text):
        raise Http404
    return text


def get_clause_or_404(text: Text, clause_number: int) -> Clause:
    clause = get_object_or_404(Clause, text=text.pk, number=clause_number)
    clause.text = text
    return clause


def get_revision_or_404(text: Text, clause_number: int) -> Revision:
    revision = get_object_or_404(Revision, text=text.pk, number=clause_number)
    revision.text = text
    return revision


def get_consultation_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Consultation:
    """404 for one about a text that one may not see."""
    rows = Consultation.objects.visible_to(request.user).filter(text__coalition=coalition)
    consultation = get_object_or_404(rows.select_related("text__owner", "revision"), pk=pk)
    consultation.text.coalition = coalition
    return consultation


def set_cache_until_change(
    response: HttpResponse, consultations_and_calls: Iterable[Consultation | Call]
) -> HttpResponse:
    """A page that says what is open holds no longer than until one of these opens or closes, where it is kept."""
    now = timezone.now()
    moments = [moment for one in consultations_and_calls for moment in (one.opens_at, one.closes_at) if moment > now]
    if moments:
        seconds = max(int((min(moments) - now).total_seconds()), 1)
        patch_cache_control(response, private=True, no_cache=True, max_age=seconds)
    return response


def build_text_context(request: AnyRequest, text: Text, tab: str) -> dict[str, Any]:
    """The context of every page of a text: its head, its tabs, and whether the viewer writes it."""
    return {"text": text, "tab": tab, "may_draft": can_draft_text(request.standing, text)}


def build_consultation_context(request: AnyRequest, text: Text, placements: list[Placement]) -> dict[str, Any]:
    """For a page that shows the text: what is asked about it, and beside each clause what was said (`margin`)."""
    consultation = get_latest_consultation(text)
    if consultation is None:
        return {"consultation": None}
    margins = get_margin_inputs(consultation, placements)
    for placement in placements:
        placement.margin = margins[placement.clause_id]  # type: ignore[attr-defined]  # for the template of a clause
    gives = consultation.is_open and policies.is_invited_to_consultation(request.standing, consultation)
    asks_the_public = consultation.asks == Consultation.Asks.PUBLIC
    invites = gives or (consultation.is_open and asks_the_public and not request.user.is_authenticated)
    return {"consultation": consultation, "gives": gives, "invites": invites}
