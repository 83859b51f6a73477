"""What is said once for a whole reading."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.desk import url_of
from jukwaa.intake.forms import ActorForm, PartForm
from jukwaa.intake.models import Actor, DeskKind, Reading
from jukwaa.intake.views.fetching import find_reading, number_in

OFFERED = 300  # names in the list that a browser offers while one types


@require_POST
def reading_scope(request: MemberRequest, coalition: Coalition, pk: int, scope: str) -> HttpResponse:
    if scope not in Reading.Scope.values:
        raise Http404
    reading = find_reading(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.choose_scope(actor=request.user, reading=reading, scope=scope),
        redirect_to=url_of(reading, None),
    )


@require_POST
def reading_accept_rest(request: MemberRequest, coalition: Coalition, pk: int, kind: str) -> HttpResponse:
    if kind not in DeskKind.values:
        raise Http404
    reading = find_reading(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.accept_rest(actor=request.user, reading=reading, kind=kind),
        success=lambda count: (
            ngettext("Accepted %(n)s more suggestion: %(kind)s.", "Accepted %(n)s more suggestion: %(kind)s.", count)
            % {"n": count, "kind": DeskKind(kind).label}
        ),
        redirect_to=reading,
    )


@require_http_methods(["GET", "POST"])
def reading_give_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    return form_view(
        request,
        template="intake/reading_give_up.html",
        context={"reading": reading},
        action=lambda: actions.give_up(actor=request.user, reading=reading),
        success=_("Import stopped. Your decisions are saved, and you can resume the import."),
        redirect_to=reverse("intake:reading_list", args=[coalition.slug]),
    )


@require_POST
def reading_take_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    return form_view(request, action=lambda: actions.take_up(actor=request.user, reading=reading), redirect_to=reading)


@require_http_methods(["GET", "POST"])
def part_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    at = number_in(request, "sentence")
    form = PartForm(form_data(request), initial={"first": at, "last": at})
    return form_view(
        request,
        form,
        template="intake/part_form.html",
        context={"reading": reading},
        action=lambda: actions.mark_part(actor=request.user, reading=reading, **form.cleaned_data),
        redirect_to=lambda part: url_of(reading, part.first),
    )


@require_POST
def part_delete(request: MemberRequest, coalition: Coalition, pk: int, part: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    found = get_object_or_404(reading.parts, pk=part)
    return form_view(
        request,
        action=lambda: actions.unmark_part(actor=request.user, part=found),
        redirect_to=url_of(reading, None),
    )


@require_http_methods(["GET", "POST"])
def actor_detail(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Who a name of the document is: decided once, and used for all its sentences."""
    reading, found = _name(request, coalition, pk, name)
    initial = {
        "means": Actor.Means.MATCHED if found.known or found.asked else Actor.Means.NEW,
        "organisation": found.known or found.asked or "",
        "new_name": found.new_name or found.written,
    }
    form = ActorForm(form_data(request), coalition=coalition, initial=initial)
    at = number_in(request, "at")
    context = {
        "reading": reading,
        "name": found,
        "at": at,
        "cancel": url_of(reading, at),
        "organisations": Organisation.objects.of(coalition).values_list("name", flat=True)[:OFFERED],
    }
    return form_view(
        request,
        form,
        template="intake/actor_form.html",
        context=context,
        action=lambda: _name_actor(request, found, form),
        on_refusal=lambda refusal: _tell(request, refusal, url_of(reading, at)),
        redirect_to=url_of(reading, at),
    )


@require_POST
def actor_match(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Yes, it is the one that the directory suggests."""
    reading, found = _name(request, coalition, pk, name)
    likely = found.asked
    if likely is None:
        return redirect(reading)
    return form_view(
        request,
        action=lambda: actions.match_actor(actor=request.user, name=found, organisation=likely),
        redirect_to=url_of(reading, number_in(request, "at")),
    )


def _name(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> tuple[Reading, Actor]:
    reading = find_reading(request, coalition, pk)
    found = get_object_or_404(reading.actors.select_related("organisation", "likely"), pk=name)
    found.reading = reading
    return reading, found


def _name_actor(request: MemberRequest, name: Actor, form: ActorForm) -> None:
    means = form.cleaned_data["means"]
    if means == Actor.Means.MATCHED and form.found is not None:
        actions.match_actor(actor=request.user, name=name, organisation=form.found)
    elif means == Actor.Means.NEW:
        actions.name_new_organisation(actor=request.user, name=name, new_name=form.cleaned_data["new_name"])
    else:
        actions.leave_as_written(actor=request.user, name=name)


def _tell(request: MemberRequest, refusal: ActionRefused, url: str) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect(url)
