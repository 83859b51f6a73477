"""Ideas: the list, the page of one, suggesting it, changing it, supporting it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions import ideas as actions
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.forms import get_names_found_error
from jukwaa.meetings.forms_ideas import IdeaEditForm, IdeaForm, IdeaSupportForm
from jukwaa.meetings.idea_pages import (
    IDEA_ORDERS,
    IDEA_SORT_LABELS,
    IDEA_STATUS_FILTERS,
    IdeaPage,
    annotate_merge_flags,
    find_draft_ideas,
    get_idea_page,
    mark_ideas_with_readable_answers,
)
from jukwaa.meetings.models import Idea
from jukwaa.meetings.planned_meetings import find_next_planned_meeting
from jukwaa.records.models import Record
from jukwaa.records.policies import can_change_record
from jukwaa.records.views.common import get_origin_or_404


def get_idea_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Idea:
    """With what it has become."""
    ideas = Idea.objects.visible_to(request.user).of(coalition)
    idea = get_object_or_404(annotate_merge_flags(ideas), pk=pk)
    mark_ideas_with_readable_answers([idea], request.user)
    idea.coalition = coalition
    return idea


@login_not_required
@require_GET
@cache_for_visitors
def idea_list(request: Request, coalition: Coalition) -> HttpResponse:
    sort, show = request.GET.get("sort", ""), request.GET.get("show", "")
    sort, show = sort if sort in IDEA_ORDERS else "support", show if show in IDEA_STATUS_FILTERS else "open"
    can_suggest = policies.can_suggest_idea(request.standing, coalition)
    context = {
        "page": get_idea_page(request.user, coalition, PageCursor.of(request), sort_order=sort, shown_status=show),
        "sort": sort,
        "sorts": IDEA_SORT_LABELS.items(),
        "show": show,
        "next_meeting": find_next_planned_meeting(request.user, coalition),
        "drafts": find_draft_ideas(request.user, coalition) if request.user.is_authenticated else (),
        "form": IdeaForm(capacity_choices=build_capacity_choices(request.standing)) if can_suggest else None,
    }
    return render_page(request, "meetings/idea_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def idea_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    shown = IdeaPage(idea, request.standing)
    form = IdeaSupportForm(capacity_choices=build_capacity_choices(request.standing)) if shown.may_support else None
    context = {"idea": idea, "shown": shown, "form": form}
    return render_page(request, "meetings/idea_detail.html", context)


@require_http_methods(["GET", "POST"])
def idea_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_suggest_idea(request.standing, coalition):
        raise PermissionDenied(_("Only members can suggest ideas."))
    origin = get_origin_or_404(request, coalition)
    form = IdeaForm(
        get_form_data(request), capacity_choices=build_capacity_choices(request.standing), origin_record=origin
    )
    return form_view(
        request,
        form,
        template="meetings/idea_form.html",
        context={
            "heading": _("Suggest an idea"),
            "button": _("Suggest idea"),
            "origin": origin,
            "back": reverse("meetings:idea_list", args=[coalition.slug]),
        },
        action=lambda: _suggest_idea_from_form(request, coalition, origin, form),
        success_message=_("Your idea has been published. We will email you when it is answered."),
        redirect_to=lambda idea: idea,
    )


def _suggest_idea_from_form(
    request: MemberRequest, coalition: Coalition, origin_record: Record | None, form: IdeaForm
) -> Idea:
    try:
        return actions.suggest_idea(actor=request.user, coalition=coalition, origin=origin_record, **form.get_values())
    except NamesFoundError as error:
        raise ActionRefused(get_names_found_error(error), "title") from error


@require_http_methods(["GET", "POST"])
def idea_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    if not can_change_record(request.standing, idea):
        raise PermissionDenied(_("Only the author, the rapporteur, editors and coordinators can change an idea."))
    form = IdeaEditForm(get_form_data(request), initial=IdeaEditForm.get_initial(idea))
    return form_view(
        request,
        form,
        template="meetings/idea_form.html",
        context=build_idea_context(idea, _("Edit this idea"), _("Save changes")),
        action=lambda: actions.change_idea(
            actor=request.user, idea=idea, changes=form.get_changes(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda _conflict: IdeaEditForm.get_initial(get_idea_or_404(request, coalition, pk)),
        success_message=_("Changes saved."),
        redirect_to=idea,
    )


@require_POST
def idea_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.publish_idea(actor=request.user, idea=idea),
        makes_public=True,
        success_message=_("Your idea has been published. We will email you when it is answered."),
        redirect_to=idea,
    )


@require_http_methods(["GET", "POST"])
def idea_support(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    if not policies.can_support_idea(request.standing, idea):
        raise PermissionDenied(_("Only members can support ideas."))
    form = IdeaSupportForm(get_form_data(request), capacity_choices=build_capacity_choices(request.standing))
    return form_view(
        request,
        form,
        template="meetings/idea_form.html",
        context=build_idea_context(idea, _("Support this idea"), _("Support this idea")),
        action=lambda: actions.support_idea(actor=request.user, idea=idea, organisation=form.organisation()),
        success_message=_("You support this idea. We will email you when it is answered."),
        redirect_to=idea,
    )


@require_POST
def idea_withdraw_support(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.withdraw_idea_support(actor=request.user, idea=idea),
        success_message=_("You no longer support this idea."),
        redirect_to=idea,
    )


def build_idea_context(idea: Idea, page_heading: str, button_label: str) -> dict[str, Any]:
    """Return what a form about an idea shows beside its fields."""
    return {
        "idea": idea,
        "heading": page_heading,
        "button": button_label,
        "back": idea.get_absolute_url(),
    }
