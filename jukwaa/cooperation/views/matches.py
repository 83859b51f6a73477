"""Bringing an offer and a need together, and the page on which both sides say how it stands."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.forms.matches import MatchStateForm, ProposeMatchForm
from jukwaa.cooperation.models import Match, MatchSide
from jukwaa.cooperation.presenters import MatchPage
from jukwaa.cooperation.views.common import AnyRequest, build_help_context, get_help_or_404
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page

NEW_TEMPLATE, DETAIL_TEMPLATE = "cooperation/match_new.html", "cooperation/match_detail.html"


def get_match_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Match:
    """404 for what one may not see."""
    rows = Match.objects.visible_to(request.user).filter(need__coalition=coalition)
    whole = rows.select_related(
        *(f"{side}__{name}" for side in MatchSide.values for name in ("organisation", "contact"))
    ).prefetch_related("consents__capacity", "consents__person", "steps__capacity")
    match = get_object_or_404(whole, pk=pk)
    match.offer.coalition = match.need.coalition = coalition
    return match


@require_http_methods(["GET", "POST"])
def match_new(request: MemberRequest, coalition: Coalition, offer: int, need: int) -> HttpResponse:
    offered = get_help_or_404(request, coalition, "offer", offer)
    needed = get_help_or_404(request, coalition, "need", need)
    if not policies.can_propose_match(request.standing, Match(offer=offered, need=needed)):
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two organisations can propose this introduction.")
        )
    sides = policies.get_represented_sides(request.standing, Match(offer=offered, need=needed))
    form = ProposeMatchForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=build_help_context("need", offer=offered, need=needed, speaks=bool(sides)),
        action=lambda: actions.propose_match(
            actor=request.user, offer=offered, need=needed, words=form.cleaned_data["words"]
        ),
        success_message=_describe_match_request(sides),
        redirect_to=_get_match_url,
    )


@login_not_required
@require_GET
def match_detail(request: AnyRequest, coalition: Coalition, pk: int) -> HttpResponse:
    match = get_match_or_404(request, coalition, pk)
    shown = MatchPage(match, request.standing)
    form = _build_match_state_form(request, shown, None)
    return render_page(request, DETAIL_TEMPLATE, build_help_context("need", match=match, shown=shown, form=form))


@require_POST
def match_consent(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    match, chosen = get_match_or_404(request, coalition, pk), _get_side_or_404(side)
    other_agreed = any(
        given for each, _given, given, _own in MatchPage(match, request.standing).consents if each != chosen
    )
    both, one = (
        _("Both sides agree. The contact details are below."),
        _("Your organisation has agreed to be introduced."),
    )
    return form_view(
        request,
        action=lambda: actions.give_match_consent(actor=request.user, match=match, match_side=chosen),
        success_message=both if other_agreed else one,
        redirect_to=_get_match_url(match),
    )


@require_POST
def match_consent_withdraw(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    match, chosen = get_match_or_404(request, coalition, pk), _get_side_or_404(side)
    return form_view(
        request,
        action=lambda: actions.withdraw_match_consent(actor=request.user, match=match, match_side=chosen),
        success_message=_("Consent withdrawn. The contact details are no longer shown to either side."),
        redirect_to=_get_match_url(match),
    )


@require_POST
def match_state_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    match = get_match_or_404(request, coalition, pk)
    shown = MatchPage(match, request.standing)
    form = _build_match_state_form(request, shown, request.POST)
    if form is None:
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two sides can update the status.")
        )
    return form_view(
        request,
        form,
        template=DETAIL_TEMPLATE,
        context=build_help_context("need", match=match, shown=shown),
        action=lambda: actions.update_match_state(actor=request.user, match=match, **form.get_action_arguments()),
        success_message=_("Your response has been saved."),
        redirect_to=_get_match_url(match),
    )


def _describe_match_request(match_sides: list[MatchSide]) -> str:
    """A side that asks has agreed by asking."""
    if match_sides:
        return _("We will ask the other organisation. We will not share any contact details until it agrees.")
    return _("We will ask both sides. No contact details are shared until both agree.")


def _build_match_state_form(request: AnyRequest, match_page: MatchPage, post_data: Any) -> MatchStateForm | None:
    follows = actions.get_next_states(match_page.match, match_page.sides)
    if not match_page.sides and not (request.standing.is_coordinator and follows):
        return None
    return MatchStateForm(post_data, match=match_page.match, next_states=follows, can_stay=bool(match_page.sides))


def _get_side_or_404(side_name: str) -> MatchSide:
    if side_name not in MatchSide.values:
        raise Http404
    return MatchSide(side_name)


def _get_match_url(match: Match) -> str:
    return reverse("cooperation:match_detail", args=[match.need.coalition.slug, match.pk])
