"""Calling others to take part, pledging, changing and taking back a pledge, and telling what came of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.refusals import ActionRefused
from jukwaa.events import actions
from jukwaa.events.actions.pledging import refuse_closed
from jukwaa.events.forms.taking_part import CallForm, FeedbackForm, PledgeEditForm, PledgeForm, TookPartForm
from jukwaa.events.models import Feedback, Occurrence, Pledge
from jukwaa.events.views.common import around, refuse_others, visible_occurrence
from jukwaa.records.views.common import QUESTION

CALL, PLEDGE, CHANGE = "events/call_edit.html", "events/pledge_new.html", "events/pledge_edit.html"
FEEDBACK, TOOK_PART = "events/feedback.html", "events/took_part.html"


@require_http_methods(["GET", "POST"])
def call_edit(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Ask others to take part, or say anew what is asked."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    refuse_others(request, found.event)
    form = CallForm(form_data(request), event=found.event, viewer=request.user, occurrence=found)
    return form_view(
        request,
        form,
        template=CALL,
        context=around(request, found.event, occurrence=found),
        action=lambda: actions.call_to_take_part(
            actor=request.user,
            occurrence=found,
            asked=form.asked(),
            from_version=form.cleaned_data["version"],
            materials=form.found,
        ),
        current_values=lambda conflict: CallForm.initial_of(conflict.current, request.user),
        success=_(
            "Call for pledges published. We will email organisations that took part before first, then "
            "all other members."
        ),
        redirect_to=found,
    )


@require_http_methods(["GET", "POST"])
def pledge_new(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = visible_occurrence(request, coalition, pk, occurrence)
    _refuse_who_speaks_for_none(request)
    form = PledgeForm(form_data(request), standing=request.standing)
    return form_view(
        request,
        form,
        template=PLEDGE,
        context=around(request, found.event, occurrence=found, why_not=_why_not(found)),
        action=lambda: actions.pledge(
            actor=request.user,
            occurrence=found,
            organisation=form.on_behalf_of(),
            promise=form.promise(),
            token=form.cleaned_data["token"],
        ),
        success=_("Thank you. Your pledge is now on the page. After the event, we will ask you how it went."),
        redirect_to=found,
    )


def _why_not(occurrence: Occurrence) -> str:
    """Why nobody can pledge, if so; empty where one can."""
    try:
        refuse_closed(occurrence)
    except ActionRefused as refused:
        return str(refused)
    return ""


def _refuse_who_speaks_for_none(request: MemberRequest) -> None:
    if not request.standing.speaks_for:
        raise PermissionDenied(
            _("You can pledge on behalf of an organisation once it has confirmed that you may represent it.")
        )


def own_pledge(request: MemberRequest, coalition: Coalition, pk: int) -> Pledge:
    """404 for one of an event that one may not see; 403 for who does not speak for its organisation."""
    rows = Pledge.objects.visible_to(request.user).filter(occurrence__event__coalition=coalition)
    found = get_object_or_404(rows.select_related("occurrence__event", "organisation", "capacity"), pk=pk)
    found.occurrence.event.coalition = coalition
    if found.organisation_id not in request.standing.speaks_for:
        raise PermissionDenied(_("Only people who represent the organisation can change its pledge."))
    return found


@require_http_methods(["GET", "POST"])
def pledge_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = own_pledge(request, coalition, pk)
    form = PledgeEditForm(form_data(request), standing=request.standing, pledge=pledge)
    return form_view(
        request,
        form,
        template=CHANGE,
        context=around(request, pledge.occurrence.event, occurrence=pledge.occurrence, pledge=pledge),
        action=lambda: actions.change_pledge(
            actor=request.user, pledge=pledge, promise=form.promise(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda conflict: PledgeEditForm.initial_of(conflict.current),
        success=_("Saved."),
        redirect_to=pledge.occurrence,
    )


@require_http_methods(["GET", "POST"])
def pledge_take_back(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = own_pledge(request, coalition, pk)
    question = {
        "title": _("Withdraw this pledge?"),
        "quote": pledge.activity,
        "sentences": [
            _("The pledge will no longer be shown. You do not need to give a reason, and you can pledge again.")
        ],
        "button": _("Withdraw pledge"),
        "stop": True,
        "back": pledge.occurrence.get_absolute_url(),
    }
    return form_view(
        request,
        template=QUESTION,
        context=question,
        action=lambda: actions.take_back_pledge(actor=request.user, pledge=pledge),
        success=_("Pledge withdrawn. It is no longer shown."),
        redirect_to=pledge.occurrence,
    )


@require_http_methods(["GET", "POST"])
def feedback(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What came of a pledge."""
    pledge = own_pledge(request, coalition, pk)
    there = Feedback.objects.filter(pledge=pledge.pk).first()
    form = FeedbackForm(form_data(request), feedback=there)
    return form_view(
        request,
        form,
        template=FEEDBACK,
        context=around(request, pledge.occurrence.event, occurrence=pledge.occurrence, pledge=pledge),
        action=lambda: actions.give_feedback(
            actor=request.user, pledge=pledge, told=form.told(), from_version=form.cleaned_data["version"] or 0
        ),
        current_values=lambda conflict: FeedbackForm.initial_of(conflict.current),
        success=_("Thank you. Your report is now on the outcomes page."),
        redirect_to=_year_url(coalition, pledge.occurrence),
    )


@require_http_methods(["GET", "POST"])
def took_part(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """For an organisation that took part and had pledged nothing."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    _refuse_who_speaks_for_none(request)
    form = TookPartForm(form_data(request), standing=request.standing)
    return form_view(
        request,
        form,
        template=TOOK_PART,
        context=around(request, found.event, occurrence=found),
        action=lambda: actions.tell_of_taking_part(
            actor=request.user,
            occurrence=found,
            organisation=form.on_behalf_of(),
            promise=form.promise(),
            told=form.told(),
            token=form.cleaned_data["token"],
        ),
        success=_("Thank you. Your report is now on the outcomes page."),
        redirect_to=_year_url(coalition, found),
    )


def _year_url(coalition: Coalition, occurrence: Occurrence) -> str:
    return reverse("events:year_detail", args=[coalition.slug, occurrence.event_id, occurrence.pk])
