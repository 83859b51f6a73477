"""Calling others to take part, pledging, changing and taking back a pledge, and telling what came of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.core.http import invalid
from jukwaa.core.overtaken import overtaken
from jukwaa.events import actions
from jukwaa.events.actions import StaleDate, StalePledge
from jukwaa.events.actions.pledging import refuse_closed
from jukwaa.events.forms.taking_part import CallForm, FeedbackForm, PledgeEditForm, PledgeForm, TookPartForm
from jukwaa.events.models import Feedback, Occurrence, Pledge
from jukwaa.events.views.common import around, refuse_others, visible_occurrence
from jukwaa.records.doors import asked_first
from jukwaa.records.views.common import ask

CALL, PLEDGE, CHANGE = "events/call_edit.html", "events/pledge_new.html", "events/pledge_edit.html"
FEEDBACK, TOOK_PART = "events/feedback.html", "events/took_part.html"


@require_http_methods(["GET", "POST"])
def call_edit(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Ask others to take part, or say anew what is asked."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    form = CallForm(request.POST or None, event=found.event, viewer=request.user, occurrence=found)
    context = around(request, found.event, form=form, occurrence=found)
    if answer := asked_first(request, coalition, form, CALL, context):
        return answer
    try:
        actions.call_to_take_part(
            actor=request.user,
            occurrence=found,
            asked=form.asked(),
            from_version=form.cleaned_data["version"],
            materials=form.found,
        )
    except StaleDate as stale:
        return overtaken(request, CALL, form, CallForm.initial_of(stale.current, request.user), context)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, CALL, context)
    messages.success(request, _("It is asked. Those who took part before hear of it first."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def pledge_new(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = visible_occurrence(request, coalition, pk, occurrence)
    _refuse_who_speaks_for_none(request)
    form = PledgeForm(request.POST or None, standing=request.standing)
    context = around(request, found.event, form=form, occurrence=found, why_not=_why_not(found))
    if answer := asked_first(request, coalition, form, PLEDGE, context):
        return answer
    try:
        actions.pledge(
            actor=request.user,
            occurrence=found,
            organisation=form.on_behalf_of(),
            promise=form.promise(),
            token=form.cleaned_data["token"],
        )
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, PLEDGE, context)
    messages.success(request, _("Thank you. It stands on the page; afterwards you are asked how it went."))
    return redirect(found)


def _why_not(occurrence: Occurrence) -> str:
    """Why nobody can pledge, if so; empty where one can."""
    try:
        refuse_closed(occurrence)
    except Refused as refused:
        return str(refused)
    return ""


def _refuse_who_speaks_for_none(request: MemberRequest) -> None:
    if not request.standing.speaks_for:
        raise PermissionDenied(_("You can pledge for an organisation once it has confirmed that you may speak for it."))


def own_pledge(request: MemberRequest, coalition: Coalition, pk: int) -> Pledge:
    """404 for one of an event that one may not see; 403 for who does not speak for its organisation."""
    rows = Pledge.objects.visible_to(request.user).filter(occurrence__event__coalition=coalition)
    found = get_object_or_404(rows.select_related("occurrence__event", "organisation", "capacity"), pk=pk)
    found.occurrence.event.coalition = coalition
    if found.organisation_id not in request.standing.speaks_for:
        raise PermissionDenied(_("Those who speak for the organisation change what it pledged."))
    return found


@require_http_methods(["GET", "POST"])
def pledge_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = own_pledge(request, coalition, pk)
    form = PledgeEditForm(request.POST or None, standing=request.standing, pledge=pledge)
    context = around(request, pledge.occurrence.event, form=form, occurrence=pledge.occurrence, pledge=pledge)
    if answer := asked_first(request, coalition, form, CHANGE, context):
        return answer
    try:
        actions.change_pledge(
            actor=request.user, pledge=pledge, promise=form.promise(), from_version=form.cleaned_data["version"]
        )
    except StalePledge as stale:
        return overtaken(request, CHANGE, form, PledgeEditForm.initial_of(stale.current), context)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, CHANGE, context)
    messages.success(request, _("It is saved."))
    return redirect(pledge.occurrence)


@require_http_methods(["GET", "POST"])
def pledge_take_back(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = own_pledge(request, coalition, pk)
    if request.method == "POST":
        actions.take_back_pledge(actor=request.user, pledge=pledge)
        messages.success(request, _("It is taken back, and shown no more."))
        return redirect(pledge.occurrence)
    return ask(
        request,
        title=_("Take this pledge back"),
        quote=pledge.activity,
        sentences=[_("It is shown no more. You need give no reason, and you can pledge again.")],
        button=_("Take it back"),
        stop=True,
        back=pledge.occurrence.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def feedback(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What came of a pledge."""
    pledge = own_pledge(request, coalition, pk)
    there = Feedback.objects.filter(pledge=pledge.pk).first()
    form = FeedbackForm(request.POST or None, feedback=there)
    context = around(request, pledge.occurrence.event, form=form, occurrence=pledge.occurrence, pledge=pledge)
    if answer := asked_first(request, coalition, form, FEEDBACK, context):
        return answer
    told: dict[str, Any] = form.told()
    try:
        actions.give_feedback(
            actor=request.user, pledge=pledge, told=told, from_version=form.cleaned_data["version"] or 0
        )
    except StalePledge as stale:
        return overtaken(request, FEEDBACK, form, FeedbackForm.initial_of(stale.current), context)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return invalid(request, FEEDBACK, context)
    messages.success(request, _("Thank you. It stands on the page of the year."))
    return _to_the_year(coalition, pledge.occurrence)


@require_http_methods(["GET", "POST"])
def took_part(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """For an organisation that took part and had pledged nothing."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    _refuse_who_speaks_for_none(request)
    form = TookPartForm(request.POST or None, standing=request.standing)
    context = around(request, found.event, form=form, occurrence=found)
    if answer := asked_first(request, coalition, form, TOOK_PART, context):
        return answer
    try:
        actions.tell_of_taking_part(
            actor=request.user,
            occurrence=found,
            organisation=form.on_behalf_of(),
            promise=form.promise(),
            told=form.told(),
            token=form.cleaned_data["token"],
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return invalid(request, TOOK_PART, context)
    messages.success(request, _("Thank you. It stands on the page of the year."))
    return _to_the_year(coalition, found)


def _to_the_year(coalition: Coalition, occurrence: Occurrence) -> HttpResponse:
    return redirect(reverse("events:year_detail", args=[coalition.slug, occurrence.event_id, occurrence.pk]))
