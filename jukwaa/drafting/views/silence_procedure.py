"""Holding the result of a call, and clarifying what holds it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.drafting import actions, policies
from jukwaa.drafting.forms.agreement import CallHoldForm, ClarifyHoldForm
from jukwaa.drafting.models import Call, Text
from jukwaa.drafting.views.agreement import AGREEMENT_TAB_NAME, get_call_or_404
from jukwaa.drafting.views.common import build_text_context, get_text_or_404

CALL_HOLD_TEMPLATE = "drafting/call_hold.html"


def _get_managed_call_or_404(request: MemberRequest, coalition: Coalition, pk: int, call_number: int) -> Call:
    found = get_call_or_404(get_text_or_404(request, coalition, pk), call_number)
    if not policies.can_manage_call(request.standing, found.text):
        raise PermissionDenied(
            _("Only a coordinator or the chair can put the result on hold, or clarify the objection.")
        )
    return found


@require_http_methods(["GET", "POST"])
def call_result_hold(request: MemberRequest, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    found = _get_managed_call_or_404(request, coalition, pk, call)
    form = CallHoldForm(get_form_data(request))
    heading = _("Put the result on hold")
    return form_view(
        request,
        form,
        template=CALL_HOLD_TEMPLATE,
        context=lambda: {
            **build_text_context(request, found.text, AGREEMENT_TAB_NAME),
            "call": found,
            "heading": heading,
            "button": heading,
        },
        action=lambda: actions.put_call_result_on_hold(
            actor=request.user, call=found, reason=form.cleaned_data["reason"]
        ),
        success_message=_("The result is on hold until you clarify the objection."),
        redirect_to=_get_call_address(found.text, found),
    )


@require_http_methods(["GET", "POST"])
def call_hold_clarify(request: MemberRequest, coalition: Coalition, pk: int, call: int, hold: int) -> HttpResponse:
    found = _get_managed_call_or_404(request, coalition, pk, call)
    held = get_object_or_404(found.holds.select_related("post"), pk=hold)
    held.call = found
    form = ClarifyHoldForm(get_form_data(request))
    heading = _("Clarify the objection")
    return form_view(
        request,
        form,
        template=CALL_HOLD_TEMPLATE,
        context=lambda: {
            **build_text_context(request, found.text, AGREEMENT_TAB_NAME),
            "call": found,
            "hold": held,
            "heading": heading,
            "button": _("Save clarification"),
        },
        action=lambda: actions.clarify_mailing_list_hold(
            actor=request.user, hold=held, clarification=form.cleaned_data["clarification"]
        ),
        success_message=_("The clarification has been saved."),
        redirect_to=_get_call_address(found.text, found),
    )


def _get_call_address(text: Text, call: Call) -> str:
    return reverse("drafting:call_detail", args=[text.coalition.slug, text.pk, call.pk])
