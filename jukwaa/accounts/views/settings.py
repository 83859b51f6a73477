"""What a person decides about themselves, and what is kept on them."""

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts import actions, personal_data_export
from jukwaa.accounts.forms import LanguageForm, SettingsForm
from jukwaa.accounts.http import MemberRequest, Request, clear_browser_cache
from jukwaa.accounts.minors import get_guardian_path
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import get_safe_next_url, render_invalid_form, render_page

SECONDS_PER_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def account_settings(request: MemberRequest) -> HttpResponse:
    form = SettingsForm(get_form_data(request), person=request.user)
    return form_view(
        request,
        form,
        template="accounts/settings.html",
        context=lambda: {"here": "settings", "looks_after": _list_minors_in_care(request)},
        action=lambda: actions.update_settings(person=request.user, changes=form.cleaned_data),
        redirect_to=lambda _saved: _redirect_to_settings(request),
    )


def _list_minors_in_care(request: MemberRequest) -> list[tuple[str, str]]:
    """People under 18 whose adult contact this is: their names, and the page where consent is given or withdrawn."""
    rows = request.user.looks_after.filter(is_minor=True, erased_at__isnull=True).order_by("name", "pk")
    return [(person.name, get_guardian_path(person)) for person in rows]


def _redirect_to_settings(request: MemberRequest) -> HttpResponse:
    """With a sentence in the language that was just chosen."""
    with translation.override(request.user.language):
        messages.success(request, _("Your settings have been saved."))
    return redirect("accounts:settings")


@login_not_required
@require_http_methods(["GET", "POST"])
def language_change(request: Request) -> HttpResponse:
    form = LanguageForm(request.POST or None, initial={"language": translation.get_language()})
    context = {"form": form, "next": get_safe_next_url(request, "/")}
    if request.method == "GET":
        return render_page(request, "accounts/language.html", context)
    if not form.is_valid():
        return render_invalid_form(request, "accounts/language.html", context)
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        actions.update_settings(person=request.user, changes={"language": chosen})
    response = HttpResponseRedirect(get_safe_next_url(request, "/"))
    response.set_cookie(
        site.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=SECONDS_PER_YEAR,
        secure=site.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_GET
def session_list(request: MemberRequest) -> HttpResponse:
    rows = personal_data_export.get_active_sessions(request.user)
    context = {"sessions": rows, "current": request.session.session_key, "here": "sessions"}
    return render_page(request, "accounts/sessions.html", context)


@require_POST
def session_end(request: MemberRequest, pk: int) -> HttpResponse:
    if not actions.end_session_by_id(person=request.user, pk=pk):
        raise Http404
    messages.success(request, _("The session has ended. That device has been signed out."))
    return redirect("accounts:sessions")


@require_POST
def sign_out_everywhere(request: MemberRequest) -> HttpResponse:
    actions.sign_out_everywhere(person=request.user)
    request.session.flush()
    messages.success(request, _("You have been signed out on all devices, including this one."))
    return clear_browser_cache(redirect("account_login"))


@require_GET
def download_personal_data(request: MemberRequest) -> FileResponse:
    """Everything that is kept about the person, in one archive."""
    name = f"jukwaa-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(
        personal_data_export.build_personal_data_archive(request.user), as_attachment=True, filename=name
    )
