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
from jukwaa.cooperation.forms.offers import NoLongerTrueForm
from jukwaa.cooperation.models import Need, Offer
from jukwaa.core.form_view import form_view
from jukwaa.core.http import page
from jukwaa.core.refusals import ActionRefused
from jukwaa.updates import tokens

PAGE = "cooperation/still_true.html"


def _meant(request: Request, token: str) -> tuple[Person, Offer | Need]:
    """Whom the mail went to, and what it asked about. 404 where the link is not ours, too old, or may not be read.

    The address names no coalition: `request.coalition` tells the safeguarding check whose lead to alert.
    """
    meant = tokens.read(tokens.STILL_TRUE, token)
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
def still_true(request: Request, token: str) -> HttpResponse:
    person, given = _meant(request, token)
    return form_view(
        request,
        template=PAGE,
        context={"given": given, "token": token, "form": NoLongerTrueForm()},
        action=lambda: _answer(lambda: actions.confirm_help(actor=person, given=given)),
        redirect_to=lambda why: _show_answer(request, given, token, "true", why),
    )


@login_not_required
@require_POST
def no_longer_true(request: Request, token: str) -> HttpResponse:
    person, given = _meant(request, token)
    form = NoLongerTrueForm(request.POST)
    return form_view(
        request,
        form,
        template=PAGE,
        context={"given": given, "token": token},
        action=lambda: _answer(lambda: _close(person, given, form)),
        redirect_to=lambda why: _show_answer(request, given, token, "over", why),
    )


def _close(person: Person, given: Offer | Need, form: NoLongerTrueForm) -> None:
    reason = form.cleaned_data["reason"].strip() or _("Reported by email as no longer up to date.")
    actions.close_help(actor=person, given=given, reason=reason)


def _answer(action: Callable[[], object]) -> str:
    """Call the action; return why it can't be done, if so: a role has ended since, or a last day has passed."""
    try:
        action()
    except (PermissionDenied, ActionRefused) as refused:
        return str(refused) or _("You no longer represent this organisation.")
    return ""


def _show_answer(request: HttpRequest, given: Offer | Need, token: str, done: str, why: str) -> HttpResponse:
    context = {"given": given, "token": token}
    if why:
        return page(request, PAGE, {**context, "why": why, "form": NoLongerTrueForm()}, status=422)
    return page(request, PAGE, {**context, "done": done})
