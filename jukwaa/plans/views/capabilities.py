"""One capability of a plan: how it stands, what fits beside it, and what goes from it to the coalition."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.schema import HelpType, load_help_types
from jukwaa.cooperation.views.common import get_help_type_or_404
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.events.models import Event
from jukwaa.library.schema import get_item_kind
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.plans import actions
from jukwaa.plans.forms import AssessmentForm, LinkEventForm, PlanNeedForm, PlanPracticeForm
from jukwaa.plans.models import Assessment, Plan, Tie
from jukwaa.plans.plan_page import CapabilityEntry, PlanPage
from jukwaa.plans.recommendations import get_capability_recommendations, guess_help_type
from jukwaa.plans.views.plan_access import FORM_TEMPLATE, get_entry_or_404, get_plan_page_or_404, require_write_access
from jukwaa.records.models import Label, State

EDIT_TEMPLATE, NEED_TEMPLATE, SHARE_TEMPLATE = (
    f"plans/{name}.html" for name in ("capability_edit", "need_new", "practice_new")
)
MAX_EVENTS_OFFERED = 200
GOOD_PRACTICE_KIND = "good-practice"


def _build_capability_context(plan_page: PlanPage, capability_entry: CapabilityEntry, **more: Any) -> dict[str, Any]:
    return {"shown": plan_page, "plan": plan_page.plan, "part": capability_entry, **more}


def _get_capability_url(plan_page: PlanPage, capability_entry: CapabilityEntry) -> str:
    return reverse(
        "plans:capability_detail", args=[plan_page.plan.coalition.slug, plan_page.plan.pk, capability_entry.number]
    )


@require_GET
def capability_detail(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    part = get_entry_or_404(plan_page, number)
    before, after = plan_page.beside(part)
    fits = get_capability_recommendations(plan_page.plan, part, request.standing)
    context = _build_capability_context(
        plan_page, part, former=plan_page.former(part), fits=fits, before=before, after=after
    )
    return render_page(request, "plans/capability_detail.html", context)


@require_http_methods(["GET", "POST"])
def capability_edit(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    part, over = get_entry_or_404(plan_page, number), plan_page.plan.over
    form = AssessmentForm(get_form_data(request), framework=over, initial=AssessmentForm.get_initial(part.said, over))
    return form_view(
        request,
        form,
        template=EDIT_TEMPLATE,
        context=_build_capability_context(plan_page, part),
        action=lambda: _save_assessment_from_form(request, plan_page, part, form),
        current_values=lambda conflict: AssessmentForm.get_initial(conflict.current, over),
        success_message=_("Status saved. Your team can still see the earlier entries."),
        redirect_to=_get_capability_url(plan_page, part),
    )


def _save_assessment_from_form(
    request: MemberRequest, plan_page: PlanPage, capability_entry: CapabilityEntry, form: AssessmentForm
) -> Assessment:
    return actions.assess_capability(
        actor=request.user,
        plan=plan_page.plan,
        capability=capability_entry.capability.value,
        said=form.get_action_arguments(),
        seen_number=form.cleaned_data["version"],
    )


@require_http_methods(["GET", "POST"])
def need_from_plan_new(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    """A need of the coalition that came of a capability. Only its name and the country stand in the form already."""
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    part = get_entry_or_404(plan_page, number)
    if not request.standing.speaks_for:
        raise PermissionDenied(
            _(
                "Only people who represent an organisation can ask the coalition for help. Contact the lead of your"
                " plan."
            )
        )
    sort, switches = _get_help_type(request, part), "other" in request.POST
    form = PlanNeedForm(
        None if switches else get_form_data(request),
        standing=request.standing,
        side_name="need",
        sort=sort,
        initial={
            "title": str(part.capability.label),
            "countries": _list_current_countries(plan_page),
            "label": Label.GREEN,
        },
    )
    context = _build_capability_context(plan_page, part, sort=sort, sorts=load_help_types())
    if switches:
        return _render_other_help_type(request, form, context)
    given: dict[str, Any] = {"actor": request.user, "plan": plan_page.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=NEED_TEMPLATE,
        context=context,
        action=lambda: actions.create_need_from_plan(**given, item_fields=form.get_action_arguments()),
        success_message=_("Need published. You can follow its status on this page."),
        redirect_to=_get_capability_url(plan_page, part),
    )


def _get_help_type(request: MemberRequest, capability_entry: CapabilityEntry) -> HelpType:
    asked = request.POST.get("other") or request.GET.get("sort")
    return get_help_type_or_404(asked) if asked else guess_help_type(str(capability_entry.capability.label))


def _render_other_help_type(request: MemberRequest, form: PlanNeedForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form of another sort of help, with all that was typed. Nothing is written down."""
    return form_view(
        request,
        action=lambda: form.restore_typed_data(request.POST),
        redirect_to=lambda beside: render_page(request, NEED_TEMPLATE, context | {"form": form, "beside": beside}),
    )


def _list_current_countries(plan_page: PlanPage) -> list[str]:
    return [plan_page.plan.country] if plan_page.plan.country in COUNTRIES_BY_CODE else []


@require_http_methods(["GET", "POST"])
def practice_from_plan_new(request: MemberRequest, coalition: Coalition, pk: int, number: str) -> HttpResponse:
    """What is done here becomes a draft of the library."""
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    part = get_entry_or_404(plan_page, number)
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can share in the library. To join, apply on the members page."))
    form = PlanPracticeForm(
        get_form_data(request),
        request.FILES if request.method == "POST" else None,
        standing=request.standing,
        kind=get_item_kind(GOOD_PRACTICE_KIND),
        initial=_build_practice_initial(plan_page, part),
    )
    given: dict[str, Any] = {"actor": request.user, "plan": plan_page.plan, "capability": part.capability.value}
    return form_view(
        request,
        form,
        template=SHARE_TEMPLATE,
        context=_build_capability_context(plan_page, part),
        action=lambda: actions.share_practice_from_plan(
            **given, item_kind=GOOD_PRACTICE_KIND, item_fields=form.get_action_arguments()
        ),
        success_message=_("Draft saved. Only you can see it. Check it, then publish it."),
        redirect_to=lambda item: item,
    )


def _build_practice_initial(plan_page: PlanPage, capability_entry: CapabilityEntry) -> dict[str, Any]:
    words = capability_entry.said.words if capability_entry.said else ""
    country = next(iter(_list_current_countries(plan_page)), "")
    return {"title": str(capability_entry.capability.label), "what_worked": words, "country": country}


@require_http_methods(["GET", "POST"])
def plan_event_link(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    readable = Event.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    events = sorted(
        readable.order_by("-pk")[:MAX_EVENTS_OFFERED], key=lambda event: plan_page.plan.country not in event.countries
    )
    form = LinkEventForm(get_form_data(request), events=events)
    context = {
        "title": _("Link an event to the plan"),
        "lead": _("Events in your country are listed first. Only your team can see that an event belongs to the plan."),
        "button": _("Link event"),
        "back": plan_page.plan.get_absolute_url(),
        "plan": plan_page.plan,
    }
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=context,
        action=lambda: actions.link_event_to_plan(
            actor=request.user, plan=plan_page.plan, event=form.get_chosen_event()
        ),
        success_message=_("Event linked to the plan. The event page does not show the link."),
        redirect_to=plan_page.plan,
    )


@require_POST
def plan_event_unlink(request: MemberRequest, coalition: Coalition, pk: int, tie: int) -> HttpResponse:
    plan_page = get_plan_page_or_404(request, coalition, pk)
    require_write_access(plan_page)
    gone = Tie.objects.filter(plan=plan_page.plan, part=Tie.Part.EVENT, pk=tie).first()
    return form_view(
        request,
        action=lambda: _unlink_event_of_plan(request, plan_page.plan, gone),
        success_message=_("Event removed from the plan. The event itself has not changed."),
        redirect_to=plan_page.plan,
    )


def _unlink_event_of_plan(request: MemberRequest, plan: Plan, plan_tie: Tie | None) -> None:
    """Pressed twice, it is gone already."""
    if plan_tie is not None:
        plan_tie.plan = plan
        actions.unlink_record_from_plan(actor=request.user, plan_tie=plan_tie)
