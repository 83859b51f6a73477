"""One capability of a plan: how it stands, what fits beside it, and what goes from it to the coalition."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.cooperation.schema import Sort, sorts
from jukwaa.cooperation.views.common import all_typed, sort_in
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.events.models import Event
from jukwaa.library.schema import kind_called
from jukwaa.places.countries import COUNTRIES
from jukwaa.plans import actions
from jukwaa.plans.fitting import fitting, likely_sort
from jukwaa.plans.forms import AssessForm, EventForm, NeedOfPlanForm, PracticeOfPlanForm
from jukwaa.plans.models import Tie
from jukwaa.plans.reading import Part, PlanPage
from jukwaa.plans.views.common import HERE, form_page, part_of, require_writing, shown_plan
from jukwaa.records.doors import asked_first, at_the_door
from jukwaa.records.models import Label, State

EDIT, NEED, SHARE = (f"plans/{name}.html" for name in ("capability_edit", "need_new", "practice_new"))
MOST_EVENTS = 200
PRACTICE = "good-practice"


def _around(shown: PlanPage, part: Part, **more: Any) -> dict[str, Any]:
    return {**HERE, "shown": shown, "plan": shown.plan, "part": part, **more}


def _to(shown: PlanPage, part: Part) -> str:
    return reverse("plans:capability_detail", args=[shown.plan.coalition.slug, shown.plan.pk, part.number])


@require_GET
def capability_detail(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    part = part_of(shown, number)
    before, after = shown.beside(part)
    fits = fitting(shown.plan, part, request.standing)
    context = _around(shown, part, former=shown.former(part), fits=fits, before=before, after=after)
    return page(request, "plans/capability_detail.html", context)


@require_http_methods(["GET", "POST"])
def capability_edit(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part, over = part_of(shown, number), shown.plan.over
    form = AssessForm(typed(request), over=over, initial=AssessForm.initial_of(part.said, over))
    context = _around(shown, part, form=form)
    if answer := asked_first(request, coalition, form, EDIT, context):
        return answer
    try:
        _assess(request, shown, part, form)
    except actions.StaleAssessment as stale:
        return overtaken(request, EDIT, form, AssessForm.initial_of(stale.current, over), context)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return invalid(request, EDIT, context)
    return go(request, told=_("Saved. What was said before is kept."), to=_to(shown, part))


def _assess(request: MemberRequest, shown: PlanPage, part: Part, form: AssessForm) -> None:
    actions.assess(
        actor=request.user,
        plan=shown.plan,
        capability=part.capability.value,
        said=form.said(),
        from_number=form.cleaned_data["version"],
    )


@require_http_methods(["GET", "POST"])
def need_new(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    """A need of the coalition that came of a capability. Only its name and the country stand in the form already."""
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part = part_of(shown, number)
    if not request.standing.speaks_for:
        raise PermissionDenied(_("Whoever may speak for an organisation asks for it. Ask your lead to."))
    sort, switches = _sort_of(request, part), "other" in request.POST
    initial = {"title": str(part.capability.label), "countries": _countries(shown), "label": Label.GREEN}
    sent = None if switches else typed(request)
    form = NeedOfPlanForm(sent, standing=request.standing, side="need", sort=sort, initial=initial)
    context = _around(shown, part, form=form, sort=sort, sorts=sorts())
    if switches:
        return _in_another_sort(request, coalition, form, context)
    if answer := asked_first(request, coalition, form, NEED, context):
        return answer
    given: dict[str, Any] = {"actor": request.user, "plan": shown.plan, "capability": part.capability.value}
    if done(request, form, lambda: actions.ask_for_help(**given, told=form.told())):
        return go(request, told=_("It is asked for. How it stands is shown here."), to=_to(shown, part))
    return invalid(request, NEED, context)


def _sort_of(request: MemberRequest, part: Part) -> Sort:
    asked = request.POST.get("other") or request.GET.get("sort")
    return sort_in(asked) if asked else likely_sort(str(part.capability.label))


def _in_another_sort(
    request: MemberRequest, coalition: Coalition, form: NeedOfPlanForm, context: dict[str, Any]
) -> HttpResponse:
    """The form of another sort of help, with all that was typed. Nothing is written down."""
    if answer := at_the_door(request, coalition, "form", text=all_typed(request.POST)):
        return answer
    return page(request, NEED, context | {"beside": form.begin_with(request.POST)})


def _countries(shown: PlanPage) -> list[str]:
    return [shown.plan.country] if shown.plan.country in COUNTRIES else []


@require_http_methods(["GET", "POST"])
def practice_new(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    """What is done here becomes a draft of the library."""
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part = part_of(shown, number)
    if not request.standing.is_inside:
        raise PermissionDenied(_("Members share in the library. Apply for membership on the page of members."))
    given: dict[str, Any] = {
        "standing": request.standing,
        "kind": kind_called(PRACTICE),
        "initial": _practice(shown, part),
    }
    form = PracticeOfPlanForm(request.POST or None, request.FILES or None, **given)
    if answer := asked_first(request, coalition, form, SHARE, _around(shown, part, form=form)):
        return answer
    name, data = form.cleaned_data.get("file") or ("", b"")
    if answer := at_the_door(request, coalition, "attachment", name=name, data=data):
        return answer
    item = actions.share_practice(
        actor=request.user, plan=shown.plan, capability=part.capability.value, kind=PRACTICE, told=form.said()
    )
    told = _("It is kept as a draft, which you alone see. Look at it once more, then publish it.")
    return go(request, told=told, to=item.get_absolute_url())


def _practice(shown: PlanPage, part: Part) -> dict[str, Any]:
    words = part.said.words if part.said else ""
    country = next(iter(_countries(shown)), "")
    return {"title": str(part.capability.label), "what_worked": words, "country": country}


@require_http_methods(["GET", "POST"])
def event_tie(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    readable = Event.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    events = sorted(readable.order_by("-pk")[:MOST_EVENTS], key=lambda event: shown.plan.country not in event.countries)
    form = EventForm(typed(request), events=events)
    if done(request, form, lambda: actions.tie_event(actor=request.user, plan=shown.plan, event=form.chosen())):
        return go(request, told=_("It stands on the plan. Its own page says nothing of it."), to=_plan(shown))
    return form_page(
        request,
        form,
        title=_("Tie an event to the plan"),
        lead=_("Events of your country come first. Only your team sees that it belongs to the plan."),
        button=_("Tie it"),
        back=_plan(shown),
        plan=shown.plan,
    )


def _plan(shown: PlanPage) -> str:
    return shown.plan.get_absolute_url()


@require_POST
def tie_remove(request: MemberRequest, coalition: Coalition, pk: int, tie: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    gone = Tie.objects.filter(plan=shown.plan, part=Tie.Part.EVENT, pk=tie).first()

    def deed() -> None:
        if gone is not None:  # pressed twice, it is gone already
            gone.plan = shown.plan
            actions.untie(actor=request.user, tie=gone)

    return press(
        request, deed, told=_("The plan no longer shows it. The record itself stays as it is."), to=_plan(shown)
    )
