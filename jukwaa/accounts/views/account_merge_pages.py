"""The pages on which a person merges another account of theirs into the one that they are signed in with."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.accounts import merge_links, rate_limits
from jukwaa.accounts.account_merge import find_merge_obstacles, preview_merge
from jukwaa.accounts.forms import MergeAddressForm
from jukwaa.accounts.http import MemberRequest
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.forms import Form
from jukwaa.core.http import render_page

LINK, OVER = "accounts/merge_link.html", "accounts/merge_over.html"


@require_http_methods(["GET", "POST"])
def account_merge(request: MemberRequest) -> HttpResponse:
    form = MergeAddressForm(get_form_data(request))
    return form_view(
        request,
        form,
        template="accounts/merge.html",
        context={"here": "settings"},
        action=lambda: _request_account_merge(request, form.cleaned_data["email"]),
        success_message=_("We have sent an email to this address. Open the link in it to continue."),
        redirect_to=reverse("accounts:merge"),
    )


def _request_account_merge(request: MemberRequest, address: str) -> None:
    """The same for every address, whether somebody has it or not."""
    rate_limits.limit_merge_requests(request, person=request.user, address=address)
    merge_links.request_account_merge(person=request.user, address=address)


@require_http_methods(["GET", "POST"])
def account_merge_by_link(request: MemberRequest, token: str) -> HttpResponse:
    """The page of the link in the email. Scanners open it; only its button merges the accounts."""
    found = merge_links.read_merge_link(token)
    if found is None:
        return render_page(request, OVER, status=410)
    if found.kept.pk != request.user.pk:
        return render_page(request, OVER, {"is_other_account": True}, status=403)
    return form_view(
        request,
        Form(get_form_data(request)),
        template=LINK,
        context=lambda: {
            "kept": found.kept,
            "other": found.other,
            "preview": preview_merge(found.other),
            "obstacles": find_merge_obstacles(found.kept, found.other),
        },
        action=lambda: merge_links.confirm_account_merge(actor=request.user, token=token),
        success_message=_("Your accounts have been merged."),
        redirect_to=reverse("accounts:settings"),
    )
