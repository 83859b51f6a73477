"""Mail that waits for a coordinator to see it."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.totals import CappedTotal
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.updates import actions, policies
from jukwaa.updates.forms import HeldLettersForm
from jukwaa.updates.models import Letter

# A link in a mail is its reader's key: a coordinator sees that there is one, and can't use it. Wherever it leads, what
# is signed has three parts.
LINK_TOKEN_PATTERN = re.compile(r"/[\w.-]+:[\w-]+:[\w-]{20,}/?")


def _require_email_approver(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_release_mail(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can approve emails."))


@require_GET
def held_mail_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    held = Letter.objects.held(coalition)
    rows = get_page(held.select_related("message", "person__adult_contact"), ("pk",), PageCursor.of(request))
    letters = [(letter, LINK_TOKEN_PATTERN.sub("/…", letter.message.body)) for letter in rows.rows]
    context = {"letters": letters, "page": rows, "total": CappedTotal.of(held)}
    return render_page(request, "updates/held_mail.html", context)


@require_POST
def held_mail_release(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    form = _build_selected_letters_form(request, coalition)
    return form_view(
        request,
        form,
        action=lambda: actions.approve_held_letters(
            actor=request.user, coalition=coalition, message_ids=list(form.cleaned_data["letters"])
        ),
        success_message=_describe_released_emails,
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def held_mail_release_all(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    return form_view(
        request,
        action=lambda: actions.approve_held_letters(actor=request.user, coalition=coalition),
        success_message=_describe_released_emails,
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def held_mail_discard(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    form = _build_selected_letters_form(request, coalition)
    return form_view(
        request,
        form,
        action=lambda: actions.discard_held_letters(
            actor=request.user, coalition=coalition, message_ids=list(form.cleaned_data["letters"])
        ),
        success_message=lambda gone: ngettext("1 email deleted", "%(n)d emails deleted", gone) % {"n": gone},
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def held_mail_end_approval(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    return form_view(
        request,
        action=lambda: actions.release_all_mail(actor=request.user, coalition=coalition),
        success_message=_("Emails will now be sent automatically."),
        redirect_to=_get_held_mail_list_url(coalition),
    )


def _build_selected_letters_form(request: MemberRequest, coalition: Coalition) -> HeldLettersForm:
    offered = list(Letter.objects.held(coalition).values_list("pk", flat=True))
    return HeldLettersForm(request.POST, offered_ids=offered)


def _describe_released_emails(left_count: int) -> str:
    return (
        ngettext("1 email will be sent now", "%(n)d emails will be sent now", left_count) % {"n": left_count}
        if left_count
        else ""
    )


def _get_held_mail_list_url(coalition: Coalition) -> str:
    return reverse("updates:held_mail", args=[coalition.slug])
