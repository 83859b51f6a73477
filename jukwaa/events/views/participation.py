"""Calling others to take part, pledging, changing and taking back a pledge, and telling what came of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.refusals import ActionRefused
from jukwaa.events import actions
from jukwaa.events.actions.pledges import require_open_call
from jukwaa.events.forms.participation import (
    FeedbackForm,
    ParticipationCallForm,
    ParticipationReportForm,
    PledgeEditForm,
    PledgeForm,
)
from jukwaa.events.models import Feedback, Occurrence, Pledge
from jukwaa.events.views.common import build_event_context, get_occurrence_or_404, require_can_change_event
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

CALL_TEMPLATE, PLEDGE_TEMPLATE, CHANGE_TEMPLATE = (
    "events/call_edit.html",
    "events/pledge_new.html",
    "events/pledge_edit.html",
)
FEEDBACK_TEMPLATE, TOOK_PART_TEMPLATE = "events/feedback.html", "events/took_part.html"


@require_http_methods(["GET", "POST"])
def call_edit(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Ask others to take part, or say anew what is asked."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    require_can_change_event(request, found.event)
    form = ParticipationCallForm(get_form_data(request), event=found.event, viewer=request.user, occurrence=found)
    return form_view(
        request,
        form,
        template=CALL_TEMPLATE,
        context=build_event_context(request, found.event, occurrence=found),
        action=lambda: actions.call_to_take_part(
            actor=request.user,
            occurrence=found,
            call_details=form.build_call_details(),
            from_version=form.cleaned_data["version"],
            materials=form.found,
        ),
        current_values=lambda conflict: ParticipationCallForm.get_initial(conflict.current, request.user),
        success_message=_(
            "Call for pledges published. We will first email organisations that took part before, then all other"
            " members."
        ),
        redirect_to=found,
    )


@require_http_methods(["GET", "POST"])
def pledge_new(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    _require_any_representation(request)
    form = PledgeForm(get_form_data(request), standing=request.standing)
    return form_view(
        request,
        form,
        template=PLEDGE_TEMPLATE,
        context=build_event_context(request, found.event, occurrence=found, why_not=_get_participation_refusal(found)),
        action=lambda: actions.pledge(
            actor=request.user,
            occurrence=found,
            organisation=form.get_organisation(),
            promise=form.build_pledge_details(),
            token=form.cleaned_data["token"],
        ),
        success_message=_(
            "Thank you. Your pledge is now on the event page. After the event, we will ask you for the outcome."
        ),
        redirect_to=found,
    )


def _get_participation_refusal(occurrence: Occurrence) -> str:
    """Return why nobody can pledge now; an empty string if they can."""
    try:
        require_open_call(occurrence)
    except ActionRefused as refused:
        return str(refused)
    return ""


def _require_any_representation(request: MemberRequest) -> None:
    if not request.standing.speaks_for:
        raise PermissionDenied(_("Only confirmed representatives of an organisation can pledge on its behalf."))


def get_own_pledge_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Pledge:
    """Return the pledge. Raises Http404 if it is not readable, PermissionDenied for other organisations."""
    rows = Pledge.objects.visible_to(request.user).filter(occurrence__event__coalition=coalition)
    found = get_object_or_404(rows.select_related("occurrence__event", "organisation", "capacity"), pk=pk)
    found.occurrence.event.coalition = coalition
    if found.organisation_id not in request.standing.speaks_for:
        raise PermissionDenied(_("Only people who represent the organisation can change its pledge."))
    return found


@require_http_methods(["GET", "POST"])
def pledge_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = get_own_pledge_or_404(request, coalition, pk)
    form = PledgeEditForm(get_form_data(request), standing=request.standing, pledge=pledge)
    return form_view(
        request,
        form,
        template=CHANGE_TEMPLATE,
        context=build_event_context(request, pledge.occurrence.event, occurrence=pledge.occurrence, pledge=pledge),
        action=lambda: actions.change_pledge(
            actor=request.user,
            pledge=pledge,
            promise=form.build_pledge_details(),
            from_version=form.cleaned_data["version"],
        ),
        current_values=lambda conflict: PledgeEditForm.get_initial(conflict.current),
        success_message=_("The changes have been saved."),
        redirect_to=pledge.occurrence,
    )


@require_http_methods(["GET", "POST"])
def pledge_take_back(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    pledge = get_own_pledge_or_404(request, coalition, pk)
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
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.withdraw_pledge(actor=request.user, pledge=pledge),
        success_message=_("Pledge withdrawn. It is no longer shown."),
        redirect_to=pledge.occurrence,
    )


@require_http_methods(["GET", "POST"])
def feedback_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What came of a pledge."""
    pledge = get_own_pledge_or_404(request, coalition, pk)
    there = Feedback.objects.filter(pledge=pledge.pk).first()
    form = FeedbackForm(get_form_data(request), feedback=there)
    return form_view(
        request,
        form,
        template=FEEDBACK_TEMPLATE,
        context=build_event_context(request, pledge.occurrence.event, occurrence=pledge.occurrence, pledge=pledge),
        action=lambda: actions.give_pledge_feedback(
            actor=request.user,
            pledge=pledge,
            details=form.get_action_arguments(),
            from_version=form.cleaned_data["version"] or 0,
        ),
        current_values=lambda conflict: FeedbackForm.get_initial(conflict.current),
        success_message=_("Thank you. Your report is now on the outcomes page."),
        redirect_to=_build_year_url(coalition, pledge.occurrence),
    )


@require_http_methods(["GET", "POST"])
def participation_report(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Record what an organisation did that had not pledged anything."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    _require_any_representation(request)
    form = ParticipationReportForm(get_form_data(request), viewer_standing=request.standing)
    return form_view(
        request,
        form,
        template=TOOK_PART_TEMPLATE,
        context=build_event_context(request, found.event, occurrence=found),
        action=lambda: actions.report_event_participation(
            actor=request.user,
            occurrence=found,
            organisation=form.get_organisation(),
            promise=form.build_pledge_details(),
            told=form.get_action_arguments(),
            token=form.cleaned_data["token"],
        ),
        success_message=_("Thank you. Your report is now on the outcomes page."),
        redirect_to=_build_year_url(coalition, found),
    )


def _build_year_url(coalition: Coalition, occurrence: Occurrence) -> str:
    return reverse("events:year_detail", args=[coalition.slug, occurrence.event_id, occurrence.pk])
