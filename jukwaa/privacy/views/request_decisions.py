"""Deciding on a request, and removing a name from a record once that was granted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.privacy import actions, policies
from jukwaa.privacy.forms import AnswerForm, RemoveNameForm
from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.redaction_preview import build_redaction_preview
from jukwaa.privacy.views.data_requests import get_request_or_404


def _get_request_to_answer_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> DataRequest:
    asked = get_request_or_404(request, coalition, pk)
    if not policies.can_answer_request(request.standing, asked):
        raise PermissionDenied(_("Only coordinators and the safeguarding lead can answer requests from other people."))
    return asked


@require_http_methods(["GET", "POST"])
def data_request_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    asked = _get_request_to_answer_or_404(request, coalition, pk)
    form = AnswerForm(get_form_data(request))
    return form_view(
        request,
        form,
        template="privacy/request_answer.html",
        context={"asked": asked},
        action=lambda: actions.answer_data_request(
            actor=request.user,
            request=asked,
            is_granted=form.cleaned_data["granted"],
            reason=form.cleaned_data["reason"],
        ),
        success_message=_("Decision saved. We have emailed it to the person."),
        redirect_to=reverse("privacy:request_detail", args=[coalition.slug, pk]),
    )


@require_http_methods(["GET", "POST"])
def requested_name_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A GET previews what the names in the address would change: `?names=...`, one a line.

    In a record that they can't read, nothing is previewed.
    """
    asked = _get_request_to_answer_or_404(request, coalition, pk)
    if not asked.is_granted_redaction:
        raise PermissionDenied(_("Grant the request before you remove the name."))
    if asked.record is not None:
        asked.record.coalition = coalition
    if not policies.can_remove_name(request.standing, asked):
        raise PermissionDenied
    is_told = policies.can_locate_name(request.standing, asked)
    names = (is_told and request.GET.get("names")) or asked.name
    form = RemoveNameForm(get_form_data(request), initial={"names": names})
    return form_view(
        request,
        form,
        template="privacy/remove_name.html",
        context=lambda: _build_request_context(request, asked, names),
        action=lambda: actions.remove_requested_name(
            actor=request.user,
            request=asked,
            person_names=form.get_name_list(),
            includes_files=form.cleaned_data["with_files"],
        ),
        success_message=_format_removal_result,
        redirect_to=reverse("privacy:request_detail", args=[coalition.slug, pk]),
    )


def _format_removal_result(count: int | None) -> str:
    if count is None:
        return _("The name has been removed everywhere in this record.")
    sentence = ngettext("The name has been removed in 1 place.", "The name has been removed in %(n)s places.", count)
    return sentence % {"n": count}


def _build_request_context(request: MemberRequest, data_request: DataRequest, submitted_names: str) -> dict[str, Any]:
    record, removable = (
        data_request.record,
        policies.find_removable_names(request.standing, data_request, submitted_names.splitlines()),
    )
    is_told = policies.can_locate_name(request.standing, data_request)
    preview = build_redaction_preview(record, removable) if record is not None and is_told else None
    return {"asked": data_request, "names": submitted_names, "preview": preview}
