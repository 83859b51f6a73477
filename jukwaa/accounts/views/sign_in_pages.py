"""Sign in and out: request a code, enter it, follow a link."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts import actions, policies, rate_limits
from jukwaa.accounts.forms import AddressForm, SignInCodeForm
from jukwaa.accounts.http import MemberRequest, Request, clear_browser_cache
from jukwaa.accounts.link_languages import activate_reader_language
from jukwaa.accounts.models import Person, SignInRequest
from jukwaa.core.forms import Form
from jukwaa.core.http import get_safe_next_url, render_invalid_form, render_page

SIGN_IN_TEMPLATE = "accounts/sign_in.html"
SIGN_IN_CODE_TEMPLATE = "accounts/code.html"


def _build_sign_in_context(request: HttpRequest, form: Form) -> dict[str, object]:
    passkeys = policies.supports_passkeys(request)
    return {"form": form, "next": get_safe_next_url(request, "/"), "passkeys": passkeys}


def render_too_many_attempts(
    request: HttpRequest, template: str, context: dict[str, object], reason: rate_limits.TooManyAttemptsError
) -> HttpResponse:
    """The form once more, with what was typed, and when one may try again."""
    form = context["form"]
    if isinstance(form, Form):
        form.add_error(None, str(reason))
    response = render_page(request, template, context, status=429)
    response.headers["Retry-After"] = str(reason.seconds)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if request.method == "GET":
        if request.user.is_authenticated:
            return HttpResponseRedirect(get_safe_next_url(request, "/"))
        return render_page(request, SIGN_IN_TEMPLATE, _build_sign_in_context(request, AddressForm()))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render_invalid_form(request, SIGN_IN_TEMPLATE, _build_sign_in_context(request, form))
    try:
        return _request_sign_in_code(request, form.cleaned_data["email"])
    except rate_limits.TooManyAttemptsError as reason:
        return render_too_many_attempts(request, SIGN_IN_TEMPLATE, _build_sign_in_context(request, form), reason)


def _request_sign_in_code(request: HttpRequest, email: str) -> HttpResponse:
    """The same for everybody: nothing here looks whether the address is known."""
    rate_limits.limit_sign_in_requests(request, email)
    length = rate_limits.get_code_length(request, email)
    asked = actions.request_sign_in(email=email, next_url=get_safe_next_url(request, "/"), digit_count=length)
    return redirect("accounts:code", asked.key)


@require_http_methods(["GET", "POST"])
def sign_in_confirm(request: MemberRequest) -> HttpResponse:
    """Before what could lock somebody out: a fresh code to the address of whoever is signed in."""
    context: dict[str, object] = {"next": get_safe_next_url(request, "/"), "form": Form(request.POST or None)}
    if request.method == "GET":
        return render_page(request, "accounts/confirm.html", context)
    if not request.user.email:
        raise Http404
    try:
        return _request_sign_in_code(request, request.user.email)
    except rate_limits.TooManyAttemptsError as reason:
        return render_too_many_attempts(request, "accounts/confirm.html", context, reason)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: Request, key: str) -> HttpResponse:
    """One page for each request: it shows the address that was typed, and says nothing of who that is."""
    asked = get_object_or_404(SignInRequest, key=key)
    form = SignInCodeForm(request.POST or None)
    context: dict[str, object] = {"asked": asked, "form": form, "minutes": actions.SIGN_IN_CODE_VALIDITY.seconds // 60}
    if request.method == "GET":
        return render_page(request, SIGN_IN_CODE_TEMPLATE, context)
    if not form.is_valid():
        return render_invalid_form(request, SIGN_IN_CODE_TEMPLATE, context)
    return _check_sign_in_code(request, asked, form, context)


def _check_sign_in_code(
    request: Request, sign_in_request: SignInRequest, form: SignInCodeForm, context: dict[str, object]
) -> HttpResponse:
    try:
        person, next_url = actions.redeem_sign_in_code(sign_in_key=sign_in_request.key, code=form.cleaned_data["code"])
    except actions.WrongCodeError as wrong:
        rate_limits.record_wrong_code(request, sign_in_request.email)
        sentence = ngettext(
            "Check the code and enter it again. You have %(left)d attempt left.",
            "Check the code and enter it again. You have %(left)d attempts left.",
            wrong.left,
        )
        form.add_error("code", sentence % {"left": wrong.left})
        return render_invalid_form(request, SIGN_IN_CODE_TEMPLATE, context)
    except actions.SignInExpiredError:
        rate_limits.record_wrong_code(request, sign_in_request.email)  # the last of five, or one that comes too late
        return render_expired_sign_in(request, sign_in_request.email, sign_in_request.next_url)
    except actions.AccountClosedError:
        return render_account_closed(request)
    return start_signed_in_session(request, person, sign_in_method="code", next_url=next_url)


def render_expired_sign_in(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    """What was tried is over; here is how to get a new one."""
    form = AddressForm(initial={"email": email})
    return render_page(request, "accounts/ended.html", {"form": form, "next": next_url}, status=410)


def render_account_closed(request: HttpRequest) -> HttpResponse:
    return render_page(request, "accounts/closed.html", status=403)


def start_signed_in_session(
    request: HttpRequest, person: Person, *, sign_in_method: str, next_url: str
) -> HttpResponse:
    """Begins the session, and goes where the person wanted to."""
    ours = url_has_allowed_host_and_scheme(next_url, {request.get_host()}, require_https=request.is_secure())
    actions.keep_page_language(person)
    record_authentication(request, person, method=sign_in_method)
    response = perform_login(request, person, redirect_url=next_url if ours else "/")
    if isinstance(response, HttpResponse):
        with translation.override(person.language):  # that of the page that they come to
            messages.success(request, _("You have signed in."))
    return response  # type: ignore[no-any-return]  # allauth ships no types


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_link(request: Request, token: str) -> HttpResponse:
    """The page of a link in a mail. Scanners open it; only its button signs in."""
    invitation = actions.read_sign_in_link(token)
    if invitation is None or not invitation.open:
        asked = "@" in invitation.who if invitation else False
        return render_expired_sign_in(
            request, invitation.who if invitation and asked else "", invitation.next_url if invitation else "/"
        )
    activate_reader_language(request, invitation.language)
    if request.method == "GET":
        return render_page(request, "accounts/link.html", {"invitation": invitation})
    try:
        person, next_url = actions.redeem_sign_in_link(token)
    except actions.SignInExpiredError:
        return render_expired_sign_in(request, "", "/")
    except actions.AccountClosedError:
        return render_account_closed(request)
    return start_signed_in_session(request, person, sign_in_method="link", next_url=next_url)


@login_not_required
@require_GET
def sign_out_page(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render_page(request, "accounts/sign_out.html")


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        actions.end_session_by_key(key=request.session.session_key or "")
    logout(request)
    messages.success(request, _("You have signed out."))
    return clear_browser_cache(redirect(settings.LOGIN_URL))
