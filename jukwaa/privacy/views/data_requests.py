"""Asking for a correction, or for one's name to be removed: signed in, or as a visitor by a link in an email."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts import rate_limits
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.privacy import actions, policies
from jukwaa.privacy.forms import DataRequestForm
from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.request_links import find_request_by_token
from jukwaa.records.models import Record
from jukwaa.records.policies import can_read

MAX_REQUESTS_SHOWN = 200


@require_GET
def data_request_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """For those who answer them, all; for others, their own."""
    rows = DataRequest.objects.visible_to(request.user).of(coalition).select_related("requester", "decided_by")
    closed = rows.exclude(state=DataRequest.State.ASKED).order_by("-asked_at", "-pk")
    answers = request.standing.is_coordinator or request.standing.is_safeguarding_lead
    context = {
        "waiting": rows.waiting()[:MAX_REQUESTS_SHOWN],
        "closed": closed[:MAX_REQUESTS_SHOWN],
        "answers": answers,
    }
    return render_page(request, "privacy/request_list.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def data_request_new(request: Request, coalition: Coalition) -> HttpResponse:
    return _handle_request_form(request, coalition, record=None)


@login_not_required
@require_http_methods(["GET", "POST"])
def request_about_record(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    return _handle_request_form(request, coalition, record=record)


def _handle_request_form(request: Request, coalition: Coalition, record: Record | None) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    form = DataRequestForm(get_form_data(request), requires_email=person is None, name=person.name if person else "")
    return form_view(
        request,
        form,
        template="privacy/request_new.html",
        context={"record": record},
        action=lambda: _submit_data_request(request, coalition, record, form),
        success_message=_("Your request has been sent. You can follow its progress on this page.") if person else "",
        redirect_to=lambda sent: _get_success_url(coalition, sent),
    )


def _get_success_url(coalition: Coalition, data_request: DataRequest) -> str:
    if data_request.requester_id is None:
        return reverse("privacy:request_sent", args=[coalition.slug])
    return reverse("privacy:request_detail", args=[coalition.slug, data_request.pk])


def _submit_data_request(
    request: Request, coalition: Coalition, record: Record | None, form: DataRequestForm
) -> DataRequest:
    given, actor = form.cleaned_data, request.user if request.user.is_authenticated else None
    rate_limits.count_attempt(rate_limits.DATA_REQUESTS_PER_NETWORK, rate_limits.get_client_network(request))
    if actor is None:
        rate_limits.count_attempt(rate_limits.DATA_REQUESTS_PER_ADDRESS, given["email"])
    asked = actions.DataRequestInput(
        name=given["name"], words=given["words"], record=record, email=given.get("email", "")
    )
    is_redaction = given["kind"] == DataRequest.Kind.REDACTION
    ask = actions.request_name_redaction if is_redaction else actions.request_data_correction
    return ask(actor=actor, coalition=coalition, asked=asked, token=given["token"])


@login_not_required
@require_GET
def data_request_sent(request: Request, coalition: Coalition) -> HttpResponse:  # noqa: ARG001 - as all pages of a coalition
    return render_page(request, "privacy/request_sent.html")


def get_request_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> DataRequest:
    rows = DataRequest.objects.visible_to(request.user).of(coalition)
    found = get_object_or_404(rows.select_related("requester", "decided_by", "record"), pk=pk)
    found.coalition = coalition
    return found


@require_GET
def data_request_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    asked = get_request_or_404(request, coalition, pk)
    record = asked.record
    if record is not None:
        record.coalition = coalition
    context = {
        "asked": asked,
        "record": record if record is not None and can_read(request.standing, record) else None,
        "may_answer": policies.can_answer_request(request.standing, asked),
        "may_remove": policies.can_remove_name(request.standing, asked),
        "is_own": policies.can_withdraw_request(request.standing, asked),
    }
    return render_page(request, "privacy/request_detail.html", context)


@require_POST
def data_request_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    asked = get_request_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.withdraw_data_request(actor=request.user, request=asked),
        success_message=_("Your request has been withdrawn."),
        redirect_to=reverse("privacy:request_detail", args=[coalition.slug, pk]),
    )


def _get_request_by_token_or_404(coalition: Coalition, token: str) -> DataRequest:
    found = find_request_by_token(token)
    if found is None or found.coalition_id != coalition.pk:
        raise Http404(_("This link has expired, or the request was not confirmed in time. Send your request again."))
    found.coalition = coalition
    return found


@login_not_required
@require_GET
def request_by_link(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """The page of the link. Email scanners open it; only its buttons do something."""
    asked = _get_request_by_token_or_404(coalition, token)
    return render_page(request, "privacy/request_link.html", {"asked": asked, "token": token})


@login_not_required
@require_POST
def data_request_confirm(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    asked = _get_request_by_token_or_404(coalition, token)
    return form_view(
        request,
        action=lambda: actions.confirm_data_request(request=asked),
        success_message=_("Your request has been sent. You can follow its progress on this page."),
        redirect_to=reverse("privacy:request_link", args=[coalition.slug, token]),
    )


@login_not_required
@require_POST
def data_request_withdraw_by_link(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    asked = _get_request_by_token_or_404(coalition, token)
    return form_view(
        request,
        action=lambda: actions.withdraw_request_by_link(request=asked),
        success_message=_("Your request has been withdrawn."),
        redirect_to=reverse("privacy:request_link", args=[coalition.slug, token]),
    )
