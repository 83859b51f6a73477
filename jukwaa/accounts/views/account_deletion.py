"""Delete one's account: a preview, the link that confirms it, and a way to cancel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts import deletions
from jukwaa.accounts.erasure import preview_erasure
from jukwaa.accounts.http import MemberRequest, Request
from jukwaa.accounts.name_traces import find_visible_pages
from jukwaa.core.form_view import form_view
from jukwaa.core.forms import Form
from jukwaa.core.http import render_page

DELETE, LINK, OVER = (f"accounts/{name}.html" for name in ("delete", "deletion_link", "deletion_over"))
MAX_LISTED_TRACE_PAGES = 50  # pages on which the person is named


@require_http_methods(["GET", "POST"])
def account_delete(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        Form(request.POST if request.method == "POST" else None),
        template=DELETE,
        context=lambda: _build_deletion_context(request),
        action=lambda: deletions.request_deletion(person=request.user),
        success_message=_("We have sent you an email. Open the link in it to confirm."),
        redirect_to="accounts:delete",
    )


def _build_deletion_context(request: MemberRequest) -> dict[str, object]:
    person = request.user
    found = preview_erasure(person)
    places = find_visible_pages(found.traces, person)
    return {
        "preview": found,
        "places": places[:MAX_LISTED_TRACE_PAGES],
        "more": len(places) - MAX_LISTED_TRACE_PAGES,
        "obstacles": deletions.find_erasure_obstacles(person),
        "days": deletions.DELETION_DELAY.days,
    }


@login_not_required
@require_http_methods(["GET", "POST"])
def deletion_confirm(request: Request, token: str) -> HttpResponse:
    """The page of the link in the email. Scanners open it; only its button begins the deletion."""
    person = deletions.read_deletion_link(token)
    if person is None:
        return render_page(request, OVER, status=410)
    is_here = request.user.is_authenticated and request.user.pk == person.pk
    key = (request.session.session_key or "") if is_here else ""
    return form_view(
        request,
        Form(request.POST if request.method == "POST" else None),
        template=LINK,
        context={"person": person, "days": deletions.DELETION_DELAY.days},
        action=lambda: deletions.confirm_deletion(token=token, session_key=key),
        redirect_to=lambda _begun: _redirect_with_message(request, "deletion_begun"),
    )


@require_POST
def deletion_stop(request: MemberRequest) -> HttpResponse:
    """The button of the banner."""
    return form_view(
        request,
        action=lambda: deletions.cancel_deletion(person=request.user),
        success_message=_("Your account will not be deleted."),
        redirect_to=lambda _stopped: redirect("accounts:settings"),
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def deletion_keep_account(request: Request, token: str) -> HttpResponse:
    """The way back out of an email, without signing in."""
    person = deletions.read_cancellation_link(token)
    if person is None:
        return render_page(request, OVER, status=410)
    return form_view(
        request,
        Form(request.POST if request.method == "POST" else None),
        template="accounts/deletion_keep.html",
        context={"person": person},
        action=lambda: deletions.cancel_deletion(person=person),
        redirect_to=lambda _stopped: _redirect_with_message(request, "deletion_stopped"),
    )


def _redirect_with_message(request: Request, url_name: str) -> HttpResponse:
    messages.success(
        request,
        {
            "deletion_begun": _("Your account will be deleted in 14 days. We have sent you an email with the date."),
            "deletion_stopped": _("Your account will not be deleted."),
        }[url_name],
    )
    return redirect("accounts:settings" if request.user.is_authenticated else "account_login")
