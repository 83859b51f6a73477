"""Parting, joining and taking out clauses, and putting back what was."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions
from jukwaa.drafting.forms.clauses import ClauseDigestForm, MergeClausesForm, SplitClauseForm
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.views.clause_editing import (
    find_neighbouring_placement,
    find_previous_clause,
    get_current_placement_or_404,
    redirect_to_clause,
)
from jukwaa.drafting.views.common import build_text_context, get_clause_or_404, get_draft_text_or_404

SPLIT_TEMPLATE, MERGE_TEMPLATE, REMOVE_TEMPLATE = (
    f"drafting/clause_{operation}.html" for operation in ("split", "merge", "remove")
)
WORDINGS_PER_PAGE = 20


@require_GET
def clause_current(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Where a clause stands in the making."""
    return redirect_to_clause(get_draft_text_or_404(request, coalition, pk), number)


@require_http_methods(["GET", "POST"])
def clause_split(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    placement = get_current_placement_or_404(get_clause_or_404(text, number))
    form = SplitClauseForm(get_form_data(request), placement=placement)
    context = {**build_text_context(request, text, "write"), "placement": placement}
    return form_view(
        request,
        form,
        template=SPLIT_TEMPLATE,
        context=context,
        action=lambda: _split_clause_from_form(request, get_clause_or_404(text, number), form),
        current_values=lambda _conflict: {"from_digest": placement.wording.digest},
        success_message=lambda new: (
            _("Clause split. The second part is now clause %(number)s.") % {"number": new.clause.label}
        ),
        redirect_to=lambda _new: redirect_to_clause(text, number),
    )


def _split_clause_from_form(request: MemberRequest, clause: Clause, form: SplitClauseForm) -> Placement:
    """Return the second part."""
    said = form.cleaned_data
    return actions.split_clause(
        actor=request.user, clause=clause, character_index=said["at"], seen_digest=said["from_digest"]
    )[1]


@require_http_methods(["GET", "POST"])
def clause_merge(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Join a clause to the one before it, or to another (`?into=12`). Its number is not used again."""
    text = get_draft_text_or_404(request, coalition, pk)
    gone = get_current_placement_or_404(get_clause_or_404(text, number))
    into = _get_merge_target_or_404(request, gone)
    shown = {"from_digest": gone.wording.digest, "into_digest": into.wording.digest}
    form = MergeClausesForm(get_form_data(request), initial=shown)
    context = {**build_text_context(request, text, "write"), "placement": gone, "into": into}
    return form_view(
        request,
        form,
        template=MERGE_TEMPLATE,
        context=context,
        action=lambda: _merge_clauses_from_form(
            request, get_clause_or_404(text, number), get_clause_or_404(text, into.clause.number), form
        ),
        current_values=lambda _conflict: shown,
        redirect_to=lambda _joint: redirect_to_clause(text, into.clause.number),
    )


def _merge_clauses_from_form(
    request: MemberRequest, clause: Clause, target_clause: Clause, form: MergeClausesForm
) -> Placement:
    digests = (form.cleaned_data["from_digest"], form.cleaned_data["into_digest"])
    return actions.merge_clauses(actor=request.user, clause=clause, target_clause=target_clause, seen_digests=digests)


@require_http_methods(["GET", "POST"])
def clause_remove(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    placement = get_current_placement_or_404(get_clause_or_404(text, number))
    shown, before = {"from_digest": placement.wording.digest}, find_previous_clause(placement)
    form = ClauseDigestForm(get_form_data(request), initial=shown)
    context = {**build_text_context(request, text, "write"), "placement": placement}
    return form_view(
        request,
        form,
        template=REMOVE_TEMPLATE,
        context=context,
        action=lambda: actions.remove_clause(
            actor=request.user, clause=get_clause_or_404(text, number), seen_digest=form.cleaned_data["from_digest"]
        ),
        current_values=lambda _conflict: shown,
        success_message=_("Clause %(number)s removed. You can restore it.") % {"number": placement.clause.label},
        redirect_to=lambda _gone: redirect_to_clause(text, before.clause.number if before else 0),
    )


@require_GET
def clause_wording_history(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Every earlier wording of a clause, the latest first."""
    text = get_draft_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    placements = Placement.objects.filter(clause=clause.pk).select_related("wording", "by").order_by("-since", "-pk")
    wordings = list(_iter_reworded_placements(placements))
    context = {
        **build_text_context(request, text, "write"),
        "clause": clause,
        "stands": bool(wordings) and wordings[0].until is None,
        "page": Paginator(wordings, WORDINGS_PER_PAGE).get_page(request.GET.get("page")),
        "may_write": text.is_open_to_change,
    }
    return render_page(request, "drafting/clause_history.html", context)


@require_POST
def clause_wording_restore(
    request: MemberRequest, coalition: Coalition, pk: int, number: int, placement: int
) -> HttpResponse:
    """Let it read as it did; where it was taken out, put it back."""
    text = get_draft_text_or_404(request, coalition, pk)
    of_clause = Placement.objects.filter(clause__text=text, clause__number=number).select_related("clause", "wording")
    earlier = get_object_or_404(of_clause, pk=placement)
    earlier.text = text
    return form_view(
        request,
        action=lambda: actions.restore_clause_placement(actor=request.user, placement=earlier),
        success_message=_("Earlier wording of clause %(number)s restored.") % {"number": earlier.clause.label},
        redirect_to=lambda _back: redirect_to_clause(text, number),
    )


@require_GET
def removed_clause_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What stood in the text and does not now, the latest first."""
    text = get_draft_text_or_404(request, coalition, pk)
    standing = Placement.objects.filter(clause=OuterRef("pk"), until__isnull=True)
    gone = Clause.objects.filter(~Exists(standing), text=text).annotate(ended=Max("placements__until"))
    found = Paginator(gone.order_by("-ended", "-number"), WORDINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **build_text_context(request, text, "write"),
        "page": found,
        "placements": _get_last_placements(text, list(found.object_list)),
        "may_write": text.is_open_to_change,
    }
    return render_page(request, "drafting/removed_list.html", context)


def _get_last_placements(text: Text, merged_clauses: list[Clause]) -> list[Placement]:
    last = Placement.objects.filter(text=text, clause__in=merged_clauses).select_related("clause", "wording")
    by_clause = {placement.clause_id: placement for placement in last.order_by("until", "pk")}
    return [by_clause[clause.pk] for clause in merged_clauses]


def _iter_reworded_placements(placements: Iterable[Placement]) -> Iterable[Placement]:
    """Without those at which it only moved: of these the latest stands for all."""
    last: tuple[int, str, int] | None = None
    for placement in placements:
        if last != (said := (placement.wording_id, placement.kind, placement.level)):
            yield placement
        last = said


def _get_merge_target_or_404(request: MemberRequest, merged_placement: Placement) -> Placement:
    """404 where there is nothing to join it to."""
    standing = Placement.objects.now(merged_placement.text)
    number = request.GET.get("into", "")
    if number.isdecimal() and len(number) < 8:  # noqa: PLR2004 - no text has so many
        return get_object_or_404(standing, clause__number=int(number))
    if (neighbour := find_neighbouring_placement(merged_placement)) is None:
        raise Http404
    return neighbour
