"""Who works on a plan; and who may lead one that nobody leads any more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.core.http import invalid, page
from jukwaa.plans import actions, policies
from jukwaa.plans.forms import NameForm
from jukwaa.plans.models import Claim, Plan, TeamMember
from jukwaa.plans.views.common import HERE, require_leading, shown_plan
from jukwaa.records.views.common import ask

TEAM = "plans/team_list.html"


@require_http_methods(["GET", "POST"])
def team_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who works on it; for its lead, with the form that names somebody or gives them another part."""
    shown = shown_plan(request, coalition, pk)
    if request.method == "POST":
        require_leading(shown)
    form = NameForm(typed(request), plan=shown.plan, standing=request.standing) if shown.may_lead else None
    before = {member.person_id for member in shown.team}
    if form is not None and done(request, form, lambda: _name(request, shown.plan, form)):
        return go(request, told=_told(form, before), to=request.path)
    context = {**HERE, "shown": shown, "plan": shown.plan, "form": form}
    return (invalid if form is not None and form.errors else page)(request, TEAM, context)


def _name(request: MemberRequest, plan: Plan, form: NameForm) -> None:
    if form.found is None:
        raise Refused(_("Choose somebody, or write a mail address."), "person")
    actions.name_member(actor=request.user, plan=plan, person=form.found, role=form.cleaned_data["role"])


def _told(form: NameForm, before: set[int]) -> str:
    """A mail goes to whoever is new, and to nobody for another part."""
    if form.found is not None and form.found.pk in before:
        return _("Saved. They were in the team already, so that no other mail tells them.")
    return _("Named. A mail tells them so, without a word of the plan; they find it on their desk.")


@require_http_methods(["GET", "POST"])
def team_leave(request: MemberRequest, coalition: Coalition, pk: int, member: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    plan = shown.plan
    leaving = get_object_or_404(plan.team.filter(left_at=None).select_related("person"), pk=member)
    leaving.plan = plan
    own = leaving.person_id == request.user.pk
    if not (own or shown.role == "leads"):
        raise PermissionDenied(_("Whoever leads the plan says who works on it."))
    team = reverse("plans:team_list", args=[coalition.slug, plan.pk])
    if request.method == "POST":
        return _leave(request, leaving, own=own, team=team)
    return ask(
        request,
        title=_("Leave the team") if own else _("Take somebody out of the team"),
        object=str(leaving.person),
        sentences=[_("From this moment on the plan and all that leaves it is closed to them.")],
        button=_("Leave it") if own else _("Take them out"),
        stop=True,
        back=team,
    )


def _leave(request: MemberRequest, member: TeamMember, *, own: bool, team: str) -> HttpResponse:
    try:
        actions.leave_team(actor=request.user, member=member)
    except Refused as refused:
        messages.warning(request, str(refused), extra_tags="wrong")
        return HttpResponseRedirect(team)
    to = reverse("plans:overview", args=[request.coalition.slug]) if own else team
    return go(request, told=_("You have left it.") if own else _("They are out of the team."), to=to)


@require_POST
def plan_claim(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Of a plan that sleeps: who asks sees that it does, and nothing else of it. Its own team takes it up at once."""
    readable = Plan.objects.visible_to(request.user).of(coalition)
    own = Plan.objects.of(coalition).asleep().filter(country__in=policies.governs(request.standing))
    at_once = readable.filter(pk=pk).first()
    plan = at_once or get_object_or_404(own, pk=pk)
    plan.coalition = coalition
    return press(
        request,
        lambda: actions.claim_plan(actor=request.user, plan=plan),
        told=_("You lead it now.") if at_once else _("Asked. A coordinator confirms that it is you; then you lead it."),
        to=plan.get_absolute_url() if at_once else reverse("plans:overview", args=[coalition.slug]),
    )


@require_GET
def claim_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """For coordinators: who asks to lead a plan, for which country."""
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Coordinators answer."))
    waiting = Claim.objects.filter(plan__coalition=coalition, answered_at=None)
    claims = waiting.select_related("plan", "person").exclude(person=request.user)
    return page(request, "plans/claim_list.html", {**HERE, "claims": list(claims)})


@require_POST
def claim_answer(request: MemberRequest, coalition: Coalition, pk: int, granted: bool) -> HttpResponse:  # noqa: FBT001 - from the address
    if not request.standing.is_coordinator:
        raise PermissionDenied(_("Coordinators answer."))
    claim = get_object_or_404(Claim.objects.select_related("plan"), plan__coalition=coalition, pk=pk)
    return press(
        request,
        lambda: actions.answer_claim(actor=request.user, claim=claim, granted=granted),
        told=_("They lead it now.") if granted else _("Answered. Nothing changes for the plan."),
        to=reverse("plans:claim_list", args=[coalition.slug]),
    )
