"""Mail that waits for a coordinator to see it."""

import re
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.totals import CappedTotal
from jukwaa.core.form_view import form_view
from jukwaa.core.http import get_previous_page_url, render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.mail.delivery_checks import explain_outdated_emails
from jukwaa.records.models import Record
from jukwaa.updates import actions, policies
from jukwaa.updates.actions import ApprovalResult
from jukwaa.updates.forms import HeldLettersForm
from jukwaa.updates.held_emails import (
    count_first_emails,
    explain_refused_emails,
    filter_email_group,
    filter_emails_about,
    find_unsendable_emails,
    list_email_groups,
)
from jukwaa.updates.models import Letter
from jukwaa.updates.models.telling import LetterQuerySet

# A link in a mail is its reader's key: a coordinator sees that there is one, and can't use it. Wherever it leads, what
# is signed has three parts.
LINK_TOKEN_PATTERN = re.compile(r"/[\w.-]+:[\w-]+:[\w-]{20,}/?")


def _require_email_approver(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_release_mail(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can approve emails."))


@require_GET
def held_mail_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    held, selection = Letter.objects.held(coalition), _EmailSelection.of(request, coalition)
    outdated, refused = find_unsendable_emails(selection.filter(held), coalition)
    shown = selection.filter(held).exclude(pk__in=outdated | refused)
    rows = get_page(shown.select_related("message", "person__adult_contact"), ("pk",), PageCursor.of(request))
    letters = [(letter, LINK_TOKEN_PATTERN.sub("/…", letter.message.body)) for letter in rows.rows]
    context = {"letters": letters, "page": rows, "total": CappedTotal.of(shown), "selection": selection}
    context["explanations"] = [
        *(explain_outdated_emails(outdated) if outdated else []),
        *([explain_refused_emails(len(refused))] if refused else []),
    ]
    if selection:
        context["sent_number"] = shown.count() + count_first_emails(shown)
    else:
        context["unsendable_number"] = len(outdated | refused)
        context["groups"] = list_email_groups(shown, get_language() or "en")
    return render_page(request, "updates/held_mail.html", context)


@dataclass(frozen=True)
class _EmailSelection:
    """Which of the waiting emails are shown: those of a group, those about a record, or all."""

    group: str = ""
    record: Record | None = None

    @classmethod
    def of(cls, request: MemberRequest, coalition: Coalition) -> Self:
        number = parse_row_number(request.GET.get("record", ""))
        rows = Record.objects.visible_to(request.user).filter(coalition=coalition, pk=number)
        return cls(request.GET.get("group", ""), rows.first() if number else None)

    def __bool__(self) -> bool:
        return bool(self.group or self.record)

    def filter(self, held_letters: LetterQuerySet) -> LetterQuerySet:
        if self.record is not None:
            return filter_emails_about(held_letters, self.record)
        return filter_email_group(held_letters, self.group) if self.group else held_letters


@require_POST
def held_mail_release_group(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Send all waiting emails that tell the same, as far as they had been written when the page was shown."""
    _require_email_approver(request, coalition)
    group = filter_email_group(Letter.objects.held(coalition), request.POST.get("group", ""))
    return form_view(
        request,
        action=lambda: actions.approve_held_letters(
            actor=request.user, coalition=coalition, message_ids=list(group.values_list("pk", flat=True))
        ),
        success_message=_describe_approval,
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def record_emails_release(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Approve the emails about a record where they were sent from: those that wait and those that are being written."""
    record = get_object_or_404(
        Record.objects.visible_to(request.user).select_related("coalition"), coalition=coalition, pk=pk
    )
    _require_email_approver(request, coalition)
    return form_view(
        request,
        action=lambda: actions.approve_record_emails(actor=request.user, record=record),
        success_message=lambda result: _describe_approval(result) or _("Emails approved. We will send them soon."),
        redirect_to=get_previous_page_url(request),
    )


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
        success_message=_describe_approval,
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def held_mail_release_all(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_email_approver(request, coalition)
    return form_view(
        request,
        action=lambda: actions.approve_held_letters(actor=request.user, coalition=coalition),
        success_message=_describe_approval,
        redirect_to=_get_held_mail_list_url(coalition),
    )


@require_POST
def held_mail_discard(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Delete the selected emails, or all of those that would not be sent."""
    _require_email_approver(request, coalition)
    form = None if "unsendable" in request.POST else _build_selected_letters_form(request, coalition)

    def find_ids() -> set[int]:
        if form is not None:
            return {*form.cleaned_data["letters"]}
        outdated, refused = find_unsendable_emails(Letter.objects.held(coalition), coalition)
        return outdated | refused

    return form_view(
        request,
        form,
        action=lambda: actions.discard_held_letters(actor=request.user, coalition=coalition, message_ids=find_ids()),
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


def _describe_approval(result: ApprovalResult) -> str:
    number = result.sent_count
    sent = ngettext("1 email will be sent now", "%(n)d emails will be sent now", number) % {"n": number}
    if not result.explanations:
        return sent if number else ""
    return " ".join([f"{sent}.", *result.explanations] if number else result.explanations)


def _get_held_mail_list_url(coalition: Coalition) -> str:
    return reverse("updates:held_mail", args=[coalition.slug])
