"""Is it still true? What a link in the mail opens: a page with two buttons, for whoever the mail went to."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import Request
from jukwaa.cooperation.actions import offers as actions
from jukwaa.cooperation.forms.offers import ReportOutdatedForm
from jukwaa.cooperation.models import Need, Offer
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.updates import email_links

HELP_REVIEW_TEMPLATE = "cooperation/still_true.html"


def _get_person_and_help_or_404(request: Request, token: str) -> tuple[Person, Offer | Need]:
    """Whom the mail went to, and what it asked about. 404 where the link is not ours, too old, or may not be read.

    The address names no coalition: `request.coalition` tells the safeguarding check whose lead to alert.
    """
    meant = email_links.read_link_token(email_links.CONFIRM_HELP_PURPOSE, token)
    if meant is None:
        raise Http404
    person = get_object_or_404(Person, pk=meant["person"], is_active=True)
    models: tuple[Any, ...] = (Offer, Need)
    for model in models:
        rows = model.objects.visible_to(person).select_related("coalition", "organisation")
        if (given := rows.filter(pk=meant["help"]).first()) is not None:
            request.coalition = given.coalition
            return person, given
    raise Http404


@login_not_required
@require_http_methods(["GET", "POST"])
def help_confirm_by_link(request: Request, token: str) -> HttpResponse:
    person, given = _get_person_and_help_or_404(request, token)
    return form_view(
        request,
        template=HELP_REVIEW_TEMPLATE,
        context={"given": given, "token": token, "form": ReportOutdatedForm()},
        action=lambda: _try_review_action(lambda: actions.confirm_offer_or_need(actor=person, help_record=given)),
        redirect_to=lambda why: _show_review_answer(request, given, token, "true", why),
    )


@login_not_required
@require_POST
def help_close_by_link(request: Request, token: str) -> HttpResponse:
    person, given = _get_person_and_help_or_404(request, token)
    form = ReportOutdatedForm(request.POST)
    return form_view(
        request,
        form,
        template=HELP_REVIEW_TEMPLATE,
        context={"given": given, "token": token},
        action=lambda: _try_review_action(lambda: _close_outdated_help(person, given, form)),
        redirect_to=lambda why: _show_review_answer(request, given, token, "over", why),
    )


def _close_outdated_help(person: Person, help_record: Offer | Need, form: ReportOutdatedForm) -> None:
    reason = form.cleaned_data["reason"].strip() or _("Reported by email as no longer up to date.")
    actions.close_offer_or_need(actor=person, help_record=help_record, reason=reason)


def _try_review_action(action: Callable[[], object]) -> str:
    """Call the action; return why it can't be done, if so: a role has ended since, or a last day has passed."""
    try:
        action()
    except (PermissionDenied, ActionRefused) as refused:
        return str(refused) or _("You no longer represent this organisation.")
    return ""


def _show_review_answer(
    request: HttpRequest, help_record: Offer | Need, token: str, review_result: str, refusal_message: str
) -> HttpResponse:
    context = {"given": help_record, "token": token}
    if refusal_message:
        return render_page(
            request, HELP_REVIEW_TEMPLATE, {**context, "why": refusal_message, "form": ReportOutdatedForm()}, status=422
        )
    return render_page(request, HELP_REVIEW_TEMPLATE, {**context, "done": review_result})
