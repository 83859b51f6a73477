"""Writing: the text in the making, and each clause of it edited in its place."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import choose_page_template, render_page
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.forms.clauses import ClauseForm, MoveClauseForm
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.text_outline import TextOutline, attach_clause_evidence
from jukwaa.drafting.unreadable_sources import mark_unreadable_clauses
from jukwaa.drafting.views.common import build_text_context, get_clause_or_404, get_draft_text_or_404

CLAUSE_EDIT_TEMPLATE = "drafting/clause_edit.html"
CLAUSE_ADD_TEMPLATE = "drafting/clause_add.html"
CLAUSE_SAVED_TEMPLATE = "drafting/clause_saved.html"


@require_GET
def text_write(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    standing = Placement.objects.now(text)
    outline = TextOutline(standing)
    clauses = outline.page(standing, request.GET.get("page"))
    attach_clause_evidence(clauses, request.user, coalition)
    latest = text.get_latest_revision()
    context = {
        **build_text_context(request, text, "write"),
        "outline": outline,
        "page": clauses,
        "latest": latest,
        "is_new": latest is None or latest.step != text.step,
        "may_write": text.is_open_to_change,
        "lost": mark_unreadable_clauses(text, latest, clauses),
    }
    return render_page(request, "drafting/text_write.html", context)


@require_http_methods(["GET", "POST"])
def clause_edit(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """The form of a clause: in its place with htmx, on a page of its own without."""
    text = get_draft_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    placement = get_current_placement_or_404(clause) if request.method == "GET" else get_last_placement_or_404(clause)
    form = ClauseForm(get_form_data(request), placement=placement)
    context = {
        **build_text_context(request, text, "write"),
        "placement": placement,
        "neighbour": find_neighbouring_placement(placement),
        "move_form": MoveClauseForm(),
    }
    context["content_language"] = text.language
    return form_view(
        request,
        form,
        template=choose_page_template(request, CLAUSE_EDIT_TEMPLATE, "clause"),
        context=context,
        action=lambda: _save_clause_from_form(request, clause, form),
        current_values=lambda conflict: ClauseForm.get_initial(conflict.current),
        redirect_to=lambda saved: (
            _render_clause_row(request, text, saved) if request.htmx else redirect_to_clause(text, number)
        ),
    )


def find_previous_clause(placement: Placement) -> Placement | None:
    return Placement.objects.now(placement.text).filter(position__lt=placement.position).last()


def find_neighbouring_placement(placement: Placement) -> Placement | None:
    """The clause before this one, or after it where none is before: what it is merged with unless told otherwise."""
    after = Placement.objects.now(placement.text).filter(position__gt=placement.position)
    return find_previous_clause(placement) or after.first()


@require_POST
def clause_save(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """What is typed is kept as one goes: a script sends it after a pause, and shows what this says."""
    text = get_draft_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    form = ClauseForm(request.POST, placement=get_last_placement_or_404(clause))
    context: dict[str, Any] = {"text": text, "number": number}
    return form_view(
        request,
        form,
        template=CLAUSE_SAVED_TEMPLATE,
        context=lambda: context | {"problem": " ".join(_get_form_errors(form))},
        action=lambda: _autosave_clause_from_form(request, clause, form),
        redirect_to=lambda saved: render_page(request, CLAUSE_SAVED_TEMPLATE, context | {"form": form, "saved": saved}),
    )


def _save_clause_from_form(request: MemberRequest, clause: Clause, form: ClauseForm) -> Placement:
    return actions.save_clause_body(
        actor=request.user, clause=clause, from_digest=form.cleaned_data["from_digest"], **form.get_clause_fields()
    )


def _autosave_clause_from_form(request: MemberRequest, clause: Clause, form: ClauseForm) -> Placement:
    try:
        return _save_clause_from_form(request, clause, form)
    except EditConflict as conflict:  # a line of text has no room for both versions
        raise ActionRefused(
            _(
                "Someone else has changed this clause. Nothing has been overwritten. Select “Save and close” to "
                "compare both versions."
            )
        ) from conflict


def _get_form_errors(form: ClauseForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


@require_http_methods(["GET", "POST"])
def clause_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A new clause after another one (`?after=12`), or before all others."""
    text = get_draft_text_or_404(request, coalition, pk)
    after = _get_clause_after_or_404(text, request.GET.get("after", ""))
    form = ClauseForm(get_form_data(request), initial=_get_initial_clause_fields(after), auto_id="new_%s")
    return form_view(
        request,
        form,
        template=choose_page_template(request, CLAUSE_ADD_TEMPLATE, "clause"),
        context={**build_text_context(request, text, "write"), "after": after},
        action=lambda: _add_clause_from_form(request, text, form, after),
        redirect_to=lambda added: redirect_to_clause(text, added.clause.number),
    )


def _add_clause_from_form(
    request: MemberRequest, text: Text, form: ClauseForm, after_clause: Clause | None
) -> Placement:
    try:
        return actions.add_clause(
            actor=request.user,
            text=text,
            clause_draft=actions.ClauseDraft(**form.get_clause_fields()),
            after_clause=after_clause,
        )
    except EditConflict as gone:  # it is the clause before this one that changed: there are no two texts to show
        raise ActionRefused(
            _("Choose another place for the new clause. The clause before it has been removed in the meantime.")
        ) from gone


@require_POST
def clause_move_up(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    return _move_clause_and_redirect(request, coalition, pk, number, place_count=-2)


@require_POST
def clause_move_down(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    return _move_clause_and_redirect(request, coalition, pk, number, place_count=1)


@require_POST
def clause_move(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """After the clause of this number, or before all others."""
    text = get_draft_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    form = MoveClauseForm(request.POST, text=text)
    return form_view(
        request,
        form,
        template=CLAUSE_EDIT_TEMPLATE,
        context=lambda: _build_move_context(request, clause, form),
        action=lambda: actions.move_clause(actor=request.user, clause=clause, after_clause=form.cleaned_data["after"]),
        redirect_to=lambda _moved: redirect_to_clause(text, number),
    )


def _build_move_context(request: MemberRequest, clause: Clause, form: MoveClauseForm) -> dict[str, Any]:
    placement = get_current_placement_or_404(clause)
    return {
        **build_text_context(request, clause.text, "write"),
        "placement": placement,
        "neighbour": find_neighbouring_placement(placement),
        "clause_form": ClauseForm(placement=placement),
        "move_form": form,
    }


def _move_clause_and_redirect(
    request: MemberRequest, coalition: Coalition, pk: int, clause_number: int, *, place_count: int
) -> HttpResponse:
    """Move a clause behind the one that stands so many places from it; at either end it stays where it is."""
    text = get_draft_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, clause_number)
    return form_view(
        request,
        action=lambda: _move_clause_by_places(request, clause, place_count),
        redirect_to=lambda _moved: redirect_to_clause(text, clause_number),
    )


def _move_clause_by_places(request: MemberRequest, clause: Clause, place_count: int) -> None:
    order = list(Placement.objects.now(clause.text).values_list("clause", flat=True))
    if clause.pk not in order:
        return
    at = order.index(clause.pk) + place_count
    if -1 <= at < len(order):
        after = Clause(pk=order[at], text=clause.text) if at >= 0 else None
        actions.move_clause(actor=request.user, clause=clause, after_clause=after)


def _render_clause_row(request: MemberRequest, text: Text, saved_placement: Placement) -> HttpResponse:
    """The clause as it stands in the list again."""
    standing = Placement.objects.now(text)
    placement = standing.get(clause=saved_placement.clause_id)
    spot = TextOutline(standing).by_number[placement.clause.number]
    placement.ordinal = spot.ordinal  # type: ignore[attr-defined]  # for its template
    attach_clause_evidence([placement], request.user, text.coalition)
    context = {**build_text_context(request, text, "write"), "placement": placement, "may_write": True}
    return render_page(request, "drafting/clause_row.html", context)


def get_current_placement_or_404(clause: Clause) -> Placement:
    """404 for a clause that does not stand in the text now."""
    return get_object_or_404(Placement.objects.now(clause.text), clause=clause.pk)


def get_last_placement_or_404(clause: Clause) -> Placement:
    """Where it stands, or stood last: what somebody typed is not lost because another one took the clause out."""
    placements = Placement.objects.filter(clause=clause.pk).select_related("clause", "wording")
    return get_object_or_404(placements.order_by(F("until").desc(nulls_first=True), "-pk")[:1])


def redirect_to_clause(text: Text, clause_number: int) -> HttpResponseRedirect:
    """Back to where it stands in the making."""
    address = reverse("drafting:text_write", args=[text.coalition.slug, text.pk])
    return redirect(f"{address}{TextOutline(Placement.objects.now(text)).address(clause_number)}")


def _get_clause_after_or_404(text: Text, number_text: str) -> Clause | None:
    """404 for a clause that is not there."""
    if not number_text:
        return None
    is_possible = number_text.isdecimal() and len(number_text) < 8  # noqa: PLR2004 - no text has so many
    found = Clause.objects.filter(text=text, number=int(number_text) if is_possible else 0)
    return get_object_or_404(found)


def _get_initial_clause_fields(after_clause: Clause | None) -> dict[str, Any]:
    """What follows an item of a list is mostly another one."""
    now = after_clause.placements.filter(until__isnull=True).first() if after_clause else None
    if now is None or now.kind not in (Placement.Kind.BULLET, Placement.Kind.NUMBERED):
        return {}
    return {"kind": now.kind, "level": now.level}
