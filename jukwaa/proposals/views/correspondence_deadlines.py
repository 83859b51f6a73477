"""The pages of deadlines in messages: confirm one that was found, add one, mark it as done."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.proposals import actions, policies
from jukwaa.proposals.correspondence_models import CorrespondenceDeadline, CorrespondenceMessage
from jukwaa.proposals.forms import MessageDeadlineForm
from jukwaa.proposals.views.correspondence import CORRESPONDENCE_FORM_TEMPLATE, get_editable_message_or_404

DeadlineState = CorrespondenceDeadline.State


def get_deadline_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> CorrespondenceDeadline:
    """403 for those who may read its message and not decide about it."""
    readable = CorrespondenceMessage.objects.visible_to(request.user).of(coalition)
    rows = CorrespondenceDeadline.objects.filter(message__in=readable).select_related("message__proposal")
    deadline = get_object_or_404(rows, pk=pk)
    message = deadline.message
    message.coalition = coalition
    if message.proposal is not None:
        message.proposal.coalition = coalition
    if not policies.can_change_message(request.standing, message):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of the proposal can change this message.")
        )
    return deadline


@require_http_methods(["GET", "POST"])
def deadline_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_editable_message_or_404(request, coalition, pk)
    form = MessageDeadlineForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=CORRESPONDENCE_FORM_TEMPLATE,
        context={"above": message.get_absolute_url(), "above_title": message, "heading": _("Add a deadline")}
        | {
            "lead": _(
                "The deadline will appear in the tasks of coordinators, chairs, rapporteurs and the team of the"
                " proposal."
            ),
            "button": _("Add deadline"),
        },
        action=lambda: actions.set_message_deadline(actor=request.user, message=message, **form.get_values()),
        success_message=_("Deadline added."),
        redirect_to=message,
    )


@require_http_methods(["GET", "POST"])
def deadline_confirm(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    deadline = get_deadline_or_404(request, coalition, pk)
    form = MessageDeadlineForm(get_form_data(request), initial={"day": deadline.day, "task": deadline.task})
    above = deadline.message.get_absolute_url()
    return form_view(
        request,
        form,
        template=CORRESPONDENCE_FORM_TEMPLATE,
        context={"above": above, "above_title": deadline.message, "heading": _("Confirm a deadline")}
        | {
            "lead": _(
                "The deadline will appear in the tasks of coordinators, chairs, rapporteurs and the team of the"
                " proposal."
            ),
            "quote": deadline.words,
        }
        | {"button": _("Confirm deadline")},
        action=lambda: actions.confirm_message_deadline(
            actor=request.user, message_deadline=deadline, **form.get_values()
        ),
        success_message=_("Deadline confirmed."),
        redirect_to=above,
    )


@require_POST
def deadline_done(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    deadline = get_deadline_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.close_message_deadline(
            actor=request.user, message_deadline=deadline, new_state=DeadlineState.DONE
        ),
        success_message=_("Deadline marked as done."),
        redirect_to=deadline.message,
    )


@require_POST
def deadline_dismiss(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    deadline = get_deadline_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.close_message_deadline(
            actor=request.user, message_deadline=deadline, new_state=DeadlineState.DISMISSED
        ),
        success_message=_("Suggestion dismissed."),
        redirect_to=deadline.message,
    )
