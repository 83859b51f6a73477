"""Plans for a place and a day: the list, beginning one, its page, changing it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.area_labels import get_area_label
from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.records.views.common import get_origin_or_404
from jukwaa.regions import policies
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.forms.outreach import OutreachForm
from jukwaa.regions.models import Outreach
from jukwaa.regions.outreach_page import OutreachPage, get_outreach_plan_page

type AnyRequest = Request | MemberRequest

OUTREACH_FORM_TEMPLATE = "regions/outreach_form.html"


def get_plan_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> OutreachPage:
    """404 for what one may not see."""
    rows = Outreach.objects.visible_to(request.user).of(coalition).annotate_for_page(request.user)
    found = rows.select_related("at_event").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.coalition = coalition
    request.standing.wrote[pk] = found.own  # type: ignore[attr-defined]  # annotated
    if found.at_event is not None:
        found.at_event.coalition = coalition
    return OutreachPage(found, request.standing)


def get_editable_plan_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> OutreachPage:
    """403 for whoever may read it and not change it."""
    plan = get_plan_or_404(request, coalition, pk)
    if not policies.can_edit_outreach(request.standing, plan.outreach):
        raise PermissionDenied(_("Only the author, rapporteurs, editors and coordinators can change this plan."))
    return plan


@login_not_required
@require_GET
@cache_for_visitors
def outreach_list(request: Request, coalition: Coalition) -> HttpResponse:
    """All of them, or those of one region (`?region=`)."""
    group = next((each for each in UN_REGIONAL_GROUPS if each.value == request.GET.get("region")), None)
    shown = get_outreach_plan_page(request.user, coalition, PageCursor.of(request), group)
    may_plan = policies.can_invite_prospects(request.standing, coalition)
    return render_page(request, "regions/outreach_list.html", {"page": shown, "may_plan": may_plan, "group": group})


@login_not_required
@require_GET
@cache_for_visitors
def outreach_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_plan_or_404(request, coalition, pk)
    areas = sorted(get_area_label(name) for name in (plan.outreach.area_names or "").splitlines())  # type: ignore[attr-defined]  # annotated
    context = {"plan": plan, "outreach": plan.outreach, "areas": areas}
    return render_page(request, "regions/outreach_detail.html", context)


@require_http_methods(["GET", "POST"])
def outreach_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Also from a record that asks for it, such as an entry of minutes (`?from=`), and from a gap (`?region=`, and
    where it was narrowed `?area=` and `?country=`).
    """
    if not policies.can_invite_prospects(request.standing, coalition):
        raise PermissionDenied(_("Only members aged 18 or over can start an outreach plan."))
    there: dict[str, Any] = {name: request.GET.get(name, "") for name in ("region", "country")}
    there["areas"] = request.GET.getlist("area")
    form = OutreachForm(
        get_form_data(request),
        standing=request.standing,
        origin_record=get_origin_or_404(request, coalition),
        initial=there,
    )
    context = {
        "title": _("Start an outreach plan"),
        "lead": _(
            "Choose a country or a region, and the date by which the coalition wants to learn about it and to have"
            " contacts there."
        ),
        "button": _("Create plan"),
        "back": reverse("regions:outreach_list", args=[coalition.slug]),
        "began": form.began,
    }
    return form_view(
        request,
        form,
        template=OUTREACH_FORM_TEMPLATE,
        context=context,
        action=lambda: _create_plan_from_form(request, coalition, form),
        success_message=_(
            "Plan created. The dates of its milestones are based on the target date. Change them as needed."
        ),
        redirect_to=lambda plan: build_plan_url(coalition, plan.pk),
    )


def _create_plan_from_form(request: MemberRequest, coalition: Coalition, form: OutreachForm) -> Outreach:
    said = form.cleaned_data
    return actions.create_outreach(
        actor=request.user,
        coalition=coalition,
        details=form.get_action_arguments(),
        areas_of_work=list(said["areas"]),
        origin_record=form.began,
        token=said["token"],
    )


@require_http_methods(["GET", "POST"])
def outreach_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    form = OutreachForm(get_form_data(request), standing=request.standing, plan=plan)
    back = build_plan_url(coalition, pk)
    context = {"title": _("Edit the plan"), "lead": "", "button": _("Save"), "back": back, "outreach": plan}
    return form_view(
        request,
        form,
        template=OUTREACH_FORM_TEMPLATE,
        context=context,
        action=lambda: _change_plan_from_form(request, plan, form),
        current_values=lambda _conflict: OutreachForm.get_initial(Outreach.objects.get(pk=pk)),
        success_message=_("The changes have been saved. You can find the previous version in the history."),
        redirect_to=back,
    )


def _change_plan_from_form(request: MemberRequest, plan: Outreach, form: OutreachForm) -> Outreach:
    said = form.cleaned_data
    return actions.change_outreach(
        actor=request.user,
        plan=plan,
        changed_fields=form.get_action_arguments(),
        from_version=said["version"] or 0,
        areas_of_work=list(said["areas"]),
    )


def build_plan_url(coalition: Coalition, pk: int) -> str:
    return reverse("regions:outreach_detail", args=[coalition.slug, pk])
