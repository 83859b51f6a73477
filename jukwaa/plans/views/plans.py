"""The list of one's plans, opening one, its page, and what its lead decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.core.http import page
from jukwaa.core.overtaken import overtaken
from jukwaa.plans import actions, policies
from jukwaa.plans.figures import figures
from jukwaa.plans.forms import BaselineForm, ChangeForm, OpenForm
from jukwaa.plans.hiding import LEAST
from jukwaa.plans.models import Claim, Plan
from jukwaa.plans.views.common import FORM, HERE, form_page, require_leading, require_writing, shown_plan
from jukwaa.records.doors import at_the_door
from jukwaa.records.views.common import ask

NOT_GOVERNING = gettext_lazy(
    "A plan is opened by somebody who was confirmed as speaking for the government of a country. The directory says of"
    " which country and of which group your organisation is."
)
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


@require_GET
def overview(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """One's own plans, and what one may open; to all others, that there are such things and what is counted."""
    standing = request.standing
    countries = policies.governs(standing)
    asleep = Plan.objects.of(coalition).asleep().filter(country__in=countries) if countries else Plan.objects.none()
    context = {
        "plans": list(Plan.objects.visible_to(request.user).of(coalition)),
        "may_open": bool(policies.opens(standing)),
        "asleep": list(asleep),
        "asked": set(Claim.objects.filter(person=request.user, answered_at=None).values_list("plan", flat=True))
        if countries
        else set(),
        "may_see_figures": policies.can_see_figures(standing),
    }
    return page(request, "plans/overview.html", {**HERE, **context})


@require_GET
def figure_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_see_figures(request.standing):
        raise PermissionDenied(_("Members see what is counted. Apply for membership on the page of members."))
    return page(request, "plans/figures.html", {**HERE, "figures": figures(coalition), "least": LEAST})


@require_http_methods(["GET", "POST"])
def plan_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    countries = policies.opens(request.standing)
    if not countries:
        raise PermissionDenied(NOT_GOVERNING)
    form = OpenForm(typed(request), countries=countries)
    words = {
        "title": _("Open the workspace of a national plan"),
        "lead": _("Only the people whom you name read it: no coordinator, and no other member of the coalition."),
        "button": _("Open it"),
        "back": reverse("plans:overview", args=[coalition.slug]),
    }
    if request.method == "POST" and (answer := at_the_door(request, coalition, "form", text=form.people_text)):
        return answer
    made: list[Plan] = []
    given: dict[str, Any] = {"actor": request.user, "coalition": coalition}
    if done(request, form, lambda: made.append(actions.open_plan(**given, **form.said()))):
        to = reverse("plans:team_list", args=[coalition.slug, made[0].pk])
        return go(request, told=_("It is open, and you lead it. Name those who work on it with you."), to=to)
    return form_page(request, form, **words)


@require_GET
def plan_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    return page(request, "plans/plan_detail.html", {**HERE, "shown": shown, "plan": shown.plan})


@require_http_methods(["GET", "POST"])
def plan_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    form = ChangeForm(typed(request), initial=_as_it_reads(plan))
    words = {"title": _("Name and label"), "button": _("Save"), "back": plan.get_absolute_url(), "plan": plan}
    if request.method == "POST" and (answer := at_the_door(request, coalition, "form", text=form.people_text)):
        return answer
    try:
        if done(request, form, lambda: _change(request, plan, form)):
            return go(request, told=_("Saved."), to=plan.get_absolute_url())
    except actions.StalePlan as stale:
        return overtaken(request, FORM, form, _as_it_reads(stale.current), {**HERE, **words})
    return form_page(request, form, **words)


def _as_it_reads(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in ("title", "label", "version")}


def _change(request: MemberRequest, plan: Plan, form: ChangeForm) -> None:
    said = form.cleaned_data
    version = said["version"] or 0
    actions.change_plan(actor=request.user, plan=plan, title=said["title"], label=said["label"], from_version=version)


@require_http_methods(["GET", "POST"])
def baseline_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    plan, form = shown.plan, BaselineForm(typed(request))
    if request.method == "POST" and (answer := at_the_door(request, coalition, "form", text=form.people_text)):
        return answer
    given: dict[str, Any] = {"actor": request.user, "plan": plan}
    fields = ("name", "token")
    if done(request, form, lambda: actions.set_baseline(**given, **{name: form.cleaned_data[name] for name in fields})):
        return go(request, told=_("From now on progress is read from this moment."), to=plan.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Set a baseline"),
        lead=_("How everything stands now is kept, and what comes later is read beside it. It can't be undone."),
        button=_("Set it"),
        back=plan.get_absolute_url(),
        plan=plan,
    )


@require_http_methods(["GET", "POST"])
def plan_consent(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    if request.method == "POST":
        return press(
            request,
            lambda: actions.consent_to_figures(actor=request.user, plan=plan),
            told=_("Agreed. It is counted when this month is over. You can take it back at any time."),
            to=plan.get_absolute_url(),
        )
    return ask(
        request,
        title=_("Let it be counted"),
        object=plan.title,
        sentences=COUNTED,
        button=_("We agree"),
        back=plan.get_absolute_url(),
    )


@require_POST
def consent_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    return press(
        request,
        lambda: actions.withdraw_consent(actor=request.user, plan=shown.plan),
        told=_("Taken back. Nothing that is counted from now on counts it; what was told stays, for a year at most."),
        to=shown.plan.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def carry_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """First what would become of each, then the step."""
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    if request.method == "POST":
        return press(
            request,
            lambda: actions.carry_over(actor=request.user, plan=plan, into=request.POST.get("into", "")),
            told=_("It goes on over the new edition. Look at each capability once more."),
            to=plan.get_absolute_url(),
        )
    return page(
        request, "plans/carry_over.html", {**HERE, "shown": shown, "plan": plan, "crossing": actions.crossing(plan)}
    )


@require_http_methods(["GET", "POST"])
def plan_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_leading(shown)
    plan = shown.plan
    if request.method == "POST":
        return press(
            request,
            lambda: actions.close_plan(actor=request.user, plan=plan),
            told=_("It is closed. Its team still reads it."),
            to=plan.get_absolute_url(),
        )
    return ask(
        request,
        title=_("Close the plan"),
        object=plan.title,
        sentences=[_("Nothing in it can be changed any more, and no later count holds it. Its team still reads it.")],
        button=_("Close it"),
        stop=True,
        back=plan.get_absolute_url(),
    )
