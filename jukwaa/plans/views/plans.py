"""The list of one's plans, opening one, its page, its name and its baselines."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.plans import actions, policies
from jukwaa.plans.disclosure_control import MIN_COUNTRIES_PER_FIGURE
from jukwaa.plans.figures import load_framework_figures
from jukwaa.plans.forms import BaselineForm, NewPlanForm, PlanForm
from jukwaa.plans.models import Baseline, Claim, Plan
from jukwaa.plans.views.plan_access import (
    FORM_TEMPLATE,
    get_plan_page_or_404,
    require_lead_access,
    require_write_access,
)

NOT_REPRESENTING_GOVERNMENT_MESSAGE = gettext_lazy(
    "Only people confirmed as representing the government of a country can create a plan. Check in the directory"
    " that the country and the group of your organisation are correct."
)


@require_GET
def plan_overview(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """One's own plans, and what one may open; to all others, that there are such things and what is counted."""
    standing = request.standing
    countries = policies.list_represented_countries(standing)
    asleep = (
        Plan.objects.of(coalition).without_lead().filter(country__in=countries) if countries else Plan.objects.none()
    )
    context = {
        "plans": list(Plan.objects.visible_to(request.user).of(coalition)),
        "may_open": bool(policies.list_countries_open_for_plans(standing)),
        "asleep": list(asleep),
        "asked": set(Claim.objects.filter(person=request.user, answered_at=None).values_list("plan", flat=True))
        if countries
        else set(),
        "may_see_figures": policies.can_see_figures(standing, coalition),
    }
    return render_page(request, "plans/overview.html", context)


@require_GET
def country_figure_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_see_figures(request.standing, coalition):
        raise PermissionDenied(
            _("Only members can see the figures from national plans. To join the coalition, apply on the members page.")
        )
    return render_page(
        request, "plans/figures.html", {"figures": load_framework_figures(coalition), "least": MIN_COUNTRIES_PER_FIGURE}
    )


@require_http_methods(["GET", "POST"])
def plan_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    countries = policies.list_countries_open_for_plans(request.standing)
    if not countries:
        raise PermissionDenied(NOT_REPRESENTING_GOVERNMENT_MESSAGE)
    form = NewPlanForm(get_form_data(request), countries=countries)
    context = {
        "title": _("Create a workspace for a national plan"),
        "lead": _(
            "Only the people you add to the team, and the operators of the server, can read the plan. Coordinators"
            " and other members of the coalition cannot."
        ),
        "button": _("Create workspace"),
        "back": reverse("plans:overview", args=[coalition.slug]),
    }
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=context,
        action=lambda: actions.open_plan(actor=request.user, coalition=coalition, **form.get_action_arguments()),
        success_message=_("Workspace created. You lead the plan. Add the people who will work on it with you."),
        redirect_to=lambda plan: reverse("plans:team_list", args=[coalition.slug, plan.pk]),
    )


@require_GET
def plan_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    return render_page(request, "plans/plan_detail.html", {"shown": plan_page, "plan": plan_page.plan})


@require_http_methods(["GET", "POST"])
def plan_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_lead_access(plan_page)
    plan = plan_page.plan
    form = PlanForm(get_form_data(request), initial=_get_current_values(plan))
    back = plan.get_absolute_url()
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context={"title": _("Edit name and label"), "button": _("Save"), "back": back, "plan": plan},
        action=lambda: _save_plan_from_form(request, plan, form),
        current_values=lambda conflict: _get_current_values(conflict.current),
        success_message=_("The changes have been saved."),
        redirect_to=back,
    )


def _get_current_values(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in ("title", "label", "version")}


def _save_plan_from_form(request: MemberRequest, plan: Plan, form: PlanForm) -> Plan:
    said = form.cleaned_data
    version = said["version"] or 0
    return actions.change_plan(
        actor=request.user, plan=plan, title=said["title"], label=said["label"], from_version=version
    )


@require_http_methods(["GET", "POST"])
def plan_baseline_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    plan, form = plan_page.plan, BaselineForm(get_form_data(request))
    context = {
        "title": _("Set a baseline"),
        "lead": _(
            "A baseline is a saved copy of the current status of all capabilities. You can compare later "
            "progress with it. Once you set a baseline, you cannot remove it."
        ),
        "button": _("Set baseline"),
        "back": plan.get_absolute_url(),
        "plan": plan,
    }
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=context,
        action=lambda: _set_baseline_from_form(request, plan, form),
        success_message=_("Baseline set. Progress will be compared with it."),
        redirect_to=plan,
    )


def _set_baseline_from_form(request: MemberRequest, plan: Plan, form: BaselineForm) -> Baseline:
    said = form.cleaned_data
    return actions.set_plan_baseline(actor=request.user, plan=plan, name=said["name"], token=said["token"])
