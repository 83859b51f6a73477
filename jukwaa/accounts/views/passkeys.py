"""Passkeys: signing in with one, adding, naming and removing them.

allauth's own views write their challenge into the session on GET; these do it on POST.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts import actions, policies, rate_limits
from jukwaa.accounts.forms import PasskeyAddForm, PasskeyNameForm
from jukwaa.accounts.http import MemberRequest
from jukwaa.accounts.views.sign_in_pages import render_account_closed, start_signed_in_session
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import get_safe_next_url, render_page
from jukwaa.core.refusals import ActionRefused

PASSKEY_LIST_URL_NAME = "accounts:passkeys"


def require_recent_sign_in[**P](
    view_function: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Only for who signed in a moment ago; others confirm that it is them, and come back to the list."""

    @wraps(view_function)
    def run_after_recent_sign_in(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if policies.has_signed_in_recently(request):
            return view_function(request, *args, **kwargs)
        if request.accepts("text/html"):
            query = urlencode({"next": reverse(PASSKEY_LIST_URL_NAME)})
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")
        problem = _("Load the page again and confirm that it is you. You signed in a while ago.")
        return JsonResponse({"problem": problem}, status=403)

    return run_after_recent_sign_in


def _build_options_response(passkey_options: dict[str, Any]) -> JsonResponse:
    return JsonResponse(json.loads(json.dumps(passkey_options, default=dict)))


def _is_valid_passkey_response(form: Form) -> bool:
    """Whether the browser's answer fits its challenge. The library stumbles over what no browser would say."""
    try:
        return form.is_valid()
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


@login_not_required
@require_POST
def begin_sign_in(request: HttpRequest) -> HttpResponse:
    try:
        rate_limits.count_attempt(rate_limits.ATTEMPTS_PER_NETWORK, rate_limits.get_client_network(request))
    except rate_limits.TooManyAttemptsError as reason:
        return JsonResponse({"problem": str(reason)}, status=429, headers={"Retry-After": str(reason.seconds)})
    return _build_options_response(auth.begin_authentication())


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    form = LoginWebAuthnForm(request.POST)
    if not _is_valid_passkey_response(form):
        messages.error(request, _("The passkey did not work. Try again, or ask for a code by email."), "wrong")
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': get_safe_next_url(request, '/')})}"
        )
    passkey = form.cleaned_data["credential"]
    if not passkey.user.is_active or passkey.user.erased_at:
        return render_account_closed(request)
    post_authentication(request, passkey, passwordless=True)
    return start_signed_in_session(
        request, passkey.user, sign_in_method="passkey", next_url=get_safe_next_url(request, "/")
    )


@require_GET
def passkey_list(request: MemberRequest) -> HttpResponse:
    context = {
        "passkeys": actions.get_passkeys(request.user),
        "possible": policies.supports_passkeys(request),
        "lately": policies.has_signed_in_recently(request),
        "here": "passkeys",
    }
    return render_page(request, "accounts/passkeys.html", context)


@require_POST
@require_recent_sign_in
def passkey_add_begin(request: MemberRequest) -> HttpResponse:
    return _build_options_response(auth.begin_registration(request.user, passwordless=True))


@require_POST
@require_recent_sign_in
def passkey_add(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        PasskeyAddForm(request.POST),
        action=lambda: _add_passkey_from_request(request),
        success_message=_("The passkey has been added. You can use it the next time you sign in."),
        redirect_to=reverse(PASSKEY_LIST_URL_NAME),
    )


def _add_passkey_from_request(request: MemberRequest) -> None:
    form = AddWebAuthnForm(request.POST, user=request.user)
    if not _is_valid_passkey_response(form):
        raise ActionRefused(
            _("The passkey was not added because we could not verify the response from your device. Try again.")
        )
    name, credential = form.cleaned_data["name"][:80], form.cleaned_data["credential"]
    actions.add_passkey(person=request.user, name=name, webauthn_credential=credential)


@require_http_methods(["GET", "POST"])
@require_recent_sign_in
def passkey_rename(request: MemberRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(actions.get_passkeys(request.user), pk=pk)
    form = PasskeyNameForm(get_form_data(request), initial={"name": str(passkey)})
    return form_view(
        request,
        form,
        template="accounts/passkey_rename.html",
        context={"passkey": passkey},
        action=lambda: actions.rename_passkey(person=request.user, pk=pk, name=form.cleaned_data["name"]),
        success_message=_("The passkey has been renamed."),
        redirect_to=reverse(PASSKEY_LIST_URL_NAME),
    )


@require_http_methods(["GET", "POST"])
@require_recent_sign_in
def passkey_remove(request: MemberRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(actions.get_passkeys(request.user), pk=pk)
    return form_view(
        request,
        template="accounts/passkey_remove.html",
        context={"passkey": passkey},
        action=lambda: actions.remove_passkey(person=request.user, pk=pk),
        success_message=_("The passkey has been removed. You can no longer sign in with it."),
        redirect_to=reverse(PASSKEY_LIST_URL_NAME),
    )
