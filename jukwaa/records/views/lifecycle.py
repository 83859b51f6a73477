"""Taking a record out of sight: withdrawn by those who keep it, held, released and purged by the safeguarding lead."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.records import actions, policies
from jukwaa.records.forms import WithdrawForm
from jukwaa.records.models import Record, State
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, build_withdrawal_confirmation, get_record_or_404

DEFAULT_WITHDRAW_URL = "records:withdraw"


@require_http_methods(["GET", "POST"])
def record_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    if record.kind_info.withdraw_url_name != DEFAULT_WITHDRAW_URL:
        return redirect(record.kind_info.withdraw_url_name, coalition.slug, pk)
    if not policies.can_withdraw_record(request.standing, record):
        raise PermissionDenied
    form = WithdrawForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=CONFIRMATION_TEMPLATE,
        context=build_withdrawal_confirmation(record),
        action=lambda: actions.withdraw_record(actor=request.user, record=record, reason=form.cleaned_data["reason"]),
        success_message=_("“%(title)s” has been withdrawn.") % {"title": record.title},
        redirect_to=coalition,
    )


@require_http_methods(["GET", "POST"])
def record_hold(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    if not policies.can_quarantine_record(request.standing, record):
        raise PermissionDenied
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=lambda: _build_quarantine_confirmation(record),
        action=lambda: actions.hold_record_in_quarantine(actor=request.user, record=record),
        success_message=_("Record quarantined. Only the safeguarding lead can see it."),
        redirect_to=reverse("records:held_list", args=[coalition.slug]),
    )


def _build_quarantine_confirmation(record: Record) -> dict[str, Any]:
    has_minutes = record.whole().get_dependent_records().exists()
    return {
        "title": _("Quarantine a record"),
        "object": record.title,
        "sentences": [
            _(
                "Readers, including the authors and the coordinators, will immediately stop seeing this record on"
                " pages and in lists, search results and new downloads."
            ),
            *(
                [_("The minutes of the meeting will also be quarantined, and released together with the meeting.")]
                if has_minutes
                else []
            ),
            _("Only the safeguarding lead will be able to read, release or delete the record."),
        ],
        "button": _("Quarantine record"),
        "stop": True,
        "back": record.get_absolute_url(),
    }


@require_POST
def record_release(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.release_record_from_quarantine(actor=request.user, record=record),
        success_message=_("Record released. It has the same status as before."),
        redirect_to=reverse("records:held_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def record_purge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    if not policies.can_quarantine_record(request.standing, record) or record.state != State.HELD:
        raise PermissionDenied(
            _("Quarantine the record first. Only a record in quarantine can be deleted permanently.")
        )
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=lambda: _build_purge_confirmation(record),
        action=lambda: actions.purge_record(actor=request.user, record=record),
        success_message=_("The item has been deleted permanently."),
        redirect_to=reverse("records:held_list", args=[coalition.slug]),
    )


def _build_purge_confirmation(record: Record) -> dict[str, Any]:
    has_minutes = record.whole().get_dependent_records().exists()
    return {
        "title": _("Delete a record permanently"),
        "object": record.title,
        "sentences": [
            _(
                "We will delete the text, versions, files and comments of the record, and quotations from it in other "
                "records."
            ),
            *([_("The minutes of the meeting will also be deleted.")] if has_minutes else []),
            _("The activity log will still show that the record existed and who deleted it."),
        ],
        "button": _("Delete permanently"),
        "stop": True,
        "back": record.get_absolute_url(),
    }
