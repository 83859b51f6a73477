"""Who works on a plan; and who may lead one that nobody leads any more."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.plans import actions, policies
from jukwaa.plans.forms import TeamMemberForm
from jukwaa.plans.models import Claim, Plan, TeamMember
from jukwaa.plans.views.plan_access import CONFIRM_TEMPLATE, get_plan_page_or_404, require_lead_access

TEAM_TEMPLATE = "plans/team_list.html"


@require_http_methods(["GET", "POST"])
def plan_team_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who works on it; for its lead, with the form that names somebody or gives them another part."""
    plan_page = get_plan_page_or_404(request, coalition, pk)
    if request.method == "POST":
        require_lead_access(plan_page)
    form = (
        TeamMemberForm(get_form_data(request), plan=plan_page.plan, standing=request.standing)
        if plan_page.may_lead_plan
        else None
    )
    before = {member.person_id for member in plan_page.team}
    return form_view(
        request,
        form,
        template=TEAM_TEMPLATE,
        context={"shown": plan_page, "plan": plan_page.plan},
        action=lambda: _add_team_member_from_form(request, plan_page.plan, form),
        success_message=lambda member: _format_membership_result(member, before),
        redirect_to=request.path,
    )


def _add_team_member_from_form(request: MemberRequest, plan: Plan, form: TeamMemberForm | None) -> TeamMember:
    if form is None or form.found is None:
        raise ActionRefused(_("Choose a person or enter an email address."), "person")
    return actions.add_team_member(actor=request.user, plan=plan, person=form.found, role=form.cleaned_data["role"])


def _format_membership_result(team_member: TeamMember, lead_ids_before: set[int]) -> str:
    """A mail goes to whoever is new, and to nobody for another part."""
    if team_member.person_id in lead_ids_before:
        return _("Role saved. This person was already in the team, so we will not email them again.")
    return _(
        "Team member added. We will email them, but the email will not name the plan. "
        "They can find the plan under “National plans”."
    )


@require_http_methods(["GET", "POST"])
def plan_team_leave(request: MemberRequest, coalition: Coalition, pk: int, member: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    plan = plan_page.plan
    leaving = get_object_or_404(plan.team.filter(left_at=None).select_related("person"), pk=member)
    leaving.plan = plan
    own = leaving.person_id == request.user.pk
    if not (own or plan_page.role == "leads"):
        raise PermissionDenied(_("Only the plan lead can change the team."))
    team = reverse("plans:team_list", args=[coalition.slug, plan.pk])
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context=_build_leave_confirmation(leaving, is_own_membership=own, back_url=team),
        action=lambda: actions.leave_plan_team(actor=request.user, team_member=leaving),
        success_message=_("You have left the team.") if own else _("The person has been removed from the team."),
        redirect_to=reverse("plans:overview", args=[coalition.slug]) if own else team,
    )


def _build_leave_confirmation(leaving_member: TeamMember, *, is_own_membership: bool, back_url: str) -> dict[str, Any]:
    return {
        "title": _("Leave the team") if is_own_membership else _("Remove this person from the team?"),
        "object": str(leaving_member.person),
        "sentences": [
            _("You will no longer be able to open the plan or download anything from it.")
            if is_own_membership
            else _("This person will no longer be able to open the plan or download anything from it.")
        ],
        "button": _("Leave the team") if is_own_membership else _("Remove from the team"),
        "stop": True,
        "back": back_url,
    }


@require_POST
def plan_claim(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Of a plan that sleeps: who asks sees that it does, and nothing else of it. Its own team takes it up at once."""
    readable = Plan.objects.visible_to(request.user).of(coalition)
    own = (
        Plan.objects.of(coalition)
        .without_lead()
        .filter(country__in=policies.list_represented_countries(request.standing))
    )
    at_once = readable.filter(pk=pk).first()
    plan = at_once or get_object_or_404(own, pk=pk)
    plan.coalition = coalition
    asked = _("Request sent. Once a coordinator has confirmed it, you will lead the plan.")
    return form_view(
        request,
        action=lambda: actions.claim_inactive_plan(actor=request.user, plan=plan),
        success_message=_("You now lead this plan.") if at_once else asked,
        redirect_to=plan.get_absolute_url() if at_once else reverse("plans:overview", args=[coalition.slug]),
    )


@require_GET
def plan_claim_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """For coordinators: who asks to lead a plan, for which country."""
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Only coordinators can answer requests to lead a plan."))
    waiting = Claim.objects.filter(plan__coalition=coalition, answered_at=None)
    claims = waiting.select_related("plan", "person").exclude(person=request.user)
    return render_page(request, "plans/claim_list.html", {"claims": list(claims)})


@require_POST
def plan_claim_answer(request: MemberRequest, coalition: Coalition, pk: int, granted: bool) -> HttpResponse:  # noqa: FBT001 - from the address
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Only coordinators can answer requests to lead a plan."))
    claim = get_object_or_404(Claim.objects.select_related("plan"), plan__coalition=coalition, pk=pk)
    return form_view(
        request,
        action=lambda: actions.answer_plan_claim(actor=request.user, plan_claim=claim, is_granted=granted),
        success_message=_("Request accepted. This person now leads the plan.")
        if granted
        else _("Request declined. The plan has not changed."),
        redirect_to=reverse("plans:claim_list", args=[coalition.slug]),
    )
