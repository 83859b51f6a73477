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
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.core.refusals import ActionRefused
from jukwaa.plans import actions, policies
from jukwaa.plans.forms import NameForm
from jukwaa.plans.models import Claim, Plan, TeamMember
from jukwaa.plans.views.common import ASK, require_leading, shown_plan

TEAM = "plans/team_list.html"


@require_http_methods(["GET", "POST"])
def team_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who works on it; for its lead, with the form that names somebody or gives them another part."""
    shown = shown_plan(request, coalition, pk)
    if request.method == "POST":
        require_leading(shown)
    form = NameForm(form_data(request), plan=shown.plan, standing=request.standing) if shown.may_lead else None
    before = {member.person_id for member in shown.team}
    return form_view(
        request,
        form,
        template=TEAM,
        context={"shown": shown, "plan": shown.plan},
        action=lambda: _name_member(request, shown.plan, form),
        success=lambda member: _describe_result(member, before),
        redirect_to=request.path,
    )


def _name_member(request: MemberRequest, plan: Plan, form: NameForm | None) -> TeamMember:
    if form is None or form.found is None:
        raise ActionRefused(_("Choose a person or enter an email address."), "person")
    return actions.name_member(actor=request.user, plan=plan, person=form.found, role=form.cleaned_data["role"])


def _describe_result(member: TeamMember, before: set[int]) -> str:
    """A mail goes to whoever is new, and to nobody for another part."""
    if member.person_id in before:
        return _("Saved. This person was already in the team, so we will not email them again.")
    return _("Added. We will email this person without naming the plan. They can find it under national plans.")


@require_http_methods(["GET", "POST"])
def team_leave(request: MemberRequest, coalition: Coalition, pk: int, member: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    plan = shown.plan
    leaving = get_object_or_404(plan.team.filter(left_at=None).select_related("person"), pk=member)
    leaving.plan = plan
    own = leaving.person_id == request.user.pk
    if not (own or shown.role == "leads"):
        raise PermissionDenied(_("Only the plan lead can change the team."))
    team = reverse("plans:team_list", args=[coalition.slug, plan.pk])
    return form_view(
        request,
        template=ASK,
        context=_build_leave_question(leaving, own=own, back=team),
        action=lambda: actions.leave_team(actor=request.user, member=leaving),
        success=_("You have left the team.") if own else _("Removed from the team."),
        redirect_to=reverse("plans:overview", args=[coalition.slug]) if own else team,
    )


def _build_leave_question(leaving: TeamMember, *, own: bool, back: str) -> dict[str, Any]:
    return {
        "title": _("Leave the team") if own else _("Remove this person from the team?"),
        "object": str(leaving.person),
        "sentences": [
            _("You will no longer be able to open the plan or download anything from it.")
            if own
            else _("This person will no longer be able to open the plan or download anything from it.")
        ],
        "button": _("Leave the team") if own else _("Remove from the team"),
        "stop": True,
        "back": back,
    }


@require_POST
def plan_claim(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Of a plan that sleeps: who asks sees that it does, and nothing else of it. Its own team takes it up at once."""
    readable = Plan.objects.visible_to(request.user).of(coalition)
    own = Plan.objects.of(coalition).asleep().filter(country__in=policies.governs(request.standing))
    at_once = readable.filter(pk=pk).first()
    plan = at_once or get_object_or_404(own, pk=pk)
    plan.coalition = coalition
    asked = _("Request sent. Once a coordinator has confirmed it, you will lead the plan.")
    return form_view(
        request,
        action=lambda: actions.claim_plan(actor=request.user, plan=plan),
        success=_("You now lead this plan.") if at_once else asked,
        redirect_to=plan.get_absolute_url() if at_once else reverse("plans:overview", args=[coalition.slug]),
    )


@require_GET
def claim_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """For coordinators: who asks to lead a plan, for which country."""
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Only coordinators can answer these requests."))
    waiting = Claim.objects.filter(plan__coalition=coalition, answered_at=None)
    claims = waiting.select_related("plan", "person").exclude(person=request.user)
    return page(request, "plans/claim_list.html", {"claims": list(claims)})


@require_POST
def claim_answer(request: MemberRequest, coalition: Coalition, pk: int, granted: bool) -> HttpResponse:  # noqa: FBT001 - from the address
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Only coordinators can answer these requests."))
    claim = get_object_or_404(Claim.objects.select_related("plan"), plan__coalition=coalition, pk=pk)
    return form_view(
        request,
        action=lambda: actions.answer_claim(actor=request.user, claim=claim, granted=granted),
        success=_("Request accepted. This person now leads the plan.")
        if granted
        else _("Request declined. The plan has not changed."),
        redirect_to=reverse("plans:claim_list", args=[coalition.slug]),
    )
