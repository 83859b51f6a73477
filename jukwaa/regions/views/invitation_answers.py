"""What the link in a letter opens, for somebody without an account. Opening it does nothing; its buttons do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.regions.actions import invitation_answers as actions
from jukwaa.regions.answer_links import AnswerLinkTarget, find_answer_link_target
from jukwaa.regions.forms.prospects import AcceptInvitationForm
from jukwaa.regions.models import Prospect

INVITATION_ANSWER_TEMPLATE = "regions/answer.html"


@login_not_required
@require_GET
@never_cache
def invitation_answer_page(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """A link that a mail program cut in two still says to its reader what to do."""
    try:
        prospect = _get_link_target_or_404(coalition, token).prospect
    except Http404:
        return _render_answer_page(request, token, None, came_from="cut", http_status=404)
    return _render_answer_page(request, token, prospect)


@login_not_required
@require_POST
@never_cache
def invitation_answer_accept(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _get_link_target_or_404(coalition, token).prospect
    form = AcceptInvitationForm(request.POST) if prospect else None  # nothing is asked of somebody who was erased
    return form_view(
        request,
        form,
        template=INVITATION_ANSWER_TEMPLATE,
        context=_build_answer_context(token, prospect),
        action=lambda: _accept_invitation_from_form(prospect, form),
        redirect_to=lambda _result: _render_answer_page(request, token, prospect, came_from="yes" if prospect else ""),
    )


def _accept_invitation_from_form(prospect: Prospect | None, form: AcceptInvitationForm | None) -> None:
    if prospect is not None and form is not None:
        actions.accept_invitation(
            prospect=prospect, name=form.cleaned_data["name"], address=form.cleaned_data["address"]
        )


@login_not_required
@require_POST
@never_cache
def invitation_answer_not_now(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _get_link_target_or_404(coalition, token).prospect
    return form_view(
        request,
        action=lambda: _decline_invitation_for_now(prospect),
        redirect_to=lambda answered: _render_answer_page(
            request, token, answered, came_from="not-now" if answered else ""
        ),
    )


def _decline_invitation_for_now(prospect: Prospect | None) -> Prospect | None:
    try:
        return actions.decline_invitation_for_now(prospect=prospect) if prospect else None
    except ActionRefused:  # erased between the two: its page says what it says of all who were erased
        return None


@login_not_required
@require_POST
@never_cache
def invitation_answer_never_again(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """Also by an old link, of which nothing else is kept."""
    meant = _get_link_target_or_404(coalition, token)
    return form_view(
        request,
        action=lambda: actions.register_do_not_contact(
            coalition=coalition, contact_marks=meant.marks, prospect=meant.prospect
        ),
        redirect_to=lambda _result: _render_answer_page(request, token, meant.prospect, came_from="never"),
    )


@login_not_required
@require_POST
@never_cache
def invitation_answer_erase(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    prospect = _get_link_target_or_404(coalition, token).prospect
    return form_view(
        request,
        action=lambda: actions.erase_prospect_on_request(prospect=prospect) if prospect else None,
        redirect_to=lambda _result: _render_answer_page(request, token, prospect, came_from="erased"),
    )


def _get_link_target_or_404(coalition: Coalition, token: str) -> AnswerLinkTarget:
    """404 for a link that is none of ours."""
    meant = find_answer_link_target(token, coalition)
    if meant is None:
        raise Http404
    return meant


def _render_answer_page(
    request: Request, token: str, prospect: Prospect | None, *, came_from: str = "", http_status: int = 200
) -> HttpResponse:
    """Kept by no browser and no machine between: the address of the page is the key to it."""
    response = render_page(
        request,
        INVITATION_ANSWER_TEMPLATE,
        _build_answer_context(token, prospect, came_from) | {"form": AcceptInvitationForm()},
        http_status,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _build_answer_context(token: str, prospect: Prospect | None, came_from: str = "") -> dict[str, Any]:
    return {"token": token, "prospect": prospect, "came": came_from}
