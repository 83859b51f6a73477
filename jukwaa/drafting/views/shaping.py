"""Parting, joining and taking out clauses, and putting back what was."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.drafting import actions
from jukwaa.drafting.forms.writing import DigestForm, MergeForm, SplitForm
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.views.common import around, clause_of, drafted_text
from jukwaa.drafting.views.writing import standing_or_gone, to_clause

SPLIT, MERGE, REMOVE = (f"drafting/clause_{deed}.html" for deed in ("split", "merge", "remove"))
ON_A_PAGE = 20


@require_GET
def clause_now(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Where a clause stands in the making."""
    return to_clause(drafted_text(request, coalition, pk), number)


@require_http_methods(["GET", "POST"])
def clause_split(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    placement = standing_or_gone(clause_of(text, number))
    form = SplitForm(form_data(request), placement=placement)
    context = {**around(request, text, "write"), "placement": placement}
    return form_view(
        request,
        form,
        template=SPLIT,
        context=context,
        action=lambda: _split_clause(request, clause_of(text, number), form),
        current_values=lambda _conflict: {"from_digest": placement.wording.digest},
        success=lambda new: (
            _("Clause split. The second part is now clause %(number)s.") % {"number": new.clause.number}
        ),
        redirect_to=lambda _new: to_clause(text, number),
    )


def _split_clause(request: MemberRequest, clause: Clause, form: SplitForm) -> Placement:
    """Return the second part."""
    said = form.cleaned_data
    return actions.split_clause(actor=request.user, clause=clause, at=said["at"], from_digest=said["from_digest"])[1]


@require_http_methods(["GET", "POST"])
def clause_merge(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Join a clause to the one before it, or to another (`?into=12`). Its number is not used again."""
    text = drafted_text(request, coalition, pk)
    gone = standing_or_gone(clause_of(text, number))
    into = _into(request, gone)
    shown = {"from_digest": gone.wording.digest, "into_digest": into.wording.digest}
    form = MergeForm(form_data(request), initial=shown)
    context = {**around(request, text, "write"), "placement": gone, "into": into}
    return form_view(
        request,
        form,
        template=MERGE,
        context=context,
        action=lambda: _merge_clauses(request, clause_of(text, number), clause_of(text, into.clause.number), form),
        current_values=lambda _conflict: shown,
        redirect_to=lambda _joint: to_clause(text, into.clause.number),
    )


def _merge_clauses(request: MemberRequest, clause: Clause, into: Clause, form: MergeForm) -> Placement:
    digests = (form.cleaned_data["from_digest"], form.cleaned_data["into_digest"])
    return actions.merge_clauses(actor=request.user, clause=clause, into=into, from_digests=digests)


@require_http_methods(["GET", "POST"])
def clause_remove(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    placement = standing_or_gone(clause_of(text, number))
    shown, before = {"from_digest": placement.wording.digest}, _one_before(placement)
    form = DigestForm(form_data(request), initial=shown)
    context = {**around(request, text, "write"), "placement": placement}
    return form_view(
        request,
        form,
        template=REMOVE,
        context=context,
        action=lambda: actions.remove_clause(
            actor=request.user, clause=clause_of(text, number), from_digest=form.cleaned_data["from_digest"]
        ),
        current_values=lambda _conflict: shown,
        success=_("Clause %(number)s removed. You can restore it.") % {"number": number},
        redirect_to=lambda _gone: to_clause(text, before.clause.number if before else 0),
    )


@require_GET
def clause_history(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """Every earlier wording of a clause, the latest first."""
    text = drafted_text(request, coalition, pk)
    clause = clause_of(text, number)
    placements = Placement.objects.filter(clause=clause.pk).select_related("wording", "by").order_by("-since", "-pk")
    wordings = list(_worded_anew(placements))
    context = {
        **around(request, text, "write"),
        "clause": clause,
        "stands": bool(wordings) and wordings[0].until is None,
        "page": Paginator(wordings, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_write": text.is_open_to_change,
    }
    return page(request, "drafting/clause_history.html", context)


@require_POST
def wording_restore(request: MemberRequest, coalition: Coalition, pk: int, number: int, placement: int) -> HttpResponse:
    """Let it read as it did; where it was taken out, put it back."""
    text = drafted_text(request, coalition, pk)
    of_clause = Placement.objects.filter(clause__text=text, clause__number=number).select_related("clause", "wording")
    earlier = get_object_or_404(of_clause, pk=placement)
    earlier.text = text
    return form_view(
        request,
        action=lambda: actions.put_back(actor=request.user, placement=earlier),
        success=_("Earlier wording of clause %(number)s restored.") % {"number": number},
        redirect_to=lambda _back: to_clause(text, number),
    )


@require_GET
def removed_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What stood in the text and does not now, the latest first."""
    text = drafted_text(request, coalition, pk)
    standing = Placement.objects.filter(clause=OuterRef("pk"), until__isnull=True)
    gone = Clause.objects.filter(~Exists(standing), text=text).annotate(ended=Max("placements__until"))
    found = Paginator(gone.order_by("-ended", "-number"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **around(request, text, "write"),
        "page": found,
        "placements": _with_last_words(text, list(found.object_list)),
        "may_write": text.is_open_to_change,
    }
    return page(request, "drafting/removed_list.html", context)


def _with_last_words(text: Text, clauses: list[Clause]) -> list[Placement]:
    last = Placement.objects.filter(text=text, clause__in=clauses).select_related("clause", "wording")
    by_clause = {placement.clause_id: placement for placement in last.order_by("until", "pk")}
    return [by_clause[clause.pk] for clause in clauses]


def _worded_anew(placements: Iterable[Placement]) -> Iterable[Placement]:
    """Without those at which it only moved: of these the latest stands for all."""
    last: tuple[int, str, int] | None = None
    for placement in placements:
        if last != (said := (placement.wording_id, placement.kind, placement.level)):
            yield placement
        last = said


def _into(request: MemberRequest, gone: Placement) -> Placement:
    """404 where there is nothing to join it to."""
    standing = Placement.objects.now(gone.text)
    number = request.GET.get("into", "")
    if number.isdecimal() and len(number) < 8:  # noqa: PLR2004 - no text has so many
        return get_object_or_404(standing, clause__number=int(number))
    return _one_before(gone) or get_object_or_404(standing.filter(position__gt=gone.position)[:1])


def _one_before(placement: Placement) -> Placement | None:
    return Placement.objects.now(placement.text).filter(position__lt=placement.position).last()
