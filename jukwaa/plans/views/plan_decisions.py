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
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.plans import actions
from jukwaa.plans.forms import DeletePlanForm
from jukwaa.plans.models import Plan
from jukwaa.plans.plan_page import PlanPage
from jukwaa.plans.views.plan_access import (
    CONFIRM_TEMPLATE,
    get_plan_page_or_404,
    require_delete_access,
    require_lead_access,
)

FIGURES_CONSENT_EXPLANATION = (
    gettext_lazy("Members of the coalition see how many countries report a capability as in place or needed."),
    gettext_lazy(
        "We calculate the figures once, after the end of each month. We publish a number only if at least 5"
        " countries have answered and no single answer can be worked out, even from earlier figures. We never name"
        " your country, show that it agreed or show any text from the plan."
    ),
    gettext_lazy(
        "You can withdraw your consent at any time. Later figures will then not include you. "
        "Published numbers stay as they are, for at most 1 year. You are free to decline."
    ),
)


def _build_confirmation_context(plan: Plan, sentences: Iterable[Any], **words: Any) -> dict[str, Any]:
    """Return the context of a page that asks first. `words`: title, button, and `stop` if it takes something away."""
    return {"object": plan.title, "sentences": sentences, "back": plan.get_absolute_url(), **words}


@require_http_methods(["GET", "POST"])
def figures_consent_give(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_lead_access(plan_page)
    plan = plan_page.plan
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context=_build_confirmation_context(
            plan, FIGURES_CONSENT_EXPLANATION, title=_("Agree to be counted"), button=_("We agree")
        ),
        action=lambda: actions.consent_to_figures(actor=request.user, plan=plan),
        success_message=_(
            "Agreed. The plan will be counted after the end of this month. You can withdraw your consent at any time."
        ),
        redirect_to=plan,
    )


@require_POST
def figures_consent_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_plan_page_or_404(request, coalition, pk).plan
    return form_view(
        request,
        action=lambda: actions.withdraw_plan_consent(actor=request.user, plan=plan),
        success_message=_(
            "Consent withdrawn. New figures will not include this plan. Figures that are already published will stay"
            " online for up to 1 year."
        ),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_move_to_next_edition(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """First what would become of each, then the step. `into` is compared with the next edition, and never stored."""
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_lead_access(plan_page)
    plan = plan_page.plan
    return form_view(
        request,
        template="plans/carry_over.html",
        context=lambda: {"shown": plan_page, "plan": plan, "crossing": actions.preview_edition_change(plan)},
        action=lambda: actions.move_to_next_edition(
            actor=request.user, plan=plan, target_edition=request.POST.get("into", "")
        ),
        success_message=_("The plan has been moved to the new edition. Check the status of each capability."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_lead_access(plan_page)
    plan = plan_page.plan
    sentences = [_("No one can change a closed plan, and later figures do not include it. The team can still read it.")]
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context=_build_confirmation_context(
            plan, sentences, title=_("Close the plan"), button=_("Close the plan"), stop=True
        ),
        action=lambda: actions.close_plan(actor=request.user, plan=plan),
        success_message=_("Plan closed. The team can still read it."),
        redirect_to=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_delete(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_delete_access(plan_page)
    words = {"title": _("Delete the plan"), "button": _("Delete permanently"), "stop": True}
    return form_view(
        request,
        DeletePlanForm(get_form_data(request)),
        template=CONFIRM_TEMPLATE,
        context=lambda: _build_confirmation_context(plan_page.plan, _list_deletion_consequences(plan_page), **words),
        action=lambda: actions.delete_plan(actor=request.user, plan=plan_page.plan),
        success_message=_("Plan deleted. Its needs, practices and events stay in the coalition."),
        redirect_to=reverse("plans:overview", args=[coalition.slug]),
    )


def _list_deletion_consequences(plan_page: PlanPage) -> list[str]:
    numbers = {"said": len(plan_page.assessments), "moments": len(plan_page.baselines), "people": len(plan_page.team)}
    return [
        _(
            "We will delete all entries about capabilities (%(said)s, current and earlier) and all baselines"
            " (%(moments)s)."
        )
        % numbers,
        _(
            "The team members (%(people)s) will no longer be able to read the plan. Before you "
            "continue, tell them and download a copy of the plan."
        )
        % numbers,
        _("We will keep needs, practices and events that were linked to the plan, but we will delete the links."),
        _(
            "If the plan was counted, we keep the answers that are part of published figures, to calculate later"
            " figures. No one can see these answers. You cannot undo the deletion. Backups contain the plan"
            " until they are overwritten."
        ),
    ]
