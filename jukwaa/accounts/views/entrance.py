"""The door: asking for a code, bringing it back, following a link, leaving."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts import actions, limits, policies
from jukwaa.accounts.forms import AddressForm, CodeForm
from jukwaa.accounts.http import MemberRequest, Request, clear_browser_cache
from jukwaa.accounts.models import Person, SignInRequest
from jukwaa.core.forms import Form
from jukwaa.core.http import invalid, page, safe_next

SIGN_IN = "accounts/sign_in.html"
CODE = "accounts/code.html"


def _sign_in_context(request: HttpRequest, form: Form) -> dict[str, object]:
    passkeys = policies.supports_passkeys(request)
    return {"form": form, "next": safe_next(request, "/"), "passkeys": passkeys}


def refused(
    request: HttpRequest, template: str, context: dict[str, object], reason: limits.TooManyTries
) -> HttpResponse:
    """The form once more, with what was typed, and when one may try again."""
    form = context["form"]
    if isinstance(form, Form):
        form.add_error(None, str(reason))
    response = page(request, template, context, status=429)
    response.headers["Retry-After"] = str(reason.seconds)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if request.method == "GET":
        if request.user.is_authenticated:
            return HttpResponseRedirect(safe_next(request, "/"))
        return page(request, SIGN_IN, _sign_in_context(request, AddressForm()))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return invalid(request, SIGN_IN, _sign_in_context(request, form))
    try:
        return _ask(request, form.cleaned_data["email"])
    except limits.TooManyTries as reason:
        return refused(request, SIGN_IN, _sign_in_context(request, form), reason)


def _ask(request: HttpRequest, email: str) -> HttpResponse:
    """The same for everybody: nothing here looks whether the address is known."""
    limits.count_sign_in_request(request, email)
    length = limits.code_length(request, email)
    asked = actions.ask_to_sign_in(email=email, next_url=safe_next(request, "/"), code_length=length)
    return redirect("accounts:code", asked.key)


@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Before what could lock somebody out: a fresh code to the address of whoever is signed in."""
    context: dict[str, object] = {"next": safe_next(request, "/"), "form": Form(request.POST or None)}
    if request.method == "GET":
        return page(request, "accounts/confirm.html", context)
    if not request.user.email:
        raise Http404
    try:
        return _ask(request, request.user.email)
    except limits.TooManyTries as reason:
        return refused(request, "accounts/confirm.html", context, reason)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: Request, key: str) -> HttpResponse:
    """One page for each request: it shows the address that was typed, and says nothing of who that is."""
    asked = get_object_or_404(SignInRequest, key=key)
    form = CodeForm(request.POST or None)
    context: dict[str, object] = {"asked": asked, "form": form, "minutes": actions.VALID_FOR.seconds // 60}
    if request.method == "GET":
        return page(request, CODE, context)
    if not form.is_valid():
        return invalid(request, CODE, context)
    return _answer_code(request, asked, form, context)


def _answer_code(request: Request, asked: SignInRequest, form: CodeForm, context: dict[str, object]) -> HttpResponse:
    try:
        person, next_url = actions.try_code(key=asked.key, code=form.cleaned_data["code"])
    except actions.WrongCode as wrong:
        limits.note_wrong_code(request, asked.email)
        sentence = ngettext(
            "Check the code and enter it again. You have %(left)d try left.",
            "Check the code and enter it again. You have %(left)d tries left.",
            wrong.left,
        )
        form.add_error("code", sentence % {"left": wrong.left})
        return invalid(request, CODE, context)
    except actions.Ended:
        limits.note_wrong_code(request, asked.email)  # the last of five, or one that comes too late
        return ended(request, asked.email, asked.next_url)
    except actions.AccountClosed:
        return closed(request)
    return enter(request, person, method="code", next_url=next_url)


def ended(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    """What was tried is over; here is how to get a new one."""
    form = AddressForm(initial={"email": email})
    return page(request, "accounts/ended.html", {"form": form, "next": next_url}, status=410)


def closed(request: HttpRequest) -> HttpResponse:
    return page(request, "accounts/closed.html", status=403)


def enter(request: HttpRequest, person: Person, *, method: str, next_url: str) -> HttpResponse:
    """Begins the session, and goes where the person wanted to."""
    ours = url_has_allowed_host_and_scheme(next_url, {request.get_host()}, require_https=request.is_secure())
    record_authentication(request, person, method=method)
    response = perform_login(request, person, redirect_url=next_url if ours else "/")
    if isinstance(response, HttpResponse):
        messages.success(request, _("You have signed in."))
    return response  # type: ignore[no-any-return]  # allauth ships no types


@login_not_required
@require_http_methods(["GET", "POST"])
def link(request: Request, token: str) -> HttpResponse:
    """The page of a link in a mail. Scanners open it; only its button signs in."""
    invitation = actions.read_link(token)
    if invitation is None or not invitation.open:
        asked = "@" in invitation.who if invitation else False
        return ended(
            request, invitation.who if invitation and asked else "", invitation.next_url if invitation else "/"
        )
    if request.method == "GET":
        return page(request, "accounts/link.html", {"invitation": invitation})
    try:
        person, next_url = actions.follow_link(token)
    except actions.Ended:
        return ended(request, "", "/")
    except actions.AccountClosed:
        return closed(request)
    return enter(request, person, method="link", next_url=next_url)


@login_not_required
@require_GET
def sign_out_page(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    return page(request, "accounts/sign_out.html")


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        actions.end_session_of_key(key=request.session.session_key or "")
    logout(request)
    messages.success(request, _("You have signed out."))
    return clear_browser_cache(redirect(settings.LOGIN_URL))
