"""What the link in a letter opens, for somebody without an account. Opening it does nothing; its buttons do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.coalitions.views.common import done
from jukwaa.core.http import page
from jukwaa.regions.actions import answering as actions
from jukwaa.regions.forms.prospects import YesForm
from jukwaa.regions.links import Meant, meant_by
from jukwaa.regions.models import Prospect

PAGE = "regions/answer.html"


@login_not_required
@require_GET
def answer(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """A link that a mail program cut in two still says to its reader what to do."""
    try:
        prospect = _meant(coalition, token).prospect
    except Http404:
        return _shown(request, token, None, came="cut", status=404)
    return _shown(request, token, prospect)


@login_not_required
@require_POST
def answer_yes(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _meant(coalition, token).prospect
    if prospect is None:
        return _shown(request, token, None)
    form = YesForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    if done(request, form, lambda: actions.say_yes(prospect=prospect, name=said["name"], address=said["address"])):
        return _shown(request, token, prospect, came="yes")
    return _shown(request, token, prospect, status=422, form=form)


@login_not_required
@require_POST
def answer_not_now(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _meant(coalition, token).prospect
    if prospect is None:
        return _shown(request, token, None)
    try:
        actions.say_not_now(prospect=prospect)
    except Refused:  # erased between the two
        prospect = None
    return _shown(request, token, prospect, came="not-now" if prospect else "")


@login_not_required
@require_POST
def answer_never(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """Also by an old link, of which nothing else is kept."""
    meant = _meant(coalition, token)
    actions.say_never_again(coalition=coalition, marks=meant.marks, prospect=meant.prospect)
    return _shown(request, token, meant.prospect, came="never")


@login_not_required
@require_POST
def answer_erase(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _meant(coalition, token).prospect
    if prospect is not None:
        actions.erase_at_their_wish(prospect=prospect)
    return _shown(request, token, prospect, came="erased")


def _meant(coalition: Coalition, token: str) -> Meant:
    """404 for a link that is none of ours."""
    meant = meant_by(token, coalition)
    if meant is None:
        raise Http404
    return meant


def _shown(
    request: Request, token: str, prospect: Prospect | None, *, came: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """Kept by no browser and no machine between: the address of the page is the key to it."""
    context = {"here": "front", "token": token, "prospect": prospect, "came": came, "form": YesForm()} | more
    response = page(request, PAGE, context, status)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
