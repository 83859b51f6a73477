"""The dates of an event: one of them with all that happens at it, a new one, moving it, calling it off; its hosts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.events import actions
from jukwaa.events.actions.dates import StaleDate
from jukwaa.events.forms.dates import CancelForm, MoveForm, NewDateForm, WhenForm, initial_of
from jukwaa.events.forms.events import HostForm
from jukwaa.events.models import Host, Occurrence
from jukwaa.events.occurring import clashes
from jukwaa.events.views.common import around, refuse_others, visible_event, visible_occurrence
from jukwaa.records.doors import asked_first, at_the_door
from jukwaa.records.views.common import ask

NEW, EDIT, HOSTS = "events/date_new.html", "events/date_edit.html", "events/host_list.html"


@require_http_methods(["GET", "POST"])
def occurrence_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    event = visible_event(request, coalition, pk)
    refuse_others(request, event)
    form = NewDateForm(request.POST or None)
    context = around(request, event, form=form)
    if answer := asked_first(request, coalition, form, NEW, context):
        return answer
    token = form.cleaned_data["token"]
    is_there = token is not None and event.occurrences.filter(token=token).exists()
    if not is_there and _clashes(request, coalition, form):
        return page(request, NEW, context)
    try:
        made = actions.add_date(actor=request.user, event=event, when=form.when(), token=token)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, NEW, context)
    messages.success(request, _("The date is added."))
    return redirect(_of(made, event))


def _of(occurrence: Occurrence, event: Any) -> Occurrence:
    occurrence.event = event
    return occurrence


def _clashes(
    request: MemberRequest, coalition: Coalition, form: WhenForm, occurrence: Occurrence | None = None
) -> bool:
    own = f"occurrence-{occurrence.pk}" if occurrence is not None else ""
    when = form.when()
    found = clashes(coalition, request.user, when.starts_on, when.ends_on, hours=when.hours, but=own)
    return form.shows_clashes(found)


@require_http_methods(["GET", "POST"])
def occurrence_edit(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Another day or place for this one time."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    form = MoveForm(request.POST or None, initial=initial_of(found))
    context = around(request, found.event, form=form, occurrence=found)
    if answer := asked_first(request, coalition, form, EDIT, context):
        return answer
    if _clashes(request, coalition, form, found):
        return page(request, EDIT, context)
    try:
        moved = actions.move_date(
            actor=request.user, occurrence=found, when=form.when(), from_version=form.cleaned_data["version"]
        )
    except StaleDate as stale:
        return overtaken(request, EDIT, form, initial_of(stale.current), context)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, EDIT, context)
    messages.success(request, _("Saved. Calendars that follow it take the change over by themselves."))
    return redirect(_of(moved, found.event))


@require_http_methods(["GET", "POST"])
def occurrence_cancel(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    form = CancelForm(request.POST or None)
    if request.method == "POST":
        if answer := at_the_door(request, coalition, "form", text=form.people_text):
            return answer
        if form.is_valid():
            actions.cancel_date(actor=request.user, occurrence=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is called off. It stays in the calendar, marked, so that nobody travels."))
            return redirect(found)
    return ask(
        request,
        form=form,
        title=_("Call this date off"),
        object=found.event.title,
        sentences=[_("It stays in the calendar, marked as called off, with your reason. What was pledged stays.")],
        button=_("Call it off"),
        stop=True,
        back=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def host_list(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """For those who change it: who hosts it where."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    form = HostForm(request.POST or None)
    hosts = list(found.hosts.all())
    context = around(request, found.event, form=form, occurrence=found, hosts=hosts)
    if answer := asked_first(request, coalition, form, HOSTS, context):
        return answer
    actions.add_host(actor=request.user, occurrence=found, **form.host())
    messages.success(request, _("The host is added."))
    return redirect("events:host_list", coalition.slug, pk, occurrence)


@require_POST
def host_remove(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int, host: int) -> HttpResponse:
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    there = get_object_or_404(Host, occurrence=found.pk, pk=host)
    there.occurrence = found
    actions.remove_host(actor=request.user, host=there)
    messages.success(request, _("The host is taken out."))
    return redirect("events:host_list", coalition.slug, pk, occurrence)
