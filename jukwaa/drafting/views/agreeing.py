"""Agreeing: the rules, a call and how it stands, a position, and what came of it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.views.common import done, go, require, typed
from jukwaa.core.http import invalid, page
from jukwaa.core.safeguards.forms import changed
from jukwaa.drafting import actions, policies
from jukwaa.drafting.editions import editions_of
from jukwaa.drafting.forms.agreeing import CallForm, OutcomeForm, PositionForm, RestartForm, RulesForm
from jukwaa.drafting.models import Call, Position, Text
from jukwaa.drafting.positions import Positions, rules_of
from jukwaa.drafting.views.common import AnyRequest, around, until_it_changes, visible_text
from jukwaa.records.doors import at_the_door

TAB = "agreement"


def call_of(text: Text, pk: int) -> Call:
    found = get_object_or_404(Call.objects.select_related("revision"), text=text.pk, pk=pk)
    found.text = text
    return found


@login_not_required
@require_GET
@kept_for_visitors
def agreement(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The calls on a text and its editions, the latest first."""
    text = visible_text(request, coalition, pk)
    calls = list(Call.objects.filter(text=text.pk).select_related("revision"))
    context = {
        **around(request, text, TAB),
        "calls": calls,
        "editions": list(editions_of(text.pk)),
        "may_call": request.standing.is_coordinator and not any(not call.outcome for call in calls),
        "may_publish": policies.may_publish(request.standing, text),
    }
    return until_it_changes(page(request, "drafting/agreement.html", context), calls)


@login_not_required
@require_GET
@kept_for_visitors
def call_detail(request: Request, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    found = call_of(text, call)
    positions = Positions(found)
    context = {**around(request, text, TAB), **_standing(request, positions)}
    return until_it_changes(page(request, "drafting/call_detail.html", context), [found])


def _standing(request: Request, positions: Positions) -> dict[str, Any]:
    """How it stands, as far as this viewer is told: who is silent is named to the coordinator and to themselves."""
    standing, call = request.standing, positions.call
    own = [organisation for organisation in positions.members if organisation.pk in standing.speaks_for]
    silent = positions.silent if standing.is_coordinator else [each for each in own if each in positions.silent]
    return {
        "call": call,
        "positions": positions,
        "silent_named": silent,
        "speaks_for": own if call.is_open else [],
        "has_new": Call.objects.filter(restarts=call).first() if call.outcome == Call.Outcome.RESTARTED else None,
        "may_declare": standing.is_coordinator and not call.outcome,
        "is_complete": call.is_over or positions.everybody_spoke,
    }


@require_http_methods(["GET", "POST"])
def call_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    if not policies.can_call(request.user, text):
        raise PermissionDenied(_("A coordinator calls for consensus."))
    form = CallForm(typed(request), rules=rules_of(coalition))
    context = {**around(request, text, TAB), "form": form, "revision": text.latest_revision()}
    if answer := _kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: actions.call_for_consensus(actor=request.user, text=text, **form.said())):
        told = _("The call is open. Whoever may speak for a member organisation hears of it by mail.")
        return go(request, told=told, to=_to(text, Call.objects.filter(text=text).latest("opens_at")))
    return _form(request, "drafting/call_new.html", context)


@require_http_methods(["GET", "POST"])
def call_restart(request: MemberRequest, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    old = call_of(text, call)
    if not policies.can_call(request.user, text):
        raise PermissionDenied(_("A coordinator restarts a call."))
    form = RestartForm(typed(request), rules=rules_of(coalition))
    positions = Positions(old)
    context = {**around(request, text, TAB), "form": form, "call": old, "against": positions.against}
    if answer := _kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: actions.restart_call(actor=request.user, call=old, **form.said())):
        told = _("All are asked again. What they said before stands beside the new call.")
        return go(request, told=told, to=_to(text, Call.objects.get(restarts=old)))
    return _form(request, "drafting/call_restart.html", context)


@require_http_methods(["GET", "POST"])
def call_declare(request: MemberRequest, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    found = call_of(text, call)
    if not policies.can_call(request.user, text):
        raise PermissionDenied(_("A coordinator declares what came of a call."))
    form = OutcomeForm(typed(request))
    positions = Positions(found)
    context = {**around(request, text, TAB), "form": form, "call": found, "positions": positions}
    context["is_complete"] = found.is_over or positions.everybody_spoke
    if answer := _kept_aside(request, coalition, form):
        return answer
    if done(
        request,
        form,
        lambda: actions.declare_outcome(
            actor=request.user,
            call=found,
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
        ),
    ):
        told = _("It is declared. Whoever may speak for a member organisation hears of it by mail.")
        return go(request, told=told, to=_to(text, found))
    return _form(request, "drafting/call_declare.html", context)


@require_http_methods(["GET", "POST"])
def position_take(request: MemberRequest, coalition: Coalition, pk: int, call: int, organisation: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    found = call_of(text, call)
    speaker = get_object_or_404(Organisation.objects.of(coalition), pk=organisation)
    if not policies.can_take_position(request.user, found, speaker):
        raise PermissionDenied(
            _("You can take a position for an organisation once it has confirmed that you may speak for it.")
        )
    now, earlier = _said_so_far(found, speaker)
    form = PositionForm(typed(request), call=found, initial=PositionForm.initial_of(now, earlier))
    context = {**around(request, text, TAB), "form": form, "call": found, "organisation": speaker}
    context |= {"now": now, "earlier": earlier}
    if answer := _kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: _take(request, found, speaker, form)):
        told = _("Noted. You can change it until the call closes; what you said before stays readable.")
        return go(request, told=told, to=_to(text, found))
    form.data = changed(form.data, "seen", str(now.pk if now else 0))  # it is shown now: sent again, it is meant
    return _form(request, "drafting/position_take.html", context)


def _take(request: MemberRequest, call: Call, organisation: Organisation, form: PositionForm) -> None:
    seen = form.cleaned_data["seen"]
    actions.take_position(actor=request.user, call=call, organisation=organisation, stand=form.stand(), seen=seen)


def _said_so_far(call: Call, organisation: Organisation) -> tuple[Position | None, Position | None]:
    """What it says to this call, and what it said last to the one that this restarts."""
    calls = [pk for pk in (call.pk, call.restarts_id) if pk]
    rows = Position.objects.filter(call__in=calls, organisation=organisation, stands=True)
    said = {row.call_id: row for row in rows.select_related("clause", "capacity")}
    return said.get(call.pk), said.get(call.restarts_id or 0)


@require_http_methods(["GET", "POST"])
def rules(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_set_rules(request.user, coalition))
    initial = RulesForm.initial_of(rules_of(coalition))
    form = RulesForm(typed(request), initial=initial)
    if done(request, form, lambda: actions.set_rules(actor=request.user, coalition=coalition, **form.cleaned_data)):
        told = _("Saved. Calls that are open keep the rules that they began with.")
        return go(request, told=told, to=reverse("drafting:rules", args=[coalition.slug]))
    form.data = changed(form.data, "seen", initial["seen"])
    return _form(request, "drafting/rules.html", {"here": "texts", "form": form})


def _kept_aside(request: MemberRequest, coalition: Coalition, form: Any) -> HttpResponse | None:
    return at_the_door(request, coalition, "form", text=form.people_text) if request.method == "POST" else None


def _form(request: AnyRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return invalid(request, template, context) if context["form"].errors else page(request, template, context)


def _to(text: Text, call: Call) -> str:
    return reverse("drafting:call_detail", args=[text.coalition.slug, text.pk, call.pk])
