"""What is said once for a whole reading."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.http import invalid, page
from jukwaa.intake import actions
from jukwaa.intake.actions import Closed, Refused
from jukwaa.intake.desk import url_of
from jukwaa.intake.forms import ActorForm, PartForm
from jukwaa.intake.models import Actor, DeskKind, Reading
from jukwaa.intake.views.fetching import PROBLEMS, find_reading, number_in, sentence_about

OFFERED = 300  # names in the list that a browser offers while one types


@require_POST
def reading_scope(request: MemberRequest, coalition: Coalition, pk: int, scope: str) -> HttpResponse:
    if scope not in Reading.Scope.values:
        raise Http404
    reading = find_reading(request, coalition, pk)
    return _try(request, reading, lambda: actions.choose_scope(actor=request.user, reading=reading, scope=scope))


@require_POST
def reading_accept_rest(request: MemberRequest, coalition: Coalition, pk: int, kind: str) -> HttpResponse:
    if kind not in DeskKind.values:
        raise Http404
    reading = find_reading(request, coalition, pk)
    try:
        count = actions.accept_rest(actor=request.user, reading=reading, kind=kind)
    except Closed as problem:
        messages.error(request, sentence_about(problem))
    else:
        said = ngettext("Accepted %(n)s more: %(kind)s.", "Accepted %(n)s more: %(kind)s.", count)
        messages.success(request, said % {"n": count, "kind": DeskKind(kind).label})
    return redirect(reading)


@require_http_methods(["GET", "POST"])
def reading_give_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    if request.method != "POST":
        return page(request, "intake/reading_give_up.html", {"here": "readings", "reading": reading})
    actions.give_up(actor=request.user, reading=reading)
    messages.success(request, _("Given up. What was decided is kept, and the reading can be taken up again."))
    return redirect("intake:reading_list", coalition.slug)


@require_POST
def reading_take_up(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    actions.take_up(actor=request.user, reading=reading)
    return redirect(reading)


@require_http_methods(["GET", "POST"])
def part_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    at = number_in(request, "sentence")
    form = PartForm(request.POST or None, initial={"first": at, "last": at})
    context = {"here": "readings", "reading": reading, "form": form}
    if request.method != "POST":
        return page(request, "intake/part_form.html", context)
    if form.is_valid():
        try:
            part = actions.mark_part(actor=request.user, reading=reading, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        except Closed as problem:
            form.add_error(None, sentence_about(problem))
        else:
            return redirect(url_of(reading, part.first))
    return invalid(request, "intake/part_form.html", context)


@require_POST
def part_delete(request: MemberRequest, coalition: Coalition, pk: int, part: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    found = get_object_or_404(reading.parts, pk=part)
    return _try(request, reading, lambda: actions.unmark_part(actor=request.user, part=found))


@require_http_methods(["GET", "POST"])
def actor_detail(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Who a name of the document is: decided once, and used for all its sentences."""
    reading, found = _name(request, coalition, pk, name)
    initial = {
        "means": Actor.Means.MATCHED if found.known or found.asked else Actor.Means.NEW,
        "organisation": found.known or found.asked or "",
        "new_name": found.new_name or found.written,
    }
    form = ActorForm(request.POST or None, coalition=coalition, initial=initial)
    at = number_in(request, "at")
    context = {
        "here": "readings",
        "reading": reading,
        "name": found,
        "form": form,
        "at": at,
        "cancel": url_of(reading, at),
        "organisations": Organisation.objects.of(coalition).values_list("name", flat=True)[:OFFERED],
    }
    if request.method != "POST":
        return page(request, "intake/actor_form.html", context)
    if not form.is_valid():
        return invalid(request, "intake/actor_form.html", context)
    return _try(request, reading, lambda: _say(request, found, form), at)


@require_POST
def actor_match(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> HttpResponse:
    """Yes, it is the one that the directory suggests."""
    reading, found = _name(request, coalition, pk, name)
    likely = found.asked
    if likely is None:
        return redirect(reading)
    match = lambda: actions.match_actor(actor=request.user, name=found, organisation=likely)  # noqa: E731 - done below
    return _try(request, reading, match, number_in(request, "at"))


def _name(request: MemberRequest, coalition: Coalition, pk: int, name: int) -> tuple[Reading, Actor]:
    reading = find_reading(request, coalition, pk)
    found = get_object_or_404(reading.actors.select_related("organisation", "likely"), pk=name)
    found.reading = reading
    return reading, found


def _say(request: MemberRequest, name: Actor, form: ActorForm) -> None:
    means = form.cleaned_data["means"]
    if means == Actor.Means.MATCHED and form.found is not None:
        actions.match_actor(actor=request.user, name=name, organisation=form.found)
    elif means == Actor.Means.NEW:
        actions.name_new_organisation(actor=request.user, name=name, new_name=form.cleaned_data["new_name"])
    else:
        actions.leave_as_written(actor=request.user, name=name)


def _try(request: MemberRequest, reading: Reading, deed: Callable[[], object], at: int | None = None) -> HttpResponse:
    try:
        deed()
    except PROBLEMS as problem:
        messages.error(request, sentence_about(problem))
    return redirect(url_of(reading, at))
