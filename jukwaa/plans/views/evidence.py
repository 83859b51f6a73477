"""The records of the coalition that show how a capability stands: found or named by their address, and taken back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.plans import actions
from jukwaa.plans.plan_page import CapabilityEntry, PlanPage
from jukwaa.plans.views.plan_access import get_entry_or_404, get_plan_page_or_404, require_write_access
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.regions.forms.outreach import RecordLinkForm

EVIDENCE_EDIT_TEMPLATE = "plans/evidence_edit.html"


@require_http_methods(["GET", "POST"])
def evidence_edit(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    part = get_entry_or_404(plan_page, number)
    form = RecordLinkForm(get_form_data(request), viewer=request.user, coalition=coalition)
    given: dict[str, Any] = {"actor": request.user, "plan": plan_page.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=EVIDENCE_EDIT_TEMPLATE,
        context=lambda: _build_evidence_context(request, plan_page, part),
        action=lambda: actions.add_capability_evidence(**given, record=form.cleaned_data["record"]),
        success_message=_("Record linked to the capability. The record itself does not show the link."),
        redirect_to=request.get_full_path(),
    )


def _build_evidence_context(
    request: MemberRequest, plan_page: PlanPage, capability_entry: CapabilityEntry
) -> dict[str, Any]:
    q = request.GET.get("q", "")[:200]
    found = _search_citable_records(request, capability_entry, q)
    return {"shown": plan_page, "plan": plan_page.plan, "part": capability_entry, "q": q, "found": found}


def _search_citable_records(
    request: MemberRequest, capability_entry: CapabilityEntry, search_text: str
) -> list[Record]:
    """Without those that are named already."""
    if not search_text.strip():
        return []
    results = index.search_records(request.coalition, request.user, search_text, own_language=get_language() or "en")
    named = {record.pk for record in capability_entry.records}
    return [hit.record for hit in results.hits if hit.record.pk not in named]


@require_POST
def evidence_remove(request: MemberRequest, coalition: Coalition, pk: int, number: str, record: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    part = get_entry_or_404(plan_page, number)
    given: dict[str, Any] = {"actor": request.user, "plan": plan_page.plan, "capability": part.capability.value}
    return form_view(
        request,
        action=lambda: actions.remove_capability_evidence(**given, record=record),
        success_message=_(
            "Record removed from this capability. Earlier entries still show the record, and the record itself has"
            " not changed."
        ),
        redirect_to=request.path.partition(f"{record}/remove/")[0],
    )
