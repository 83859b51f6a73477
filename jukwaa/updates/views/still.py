"""Is it still true? What a link in the mail opens: a page with two buttons, for whoever the mail went to."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.refusals import Refused
from jukwaa.cooperation.actions import offers as actions
from jukwaa.cooperation.models import Need, Offer
from jukwaa.core.http import invalid, page
from jukwaa.records.doors import at_the_door
from jukwaa.updates import tokens
from jukwaa.updates.forms import NoLongerTrueForm

PAGE = "updates/still_true.html"


def _meant(token: str) -> tuple[Person, Offer | Need]:
    """Whom the mail went to, and what it asked about. 404 where the link is not ours, too old, or may not be read."""
    meant = tokens.read(tokens.STILL_TRUE, token)
    if meant is None:
        raise Http404
    person = get_object_or_404(Person, pk=meant["person"], is_active=True)
    models: tuple[Any, ...] = (Offer, Need)
    for model in models:
        rows = model.objects.visible_to(person).select_related("coalition", "organisation")
        if (given := rows.filter(pk=meant["help"]).first()) is not None:
            return person, given
    raise Http404


@login_not_required
@require_http_methods(["GET", "POST"])
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    person, given = _meant(token)
    if request.method == "GET":
        return page(request, PAGE, {"given": given, "token": token, "form": NoLongerTrueForm()})
    return _answer(request, given, token, lambda: actions.confirm_help(actor=person, given=given), "true")


@login_not_required
@require_POST
def no_longer_true(request: HttpRequest, token: str) -> HttpResponse:
    person, given = _meant(token)
    form = NoLongerTrueForm(request.POST)
    if answer := at_the_door(request, given.coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, PAGE, {"given": given, "token": token, "form": form})
    reason = form.cleaned_data["reason"].strip() or _("Said by mail to be no longer true.")
    return _answer(request, given, token, lambda: actions.close_help(actor=person, given=given, reason=reason), "over")


def _answer(request: HttpRequest, given: Offer | Need, token: str, deed: Any, done: str) -> HttpResponse:
    """What came of it; a role that has ended since, or a last day that has passed, is said in a sentence."""
    try:
        deed()
    except (PermissionDenied, Refused) as refused:
        why = str(refused) or _("You may no longer speak for this organisation.")
        context = {"given": given, "token": token, "why": why, "form": NoLongerTrueForm()}
        return page(request, PAGE, context, status=422)
    return page(request, PAGE, {"given": given, "token": token, "done": done})
