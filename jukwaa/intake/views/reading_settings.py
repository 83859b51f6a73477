"""What is said once for a whole reading."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.intake import actions
from jukwaa.intake.desk import build_desk_url
from jukwaa.intake.forms import ActorMatchForm, ReadingPartForm
from jukwaa.intake.models import Actor, DeskKind, Reading
from jukwaa.intake.views.shortcuts import get_int_param, get_reading_or_404

MAX_OFFERED_ACTOR_NAMES = 300  # names in the list that a browser offers while one types


@require_POST
def reading_scope(request: MemberRequest, coalition: Coalition, pk: int, scope: str) -> HttpResponse:
    if scope not in Reading.Scope.values:
        raise Http404
    reading = get_reading_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.choose_decision_scope(actor=request.user, reading=reading, decision_scope=scope),
        redirect_to=build_desk_url(reading, None),
    )


@require_POST
def reading_accept_rest(request: MemberRequest, coalition: Coalition, pk: int, kind: str) -> HttpResponse:
    if kind not in DeskKind.values:
        raise Http404
    reading = get_reading_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.accept_remaining_suggestions(actor=request.user, reading=reading, suggestion_kind=kind),
        success_message=lambda count: (
            ngettext("Accepted %(n)s suggestion: %(kind)s.", "Accepted %(n)s suggestions: %(kind)s.", count)
            % {"n": count, "kind": DeskKind(kind).label}
        ),
        redirect_to=reading,
    )


@require_POST
def reading_accept_undo(request: MemberRequest, coalition: Coalition, pk: int, kind: str) -> HttpResponse:
    """Take back what was accepted together. The moment at which that was done says which suggestions are meant."""
    reading = get_reading_or_404(request, coalition, pk)
    decided_at = parse_datetime(request.POST.get("decided_at", ""))
    if kind not in DeskKind.values or decided_at is None or is_naive(decided_at):
        raise Http404
    return form_view(
        request,
        action=lambda: actions.undo_joint_decision(
            actor=request.user, reading=reading, suggestion_kind=kind, decided_at=decided_at
        ),
        success_message=_describe_undone_decisions,
        redirect_to=reading,
    )


def _describe_undone_decisions(undone: actions.UndoneDecisions) -> str:
    if n := undone.removed:
        return ngettext("Removed %(n)s entry.", "Removed %(n)s entries.", n) % {"n": n}
    n = undone.reopened
    words = ngettext("%(n)s suggestion needs to be reviewed again.", "%(n)s suggestions need to be reviewed again.", n)
    return words % {"n": n}


@require_http_methods(["GET", "POST"])
def reading_give_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    return form_view(
        request,
        template="intake/reading_give_up.html",
        context={"reading": reading},
        action=lambda: actions.stop_reading(actor=request.user, reading=reading),
        success_message=_("Import stopped. Your decisions are saved, and you can resume the import."),
        redirect_to=reverse("intake:reading_list", args=[coalition.slug]),
    )


@require_POST
def reading_take_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    return form_view(
        request, action=lambda: actions.resume_reading(actor=request.user, reading=reading), redirect_to=reading
    )


@require_http_methods(["GET", "POST"])
def part_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    at = get_int_param(request, "sentence")
    form = ReadingPartForm(get_form_data(request), initial={"first": at, "last": at})
    return form_view(
        request,
        form,
        template="intake/part_form.html",
        context={"reading": reading},
        action=lambda: actions.create_reading_part(actor=request.user, reading=reading, **form.cleaned_data),
        redirect_to=lambda part: build_desk_url(reading, part.first),
    )


@require_POST
def part_delete(request: MemberRequest, coalition: Coalition, pk: int, part: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    found = get_object_or_404(reading.parts, pk=part)
    return form_view(
        request,
        action=lambda: actions.delete_reading_part(actor=request.user, reading_part=found),
        redirect_to=build_desk_url(reading, None),
    )


@require_http_methods(["GET", "POST"])
def actor_detail(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Who a name of the document is: decided once, and used for all its sentences."""
    reading, found = _get_actor_or_404(request, coalition, pk, name)
    form = ActorMatchForm(get_form_data(request), coalition=coalition, named_actor=found)
    at = get_int_param(request, "at")
    back_url = (
        reverse("intake:reading_attendance", args=[coalition.slug, pk])
        if request.GET.get("from") == "attendance"
        else build_desk_url(reading, at)
    )
    context = {
        "reading": reading,
        "name": found,
        "at": at,
        "cancel": back_url,
        "organisations": Organisation.objects.of(coalition).values_list("name", flat=True)[:MAX_OFFERED_ACTOR_NAMES],
    }
    return form_view(
        request,
        form,
        template="intake/actor_form.html",
        context=context,
        action=lambda: _match_actor_from_form(request, found, form),
        on_refusal=lambda refusal: _redirect_with_error(request, refusal, back_url),
        redirect_to=back_url,
    )


@require_POST
def actor_match(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Yes, it is the one that the directory suggests."""
    reading, found = _get_actor_or_404(request, coalition, pk, name)
    likely = found.suggested_organisation
    if likely is None:
        return redirect(reading)
    at = get_int_param(request, "at")
    return form_view(
        request,
        action=lambda: actions.match_actor_to_organisation(actor=request.user, named_actor=found, organisation=likely),
        redirect_to=_build_entry_url(request, reading)
        if request.GET.get("from") == "add"
        else build_desk_url(reading, at),
    )


@require_POST
def actors_match(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Yes, all of these are as the directory suggests: the names that the page listed."""
    reading = get_reading_or_404(request, coalition, pk)
    names = [parse_row_number(number) for number in request.POST.getlist("name")]
    return form_view(
        request,
        action=lambda: actions.match_to_suggested_organisations(actor=request.user, reading=reading, names=names),
        success_message=lambda count: ngettext("%(n)s name matched.", "%(n)s names matched.", count) % {"n": count},
        redirect_to=_build_entry_url(request, reading),
    )


def _build_entry_url(request: MemberRequest, reading: Reading) -> str:
    """The page before the record, for the meeting that it was opened for, with the commitments that are separate."""
    kept = {name: request.POST.getlist(name) for name in ("into", "separate")}
    return f"{reverse('intake:reading_enter', args=[reading.coalition.slug, reading.pk])}?{urlencode(kept, doseq=True)}"


def _get_actor_or_404(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> tuple[Reading, Actor]:
    reading = get_reading_or_404(request, coalition, pk)
    found = get_object_or_404(reading.actors.select_related("organisation", "likely"), pk=name)
    found.reading = reading
    return reading, found


def _match_actor_from_form(request: MemberRequest, named_actor: Actor, form: ActorMatchForm) -> None:
    means = form.cleaned_data["means"]
    if form.found is not None:
        actions.match_actor_to_organisation(actor=request.user, named_actor=named_actor, organisation=form.found)
    elif means == Actor.Means.NEW:
        actions.set_actor_as_new_organisation(
            actor=request.user, named_actor=named_actor, new_name=form.cleaned_data["new_name"]
        )
    else:
        actions.leave_actor_unmatched(actor=request.user, named_actor=named_actor)


def _redirect_with_error(request: MemberRequest, refusal: ActionRefused, url: str) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect(url)
