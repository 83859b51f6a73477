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

from jukwaa.accounts import actions, limits, policies
from jukwaa.accounts.forms import PasskeyAddForm, PasskeyNameForm
from jukwaa.accounts.http import MemberRequest
from jukwaa.accounts.views.entrance import closed, enter
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page, safe_next
from jukwaa.core.refusals import ActionRefused

LIST = "accounts:passkeys"


def fresh[**P](view: Callable[Concatenate[MemberRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who signed in a moment ago; others confirm that it is them, and come back to the list."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if policies.signed_in_lately(request):
            return view(request, *args, **kwargs)
        if request.accepts("text/html"):
            query = urlencode({"next": reverse(LIST)})
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")
        problem = _("Load the page again and confirm that it is you. You signed in a while ago.")
        return JsonResponse({"problem": problem}, status=403)

    return guarded


def _options(options: dict[str, Any]) -> JsonResponse:
    return JsonResponse(json.loads(json.dumps(options, default=dict)))


def _fits(form: Form) -> bool:
    """Whether the browser's answer fits its challenge. The library stumbles over what no browser would say."""
    try:
        return form.is_valid()
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


@login_not_required
@require_POST
def begin_sign_in(request: HttpRequest) -> HttpResponse:
    try:
        limits.count(limits.TRY_FROM_HERE, limits.here(request))
    except limits.TooManyTries as reason:
        return JsonResponse({"problem": str(reason)}, status=429, headers={"Retry-After": str(reason.seconds)})
    return _options(auth.begin_authentication())


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    form = LoginWebAuthnForm(request.POST)
    if not _fits(form):
        messages.error(request, _("The passkey did not work. Try again, or ask for a code by email."), "wrong")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': safe_next(request, '/')})}")
    passkey = form.cleaned_data["credential"]
    if not passkey.user.is_active or passkey.user.erased_at:
        return closed(request)
    post_authentication(request, passkey, passwordless=True)
    return enter(request, passkey.user, method="passkey", next_url=safe_next(request, "/"))


@require_GET
def passkey_list(request: MemberRequest) -> HttpResponse:
    context = {
        "passkeys": actions.passkeys_of(request.user),
        "possible": policies.supports_passkeys(request),
        "lately": policies.signed_in_lately(request),
        "here": "passkeys",
    }
    return page(request, "accounts/passkeys.html", context)


@require_POST
@fresh
def begin_adding(request: MemberRequest) -> HttpResponse:
    return _options(auth.begin_registration(request.user, passwordless=True))


@require_POST
@fresh
def passkey_add(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        PasskeyAddForm(request.POST),
        action=lambda: _add_passkey(request),
        success=_("The passkey has been added. You can use it the next time you sign in."),
        redirect_to=reverse(LIST),
    )


def _add_passkey(request: MemberRequest) -> None:
    form = AddWebAuthnForm(request.POST, user=request.user)
    if not _fits(form):
        raise ActionRefused(
            _("Try again. The passkey was not added, because we could not verify the answer of your device.")
        )
    name, credential = form.cleaned_data["name"][:80], form.cleaned_data["credential"]
    actions.add_passkey(person=request.user, name=name, credential=credential)


@require_http_methods(["GET", "POST"])
@fresh
def passkey_rename(request: MemberRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(actions.passkeys_of(request.user), pk=pk)
    form = PasskeyNameForm(form_data(request), initial={"name": str(passkey)})
    return form_view(
        request,
        form,
        template="accounts/passkey_rename.html",
        context={"passkey": passkey},
        action=lambda: actions.rename_passkey(person=request.user, pk=pk, name=form.cleaned_data["name"]),
        success=_("The passkey has been renamed."),
        redirect_to=reverse(LIST),
    )


@require_http_methods(["GET", "POST"])
@fresh
def passkey_remove(request: MemberRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(actions.passkeys_of(request.user), pk=pk)
    return form_view(
        request,
        template="accounts/passkey_remove.html",
        context={"passkey": passkey},
        action=lambda: actions.remove_passkey(person=request.user, pk=pk),
        success=_("The passkey has been removed. You can no longer sign in with it."),
        redirect_to=reverse(LIST),
    )
