"""What the pages of texts share: the text that one may see, and what stands above every page of it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Clause, Revision, Text
from jukwaa.drafting.policies import drafts

type AnyRequest = Request | MemberRequest


def visible_text(request: AnyRequest, coalition: Coalition, pk: int) -> Text:
    """404 for what one may not see."""
    text = get_object_or_404(Text.objects.visible_to(request.user).of(coalition).select_related("owner"), pk=pk)
    text.coalition = coalition
    return text


def drafted_text(request: MemberRequest, coalition: Coalition, pk: int) -> Text:
    """For those who write it: what is in the making is not there for anybody else."""
    text = visible_text(request, coalition, pk)
    if not drafts(request.standing, text):
        raise Http404
    return text


def clause_of(text: Text, number: int) -> Clause:
    clause = get_object_or_404(Clause, text=text.pk, number=number)
    clause.text = text
    return clause


def revision_of(text: Text, number: int) -> Revision:
    revision = get_object_or_404(Revision, text=text.pk, number=number)
    revision.text = text
    return revision


def around(request: AnyRequest, text: Text, tab: str) -> dict[str, Any]:
    """The context of every page of a text: its head, its tabs, and whether the viewer writes it."""
    return {"here": "texts", "text": text, "tab": tab, "may_draft": drafts(request.standing, text)}
