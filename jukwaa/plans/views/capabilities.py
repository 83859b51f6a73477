"""One capability of a plan: how it stands, what fits beside it, and what goes from it to the coalition."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.schema import Sort, sorts
from jukwaa.cooperation.views.common import sort_in
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.events.models import Event
from jukwaa.library.schema import kind_called
from jukwaa.places.countries import COUNTRIES
from jukwaa.plans import actions
from jukwaa.plans.fitting import fitting, likely_sort
from jukwaa.plans.forms import AssessForm, EventForm, NeedOfPlanForm, PracticeOfPlanForm
from jukwaa.plans.models import Assessment, Plan, Tie
from jukwaa.plans.reading import Part, PlanPage
from jukwaa.plans.views.common import FORM, part_of, require_writing, shown_plan
from jukwaa.records.models import Label, State

EDIT, NEED, SHARE = (f"plans/{name}.html" for name in ("capability_edit", "need_new", "practice_new"))
MOST_EVENTS = 200
PRACTICE = "good-practice"


def _build_context(shown: PlanPage, part: Part, **more: Any) -> dict[str, Any]:
    return {"shown": shown, "plan": shown.plan, "part": part, **more}


def _to(shown: PlanPage, part: Part) -> str:
    return reverse("plans:capability_detail", args=[shown.plan.coalition.slug, shown.plan.pk, part.number])


@require_GET
def capability_detail(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    part = part_of(shown, number)
    before, after = shown.beside(part)
    fits = fitting(shown.plan, part, request.standing)
    context = _build_context(shown, part, former=shown.former(part), fits=fits, before=before, after=after)
    return page(request, "plans/capability_detail.html", context)


@require_http_methods(["GET", "POST"])
def capability_edit(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part, over = part_of(shown, number), shown.plan.over
    form = AssessForm(form_data(request), over=over, initial=AssessForm.initial_of(part.said, over))
    return form_view(
        request,
        form,
        template=EDIT,
        context=_build_context(shown, part),
        action=lambda: _assess(request, shown, part, form),
        current_values=lambda conflict: AssessForm.initial_of(conflict.current, over),
        success=_("Saved. Earlier entries are kept."),
        redirect_to=_to(shown, part),
    )


def _assess(request: MemberRequest, shown: PlanPage, part: Part, form: AssessForm) -> Assessment:
    return actions.assess(
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
        raise PermissionDenied(
            _("Only people who represent an organisation can ask for help. Ask the lead of your plan to do this.")
        )
    sort, switches = _sort_of(request, part), "other" in request.POST
    form = NeedOfPlanForm(
        None if switches else form_data(request),
        standing=request.standing,
        side="need",
        sort=sort,
        initial={"title": str(part.capability.label), "countries": _countries(shown), "label": Label.GREEN},
    )
    context = _build_context(shown, part, sort=sort, sorts=sorts())
    if switches:
        return _show_in_another_sort(request, form, context)
    given: dict[str, Any] = {"actor": request.user, "plan": shown.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=NEED,
        context=context,
        action=lambda: actions.ask_for_help(**given, told=form.told()),
        success=_("Need published. You can follow its status here."),
        redirect_to=_to(shown, part),
    )


def _sort_of(request: MemberRequest, part: Part) -> Sort:
    asked = request.POST.get("other") or request.GET.get("sort")
    return sort_in(asked) if asked else likely_sort(str(part.capability.label))


def _show_in_another_sort(request: MemberRequest, form: NeedOfPlanForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form of another sort of help, with all that was typed. Nothing is written down."""
    return form_view(
        request,
        action=lambda: form.begin_with(request.POST),
        redirect_to=lambda beside: page(request, NEED, context | {"form": form, "beside": beside}),
    )


def _countries(shown: PlanPage) -> list[str]:
    return [shown.plan.country] if shown.plan.country in COUNTRIES else []


@require_http_methods(["GET", "POST"])
def practice_new(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    """What is done here becomes a draft of the library."""
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    part = part_of(shown, number)
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can share in the library. To join, apply on the members page."))
    form = PracticeOfPlanForm(
        form_data(request),
        request.FILES if request.method == "POST" else None,
        standing=request.standing,
        kind=kind_called(PRACTICE),
        initial=_practice(shown, part),
    )
    given: dict[str, Any] = {"actor": request.user, "plan": shown.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=SHARE,
        context=_build_context(shown, part),
        action=lambda: actions.share_practice(**given, kind=PRACTICE, told=form.said()),
        success=_("Draft saved. Only you can see it. Check it, then publish it."),
        redirect_to=lambda item: item,
    )


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
    form = EventForm(form_data(request), events=events)
    context = {
        "title": _("Link an event to the plan"),
        "lead": _("Events in your country are listed first. Only your team can see that an event belongs to the plan."),
        "button": _("Link event"),
        "back": shown.plan.get_absolute_url(),
        "plan": shown.plan,
    }
    return form_view(
        request,
        form,
        template=FORM,
        context=context,
        action=lambda: actions.tie_event(actor=request.user, plan=shown.plan, event=form.chosen()),
        success=_("Event linked. The page of the event does not show this."),
        redirect_to=shown.plan,
    )


@require_POST
def tie_remove(request: MemberRequest, coalition: Coalition, pk: int, tie: int) -> HttpResponse:
    shown = shown_plan(request, coalition, pk)
    require_writing(shown)
    gone = Tie.objects.filter(plan=shown.plan, part=Tie.Part.EVENT, pk=tie).first()
    return form_view(
        request,
        action=lambda: _untie(request, shown.plan, gone),
        success=_("Removed from the plan. The record itself has not changed."),
        redirect_to=shown.plan,
    )


def _untie(request: MemberRequest, plan: Plan, tie: Tie | None) -> None:
    """Pressed twice, it is gone already."""
    if tie is not None:
        tie.plan = plan
        actions.untie(actor=request.user, tie=tie)
