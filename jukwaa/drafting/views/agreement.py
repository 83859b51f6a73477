"""Agreeing: the rules, a call and how it stands, a position, and what came of it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.accounts.models import Person
from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.views.common import require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions, policies
from jukwaa.drafting.editions import find_text_editions
from jukwaa.drafting.forms.agreement import CallForm, CallOutcomeForm, PositionForm, RestartCallForm, RulesForm
from jukwaa.drafting.models import Call, Placement, Position, Text
from jukwaa.drafting.positions import CallPositions, get_decision_rules
from jukwaa.drafting.recipient_counts import count_call_recipients
from jukwaa.drafting.silence_procedure import DecisionRules
from jukwaa.drafting.views.common import build_text_context, get_text_or_404, set_cache_until_change
from jukwaa.records.models import Link, Record, State

AGREEMENT_TAB_NAME = "agreement"


def get_call_or_404(text: Text, pk: int) -> Call:
    found = get_object_or_404(Call.objects.select_related("revision"), text=text.pk, pk=pk)
    found.text = text
    return found


@login_not_required
@require_GET
@cache_for_visitors
def agreement_page(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The calls on a text and its editions, the latest first."""
    text = get_text_or_404(request, coalition, pk)
    calls = list(Call.objects.filter(text=text.pk).select_related("revision"))
    for call in calls:
        call.text = text
    context = {
        **build_text_context(request, text, AGREEMENT_TAB_NAME),
        "calls": calls,
        "editions": list(find_text_editions(text.pk)),
        "may_call": policies.can_manage_call(request.standing, text) and not any(not call.outcome for call in calls),
        "may_publish": policies.can_publish_edition(request.standing, text) and not text.is_decision,
    }
    return set_cache_until_change(render_page(request, "drafting/agreement.html", context), calls)


@login_not_required
@require_GET
@cache_for_visitors
def call_detail(request: Request, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    found = get_call_or_404(text, call)
    positions = CallPositions(found)
    context = {**build_text_context(request, text, AGREEMENT_TAB_NAME), **_build_call_context(request, positions)}
    template = "drafting/call_decision.html" if text.is_decision else "drafting/call_detail.html"
    return set_cache_until_change(render_page(request, template, context), [found])


def _build_call_context(request: Request, positions: CallPositions) -> dict[str, Any]:
    """How it stands, as far as this viewer is told: the silent are named to themselves and to who manages the call."""
    standing, call = request.standing, positions.call
    holds = list(call.holds.all())
    may_manage = policies.can_manage_call(standing, call.text)
    is_asked = any(request.user.pk == person.pk for person in positions.people)
    own = [organisation for organisation in positions.members if organisation.pk in standing.speaks_for]
    silent = (
        positions.silent_organisations
        if may_manage
        else [each for each in own if each in positions.silent_organisations]
    )
    return {
        "call": call,
        "positions": positions,
        "silent_named": silent,
        "speaks_for": own if call.is_open else [],
        "is_asked": is_asked and call.is_open,
        "wording": _get_call_clauses(call) if call.text.is_decision else [],
        "rules": DecisionRules.from_call(call) if call.text.is_decision else None,
        "holds": holds,
        "is_on_hold": any(hold.clarified_at is None for hold in holds),
        "results": find_records_of_outcome(request, call) if call.text.is_decision and call.outcome else [],
        "has_new": Call.objects.filter(restarts=call).first() if call.outcome == Call.Outcome.RESTARTED else None,
        "may_manage": may_manage,
        "may_declare": may_manage and not call.outcome,
        "is_complete": _can_declare_outcome(positions),
    }


def _can_declare_outcome(positions: CallPositions) -> bool:
    call = positions.call
    if call.is_over or positions.have_all_responded:
        return True
    return call.text.is_decision and bool(positions.verdict.at_once)


def _get_allowed_outcomes(positions: CallPositions) -> frozenset[str]:
    """Return what can be declared now; before the end, where nothing can be, what could be after it."""
    if not positions.call.text.is_decision:
        return frozenset()
    verdict = positions.verdict
    is_complete = positions.call.is_over or positions.have_all_responded
    return verdict.outcomes if is_complete else verdict.at_once or verdict.outcomes


def _get_call_clauses(call: Call) -> list[Placement]:
    return list(Placement.objects.at(call.text, call.revision.step))


def find_records_of_outcome(request: Request, call: Call) -> list[Record]:
    """Return what the decision has become: its entry in the register, or an idea for the next meeting."""
    began = Link.objects.filter(to_record=call.text_id, relation=Link.Relation.BEGAN_AS)
    readable = Record.objects.visible_to(request.user).filter(state=State.PUBLISHED)
    return list(readable.filter(pk__in=began.values("from_record")).order_by("pk"))


@require_http_methods(["GET", "POST"])
def call_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    if not policies.can_manage_call(request.standing, text):
        raise PermissionDenied(_("Only a coordinator or the chair can open a consensus call."))
    form = CallForm(get_form_data(request), rules=get_decision_rules(coalition), is_decision=text.is_decision)
    return form_view(
        request,
        form,
        template="drafting/call_new.html",
        context=lambda: {
            **build_text_context(request, text, AGREEMENT_TAB_NAME),
            "revision": text.get_latest_revision(),
            "recipients": count_call_recipients(text),
        },
        action=lambda: actions.call_for_consensus(actor=request.user, text=text, **form.get_action_arguments()),
        success_message=_("The consensus call is open. We will email everyone who can respond."),
        redirect_to=lambda call: _get_call_address(text, call),
    )


@require_http_methods(["GET", "POST"])
def call_restart(request: MemberRequest, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    old = get_call_or_404(text, call)
    if not policies.can_manage_call(request.standing, text):
        raise PermissionDenied(_("Only a coordinator or the chair can restart a consensus call."))
    form = RestartCallForm(get_form_data(request), rules=get_decision_rules(coalition), is_decision=text.is_decision)
    return form_view(
        request,
        form,
        template="drafting/call_restart.html",
        context=lambda: {
            **build_text_context(request, text, AGREEMENT_TAB_NAME),
            "call": old,
            "against": CallPositions(old).dissenting_positions,
            "recipients": count_call_recipients(text),
        },
        action=lambda: actions.restart_consensus_call(actor=request.user, call=old, **form.get_action_arguments()),
        success_message=_(
            "The consensus call has been restarted. We will email everyone who can respond. Earlier positions are"
            " still shown."
        ),
        redirect_to=lambda new: _get_call_address(text, new),
    )


@require_http_methods(["GET", "POST"])
def call_outcome_declare(request: MemberRequest, coalition: Coalition, pk: int, call: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    found = get_call_or_404(text, call)
    if not policies.can_manage_call(request.standing, text):
        raise PermissionDenied(_("Only a coordinator or the chair can declare the outcome of a call."))
    positions = CallPositions(found)
    form = CallOutcomeForm(get_form_data(request), call=found, allowed_outcomes=_get_allowed_outcomes(positions))
    return form_view(
        request,
        form,
        template="drafting/call_declare.html",
        context=lambda: {
            **build_text_context(request, text, AGREEMENT_TAB_NAME),
            "call": found,
            **_build_declare_context(found),
        },
        action=lambda: _declare_call_outcome(request, found, form),
        success_message=_("Outcome declared. We will email the members."),
        redirect_to=_get_call_address(text, found),
    )


def _build_declare_context(call: Call) -> dict[str, Any]:
    positions = CallPositions(call)
    return {"positions": positions, "is_complete": _can_declare_outcome(positions)}


def _declare_call_outcome(request: MemberRequest, call: Call, form: CallOutcomeForm) -> object:
    said = form.cleaned_data
    return actions.declare_call_outcome(actor=request.user, call=call, outcome=said["outcome"], reason=said["reason"])


@require_http_methods(["GET", "POST"])
def position_take(
    request: MemberRequest, coalition: Coalition, pk: int, call: int, organisation: int | None = None
) -> HttpResponse:
    """For an organisation; without one, by a member in their own right."""
    found = get_call_or_404(get_text_or_404(request, coalition, pk), call)
    own = Organisation.objects.of(coalition)
    speaker = get_object_or_404(own, pk=organisation) if organisation is not None else None
    text, asked = found.text, Position(call=found, organisation=speaker, person=request.user)
    if not policies.can_take_position(request.standing, asked):
        raise PermissionDenied(policies.explain_position_refusal(asked))
    now, earlier = _get_current_and_earlier_position(found, speaker, request.user)
    form = PositionForm(get_form_data(request), call=found, initial=PositionForm.get_initial(now, earlier))
    return form_view(
        request,
        form,
        template="drafting/position_take.html",
        context=lambda: {
            **build_text_context(request, text, AGREEMENT_TAB_NAME),
            "call": found,
            "organisation": speaker,
            "now": now,
            "earlier": earlier,
            "wording": _get_call_clauses(found) if text.is_decision else [],
        },
        action=lambda: _take_position_from_form(request, found, speaker, form),
        current_values=lambda conflict: PositionForm.get_initial(conflict.current, None),
        success_message=_(
            "Response saved. You can change it until the consensus call closes. Earlier responses will stay visible."
        ),
        redirect_to=_get_call_address(text, found),
    )


def _take_position_from_form(
    request: MemberRequest, call: Call, organisation: Organisation | None, form: PositionForm
) -> object:
    seen = form.cleaned_data["seen"]
    return actions.take_call_position(
        actor=request.user, call=call, organisation=organisation, stand=form.build_position_content(), seen=seen
    )


def _get_current_and_earlier_position(
    call: Call, organisation: Organisation | None, person: Person
) -> tuple[Position | None, Position | None]:
    """What it says to this call, and what it said last to the one that this restarts."""
    calls = [pk for pk in (call.pk, call.restarts_id) if pk]
    rows = Position.objects.filter(call__in=calls, organisation=organisation, stands=True)
    rows = rows if organisation else rows.filter(person=person)
    said = {row.call_id: row for row in rows.select_related("clause", "capacity__person")}
    return said.get(call.pk), said.get(call.restarts_id or 0)


@require_http_methods(["GET", "POST"])
def decision_rules_edit(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_set_rules(request.standing, coalition))
    form = RulesForm(get_form_data(request), initial=RulesForm.get_initial(get_decision_rules(coalition)))
    return form_view(
        request,
        form,
        template="drafting/rules.html",
        action=lambda: actions.set_decision_rules(actor=request.user, coalition=coalition, **form.cleaned_data),
        current_values=lambda conflict: RulesForm.get_initial(conflict.current),
        success_message=_(
            "Rules saved. They do not apply to consensus calls and silence procedures that are already open."
        ),
        redirect_to=reverse("drafting:rules", args=[coalition.slug]),
    )


def _get_call_address(text: Text, call: Call) -> str:
    return reverse("drafting:call_detail", args=[text.coalition.slug, text.pk, call.pk])
