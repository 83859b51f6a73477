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
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page, page_or_fragment
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.forms.writing import ClauseForm, MoveForm
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.reading import Outline, with_evidence
from jukwaa.drafting.resting import tell_of_lost
from jukwaa.drafting.views.common import around, clause_of, drafted_text

EDIT = "drafting/clause_edit.html"
ADD = "drafting/clause_add.html"
SAVED = "drafting/clause_saved.html"


@require_GET
def text_write(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    standing = Placement.objects.now(text)
    outline = Outline(standing)
    clauses = outline.page(standing, request.GET.get("page"))
    with_evidence(clauses, request.user, coalition)
    latest = text.latest_revision()
    context = {
        **around(request, text, "write"),
        "outline": outline,
        "page": clauses,
        "latest": latest,
        "is_new": latest is None or latest.step != text.step,
        "may_write": text.is_open_to_change,
        "lost": tell_of_lost(text, latest, clauses),
    }
    return page(request, "drafting/text_write.html", context)


@require_http_methods(["GET", "POST"])
def clause_edit(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """The form of a clause: in its place with htmx, on a page of its own without."""
    text = drafted_text(request, coalition, pk)
    clause = clause_of(text, number)
    placement = standing_or_gone(clause) if request.method == "GET" else last_standing(clause)
    form = ClauseForm(form_data(request), placement=placement)
    context = {**around(request, text, "write"), "placement": placement, "move_form": MoveForm()}
    context["content_language"] = text.language
    return form_view(
        request,
        form,
        template=page_or_fragment(request, EDIT, "clause"),
        context=context,
        action=lambda: _save_clause(request, clause, form),
        current_values=lambda conflict: ClauseForm.initial_of(conflict.current),
        redirect_to=lambda saved: _row(request, text, saved) if request.htmx else to_clause(text, number),
    )


@require_POST
def clause_save(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """What is typed is kept as one goes: a script sends it after a pause, and shows what this says."""
    text = drafted_text(request, coalition, pk)
    clause = clause_of(text, number)
    form = ClauseForm(request.POST, placement=last_standing(clause))
    context: dict[str, Any] = {"text": text, "number": number}
    return form_view(
        request,
        form,
        template=SAVED,
        context=lambda: context | {"problem": " ".join(_errors_of(form))},
        action=lambda: _autosave_clause(request, clause, form),
        redirect_to=lambda saved: page(request, SAVED, context | {"form": form, "saved": saved}),
    )


def _save_clause(request: MemberRequest, clause: Clause, form: ClauseForm) -> Placement:
    return actions.save_clause(
        actor=request.user, clause=clause, from_digest=form.cleaned_data["from_digest"], **form.what()
    )


def _autosave_clause(request: MemberRequest, clause: Clause, form: ClauseForm) -> Placement:
    try:
        return _save_clause(request, clause, form)
    except EditConflict as conflict:  # a line of text has no room for both versions
        raise ActionRefused(
            _("Someone else has changed this clause. Press “Save and close” to compare both versions.")
        ) from conflict


def _errors_of(form: ClauseForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


@require_http_methods(["GET", "POST"])
def clause_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A new clause after another one (`?after=12`), or before all others."""
    text = drafted_text(request, coalition, pk)
    after = _after(text, request.GET.get("after", ""))
    form = ClauseForm(form_data(request), initial=_like(after), auto_id="new_%s")
    return form_view(
        request,
        form,
        template=page_or_fragment(request, ADD, "clause"),
        context={**around(request, text, "write"), "after": after},
        action=lambda: _add_clause(request, text, form, after),
        redirect_to=lambda added: to_clause(text, added.clause.number),
    )


def _add_clause(request: MemberRequest, text: Text, form: ClauseForm, after: Clause | None) -> Placement:
    try:
        return actions.add_clause(actor=request.user, text=text, draft=actions.Draft(**form.what()), after=after)
    except EditConflict as gone:  # it is the clause before this one that changed: there are no two texts to show
        raise ActionRefused(
            _("Choose another place for the new clause. The clause before it has been removed in the meantime.")
        ) from gone


@require_POST
def clause_up(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    return _move_by(request, coalition, pk, number, places=-2)


@require_POST
def clause_down(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    return _move_by(request, coalition, pk, number, places=1)


@require_POST
def clause_move(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """After the clause of this number, or before all others."""
    text = drafted_text(request, coalition, pk)
    clause = clause_of(text, number)
    form = MoveForm(request.POST, text=text)
    return form_view(
        request,
        form,
        template=EDIT,
        context=lambda: _around_move(request, clause, form),
        action=lambda: actions.move_clause(actor=request.user, clause=clause, after=form.cleaned_data["after"]),
        redirect_to=lambda _moved: to_clause(text, number),
    )


def _around_move(request: MemberRequest, clause: Clause, form: MoveForm) -> dict[str, Any]:
    placement = standing_or_gone(clause)
    return {
        **around(request, clause.text, "write"),
        "placement": placement,
        "clause_form": ClauseForm(placement=placement),
        "move_form": form,
    }


def _move_by(request: MemberRequest, coalition: Coalition, pk: int, number: int, *, places: int) -> HttpResponse:
    """Move a clause behind the one that stands so many places from it; at either end it stays where it is."""
    text = drafted_text(request, coalition, pk)
    clause = clause_of(text, number)
    return form_view(
        request,
        action=lambda: _move_clause(request, clause, places),
        redirect_to=lambda _moved: to_clause(text, number),
    )


def _move_clause(request: MemberRequest, clause: Clause, places: int) -> None:
    order = list(Placement.objects.now(clause.text).values_list("clause", flat=True))
    if clause.pk not in order:
        return
    at = order.index(clause.pk) + places
    if -1 <= at < len(order):
        after = Clause(pk=order[at], text=clause.text) if at >= 0 else None
        actions.move_clause(actor=request.user, clause=clause, after=after)


def _row(request: MemberRequest, text: Text, saved: Placement) -> HttpResponse:
    """The clause as it stands in the list again."""
    standing = Placement.objects.now(text)
    placement = standing.get(clause=saved.clause_id)
    spot = Outline(standing).by_number[placement.clause.number]
    placement.ordinal = spot.ordinal  # type: ignore[attr-defined]  # for its template
    with_evidence([placement], request.user, text.coalition)
    context = {**around(request, text, "write"), "placement": placement, "may_write": True}
    return page(request, "drafting/clause_row.html", context)


def standing_or_gone(clause: Clause) -> Placement:
    """404 for a clause that does not stand in the text now."""
    return get_object_or_404(Placement.objects.now(clause.text), clause=clause.pk)


def last_standing(clause: Clause) -> Placement:
    """Where it stands, or stood last: what somebody typed is not lost because another one took the clause out."""
    placements = Placement.objects.filter(clause=clause.pk).select_related("clause", "wording")
    return get_object_or_404(placements.order_by(F("until").desc(nulls_first=True), "-pk")[:1])


def to_clause(text: Text, number: int) -> HttpResponseRedirect:
    """Back to where it stands in the making."""
    address = reverse("drafting:text_write", args=[text.coalition.slug, text.pk])
    return redirect(f"{address}{Outline(Placement.objects.now(text)).address(number)}")


def _after(text: Text, number: str) -> Clause | None:
    """404 for a clause that is not there."""
    if not number:
        return None
    found = Clause.objects.filter(text=text, number=int(number) if number.isdecimal() and len(number) < 8 else 0)  # noqa: PLR2004 - no text has so many
    return get_object_or_404(found)


def _like(after: Clause | None) -> dict[str, Any]:
    """What follows an item of a list is mostly another one."""
    now = after.placements.filter(until__isnull=True).first() if after else None
    if now is None or now.kind not in (Placement.Kind.BULLET, Placement.Kind.NUMBERED):
        return {}
    return {"kind": now.kind, "level": now.level}
