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
from jukwaa.plans.views.common import ASK, require_deleting, require_leading, shown_plan

COUNTED = (
    gettext_lazy("Members of the coalition see how many countries report a capability as in place or needed."),
    gettext_lazy(
        "Figures are calculated once, after the end of each month. A number is published only if at "
        "least 5 countries have answered and no one can work out any single answer, even with the "
        "numbers of earlier months. Your country is never named, no one sees that it agreed, and no "
        "text of the plan is shown."
    ),
    gettext_lazy(
        "You can withdraw your consent at any time. Later figures will then not include you. "
        "Published numbers stay as they are, for at most 1 year. You are free to decline."
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
        context=_build_question(plan, COUNTED, title=_("Agree to be counted"), button=_("We agree")),
        action=lambda: actions.consent_to_figures(actor=request.user, plan=plan),
        success=_(
            "Agreed. The plan will be counted after the end of this month. You can withdraw your consent at any time."
        ),
        redirect_to=plan,
    )


@require_POST
def consent_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = shown_plan(request, coalition, pk).plan
    return form_view(
        request,
        action=lambda: actions.withdraw_consent(actor=request.user, plan=plan),
        success=_(
            "Consent withdrawn. Later figures will not include this plan. Published numbers stay for at most 1 year."
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
        context=lambda: {"shown": shown, "plan": plan, "crossing": actions.crossing(plan)},
        action=lambda: actions.carry_over(actor=request.user, plan=plan, into=request.POST.get("into", "")),
        success=_("Moved to the new edition. Check the status of each capability."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    sentences = [_("No one can change a closed plan, and later figures do not include it. The team can still read it.")]
    return form_view(
        request,
        template=ASK,
        context=_build_question(plan, sentences, title=_("Close the plan"), button=_("Close the plan"), stop=True),
        action=lambda: actions.close_plan(actor=request.user, plan=plan),
        success=_("Plan closed. The team can still read it."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_delete(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_deleting(shown)
    words = {"title": _("Delete the plan"), "button": _("Delete permanently"), "stop": True}
    return form_view(
        request,
        DeleteForm(form_data(request)),
        template=ASK,
        context=lambda: _build_question(shown.plan, _what_goes(shown), **words),
        action=lambda: actions.delete_plan(actor=request.user, plan=shown.plan),
        success=_("Plan deleted. Its needs, practices and events stay in the coalition."),
        redirect_to=reverse("plans:overview", args=[coalition.slug]),
    )


def _what_goes(shown: PlanPage) -> list[str]:
    numbers = {"said": len(shown.assessments), "moments": len(shown.baselines), "people": len(shown.team)}
    return [
        _(
            "Will be deleted: all entries about capabilities (%(said)s, current and earlier) and all "
            "baselines (%(moments)s)."
        )
        % numbers,
        _(
            "The team members (%(people)s) will no longer be able to read the plan. Tell them first, and "
            "download the plan."
        )
        % numbers,
        _("Will stay: needs, practices and events that were linked to the plan. The links themselves will be deleted."),
        _(
            "If the plan was counted, its answers in published numbers are kept to calculate later "
            "numbers. No one can see them. You cannot undo the deletion. Backups contain the plan until "
            "they are overwritten."
        ),
    ]
