"""What a clause rests on: found among the records, cited, and taken back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.drafting import actions
from jukwaa.drafting.forms.evidence import EvidenceForm
from jukwaa.drafting.models import Clause, Evidence, Text
from jukwaa.drafting.text_outline import get_evidence_by_clause
from jukwaa.drafting.views.clause_editing import get_current_placement_or_404, redirect_to_clause
from jukwaa.drafting.views.common import build_text_context, get_clause_or_404, get_draft_text_or_404
from jukwaa.records import index
from jukwaa.records.models import Record

EVIDENCE_ADD_TEMPLATE = "drafting/evidence_add.html"


@require_http_methods(["GET", "POST"])
def evidence_add(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    placement = get_current_placement_or_404(get_clause_or_404(text, number))
    chosen = _get_chosen_record_or_404(request, coalition)
    form = EvidenceForm(get_form_data(request), initial={"record": chosen.pk if chosen else None})
    context: dict[str, Any] = {
        **build_text_context(request, text, "write"),
        "placement": placement,
        "chosen": chosen,
        "resting": get_evidence_by_clause([placement], request.user, coalition).get(number, []),
        "q": request.GET.get("q", "")[:200],
    }
    if request.method == "GET":
        context["found"] = _search_citable_records(request, text, context["q"])
    return form_view(
        request,
        form,
        template=EVIDENCE_ADD_TEMPLATE,
        context=context,
        action=lambda: _cite_chosen_record(request, get_clause_or_404(text, number), chosen, form),
        success_message=_("Evidence added to clause %(number)s. The record's page now links to this text.")
        % {"number": placement.clause.label},
        redirect_to=lambda _evidence: redirect_to_clause(text, number),
    )


def _cite_chosen_record(
    request: MemberRequest, clause: Clause, chosen_record: Record | None, form: EvidenceForm
) -> Evidence:
    assert chosen_record is not None  # noqa: S101 - for the type alone: the form needs its number
    said = {name: form.cleaned_data[name] for name in ("where", "quoted")}
    return actions.cite_record_as_evidence(actor=request.user, clause=clause, record=chosen_record, **said)


@require_POST
def evidence_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    readable = Record.objects.visible_to(request.user).of(coalition)
    of_coalition = Evidence.objects.filter(readable.exists_for("record"), clause__text__coalition=coalition)
    evidence = get_object_or_404(of_coalition.select_related("clause"), pk=pk)
    text = get_draft_text_or_404(request, coalition, evidence.clause.text_id)
    evidence.clause.text = text
    return form_view(
        request,
        action=lambda: actions.remove_clause_evidence(actor=request.user, evidence=evidence),
        success_message=_("Evidence removed from the clause. The record itself has not changed."),
        redirect_to=reverse("drafting:evidence_add", args=[coalition.slug, text.pk, evidence.clause.number]),
    )


def _get_chosen_record_or_404(request: MemberRequest, coalition: Coalition) -> Record | None:
    """404 for a record that one may not see."""
    number = request.POST.get("record") or request.GET.get("record") or ""
    if not number:
        return None
    readable = Record.objects.visible_to(request.user).of(coalition)
    found = get_object_or_404(readable, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)  # noqa: PLR2004 - longer than any number of a row
    found.coalition = coalition
    return found


def _search_citable_records(request: MemberRequest, text: Text, search_text: str) -> list[Record]:
    """Records with these words that whoever reads the text may read."""
    if not search_text.strip():
        return []
    results = index.search_records(text.coalition, request.user, search_text, own_language=get_language() or "en")
    return [hit.record for hit in results.hits if actions.is_readable_with_text(hit.record, text)]
