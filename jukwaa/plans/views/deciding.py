"""What the lead of a plan decides of the whole of it: each is looked at first, then pressed."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.plans import actions
from jukwaa.plans.forms import DeleteForm
from jukwaa.plans.models import Plan
from jukwaa.plans.reading import PlanPage
from jukwaa.plans.views.common import ASK, HERE, require_deleting, require_leading, shown_plan

COUNTED = (
    gettext_lazy("Members of the coalition see how many countries say that a capability is in place, or needed."),
    gettext_lazy(
        "It is counted once, when a month is over. A number is told only where at least five countries have answered"
        " and nobody can work out what one of them said, not even with the numbers of earlier months. Your country is"
        " never named, and nobody sees that it agreed. No text of the plan is shown."
    ),
    gettext_lazy(
        "You can take it back at any time: nothing that is counted later counts you. Numbers that were told stay as"
        " they are, for a year at most. You may say no."
    ),
)


def _build_question(plan: Plan, sentences: Iterable[Any], **words: Any) -> dict[str, Any]:
    """Return the context of a page that asks first. `words`: title, button, and `stop` if it takes something away."""
    return {"object": plan.title, "sentences": sentences, "back": plan.get_absolute_url(), **words}


@require_http_methods(["GET", "POST"])
def plan_consent(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    return form_view(
        request,
        template=ASK,
        context=_build_question(plan, COUNTED, title=_("Let it be counted"), button=_("We agree")),
        action=lambda: actions.consent_to_figures(actor=request.user, plan=plan),
        success=_("Agreed. It is counted when this month is over. You can take it back at any time."),
        redirect_to=plan,
    )


@require_POST
def consent_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = shown_plan(request, coalition, pk).plan
    return form_view(
        request,
        action=lambda: actions.withdraw_consent(actor=request.user, plan=plan),
        success=_(
            "Taken back. Nothing that is counted from now on counts it; what was told stays, for a year at most."
        ),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def carry_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """First what would become of each, then the step. `into` is compared with the next edition, and never stored."""
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    return form_view(
        request,
        template="plans/carry_over.html",
        context=lambda: {**HERE, "shown": shown, "plan": plan, "crossing": actions.crossing(plan)},
        action=lambda: actions.carry_over(actor=request.user, plan=plan, into=request.POST.get("into", "")),
        success=_("It goes on over the new edition. Look at each capability once more."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    sentences = [_("Nothing in it can be changed any more, and no later count holds it. Its team still reads it.")]
    return form_view(
        request,
        template=ASK,
        context=_build_question(plan, sentences, title=_("Close the plan"), button=_("Close the plan"), stop=True),
        action=lambda: actions.close_plan(actor=request.user, plan=plan),
        success=_("It is closed. Its team still reads it."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_delete(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_deleting(shown)
    words = {"title": _("Delete the plan"), "button": _("Delete it for good"), "stop": True}
    return form_view(
        request,
        DeleteForm(form_data(request)),
        template=ASK,
        context=lambda: _build_question(shown.plan, _what_goes(shown), **words),
        action=lambda: actions.delete_plan(actor=request.user, plan=shown.plan),
        success=_("It is deleted. What came of it in the coalition stays."),
        redirect_to=reverse("plans:overview", args=[coalition.slug]),
    )


def _what_goes(shown: PlanPage) -> list[str]:
    numbers = {"said": len(shown.assessments), "moments": len(shown.baselines), "people": len(shown.team)}
    return [
        _("What goes: all that was said of its capabilities (%(said)s, now and before), its baselines (%(moments)s).")
        % numbers,
        _("Nobody of its team (%(people)s) reads anything of it any more. Tell them first, and take it along.")
        % numbers,
        _("What stays: needs, practices and events that came of it. That they belonged to it is forgotten."),
        _(
            "If it was counted, what it said in numbers that were told is kept for reckoning later ones, and shown to"
            " nobody. It can't be undone; backups hold it until they are gone."
        ),
    ]
