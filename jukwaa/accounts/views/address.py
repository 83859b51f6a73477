"""The pages on which a person changes the email address that they sign in with."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts import address_change as changes
from jukwaa.accounts import rate_limits
from jukwaa.accounts.forms import AddressChangeForm
from jukwaa.accounts.http import MemberRequest, Request
from jukwaa.accounts.models import AddressChange
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused

ADDRESS_LINK_TEMPLATE = "accounts/address_link.html"


@require_http_methods(["GET", "POST"])
def address_change_page(request: MemberRequest) -> HttpResponse:
    form = AddressChangeForm(get_form_data(request))
    return form_view(
        request,
        form,
        template="accounts/address.html",
        context={"here": "settings", "change": changes.find_open_address_change(request.user)},
        action=lambda: _request_address_change(request, form.cleaned_data["email"]),
        success_message=_("We have sent an email to each address. Open the links in both emails."),
        redirect_to=reverse("accounts:address"),
    )


def _request_address_change(request: MemberRequest, new_address: str) -> AddressChange:
    """The same for every address: nothing here looks whether somebody has it."""
    rate_limits.limit_address_changes(request, person=request.user, address=new_address)
    return changes.request_address_change(person=request.user, address=new_address)


@require_POST
def address_change_stop(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        action=lambda: changes.cancel_address_change(person=request.user),
        success_message=_("The change has been stopped. Your email address has not changed."),
        redirect_to=reverse("accounts:address"),
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def address_change_by_link(request: Request, token: str) -> HttpResponse:
    """The page of the link in either email. Email scanners open it; only its button confirms."""
    confirmation = changes.read_address_link(token)
    if confirmation is None:
        return _render_expired_address_link(request)
    return form_view(
        request,
        template=ADDRESS_LINK_TEMPLATE,
        context={"confirmation": confirmation, "token": token},
        action=lambda: changes.confirm_address_change(token),
        redirect_to=lambda change: _finish_address_change(request, change),
        on_refusal=lambda reason: _render_expired_address_link(request, reason),
    )


def _finish_address_change(request: Request, address_change: AddressChange) -> HttpResponse:
    """Show what has happened, and keep this one session if it is the person's own: all of them have just ended."""
    if address_change.is_confirmed and request.user.is_authenticated and request.user.pk == address_change.person_id:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        UserSession.objects.create_from_request(request)
    context = {
        "change": address_change,
        "is_mine": request.user.is_authenticated and request.user.pk == address_change.person_id,
    }
    return render_page(request, "accounts/address_confirmed.html", context)


@login_not_required
@require_POST
def address_change_stop_by_link(request: Request, token: str) -> HttpResponse:
    """The way out for whoever reads the old mailbox and has not asked for this."""
    confirmation = changes.read_address_link(token)
    if confirmation is None:
        return _render_expired_address_link(request)
    return form_view(
        request,
        action=lambda: changes.cancel_address_change(person=confirmation.change.person),
        redirect_to=lambda _stopped: render_page(
            request, "accounts/address_stopped.html", {"is_old": confirmation.is_old}
        ),
    )


def _render_expired_address_link(request: Request, reason: ActionRefused | None = None) -> HttpResponse:
    return render_page(request, "accounts/address_over.html", {"reason": reason}, status=410)
