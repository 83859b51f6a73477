"""The records of the coalition that show how a capability stands: found or named by their address, and taken back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.plans import actions
from jukwaa.plans.reading import Part, PlanPage
from jukwaa.plans.views.common import part_of, require_writing, shown_plan
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.regions.forms.outreach import RecordForm

PAGE = "plans/evidence_edit.html"


@require_http_methods(["GET", "POST"])
def evidence_edit(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part = part_of(shown, number)
    form = RecordForm(form_data(request), viewer=request.user, coalition=coalition)
    given: dict[str, Any] = {"actor": request.user, "plan": shown.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=PAGE,
        context=lambda: _build_context(request, shown, part),
        action=lambda: actions.rest_on(**given, record=form.cleaned_data["record"]),
        success=_("Record linked. The page of the record does not show this."),
        redirect_to=request.get_full_path(),
    )


def _build_context(request: MemberRequest, shown: PlanPage, part: Part) -> dict[str, Any]:
    q = request.GET.get("q", "")[:200]
    found = _found(request, part, q)
    return {"shown": shown, "plan": shown.plan, "part": part, "q": q, "found": found}


def _found(request: MemberRequest, part: Part, q: str) -> list[Record]:
    """Without those that are named already."""
    if not q.strip():
        return []
    results = index.search(request.coalition, request.user, q, own_language=get_language() or "en")
    named = {record.pk for record in part.records}
    return [hit.record for hit in results.hits if hit.record.pk not in named]


@require_POST
def evidence_remove(request: MemberRequest, coalition: Coalition, pk: int, number: str, record: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part = part_of(shown, number)
    given: dict[str, Any] = {"actor": request.user, "plan": shown.plan, "capability": part.capability.value}
    return form_view(
        request,
        action=lambda: actions.rest_no_more(**given, record=record),
        success=_("Record removed. Earlier entries still show it. The record itself has not changed."),
        redirect_to=request.path.partition(f"{record}/remove/")[0],
    )
