"""The agenda of a meeting: read by those who may read the meeting, prepared by those who keep its minutes."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import EditConflict
from jukwaa.meetings.actions import agenda as actions
from jukwaa.meetings.actions.meeting_copies import copy_agenda
from jukwaa.meetings.agenda import AgendaPage
from jukwaa.meetings.agenda_suggestions import find_agenda_suggestions, find_previous_meeting
from jukwaa.meetings.forms_agenda import AgendaItemForm, AgendaSuggestionForm, EditedVersionForm
from jukwaa.meetings.models import Meeting, Part
from jukwaa.meetings.views.common import get_meeting_or_404, get_organisation_names, require_can_manage_minutes

AGENDA_FORM_TEMPLATE = "meetings/agenda_form.html"


@login_not_required
@require_GET
@cache_for_visitors
def agenda_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    shown = AgendaPage(meeting, request.standing)
    context: dict[str, Any] = {"meeting": meeting, "shown": shown}
    if shown.may_edit and not shown.items:
        context["previous"] = find_previous_meeting(meeting, request.user)
    return render_page(request, "meetings/agenda_detail.html", context)


@require_http_methods(["GET", "POST"])
def agenda_item_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    form = AgendaItemForm(get_form_data(request), meeting=meeting)
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=lambda: (
            build_agenda_context(meeting, _("Add an agenda item"), _("Add agenda item"))
            | _get_organisation_context(coalition)
        ),
        action=lambda: actions.add_agenda_item(actor=request.user, meeting=meeting, **form.get_changes()),
        success_message=lambda part: _("“%(item)s” has been added to the agenda.") % {"item": part.title},
        redirect_to=get_agenda_url(meeting),
    )


@require_http_methods(["GET", "POST"])
def agenda_item_edit(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    part = _find_agenda_part(meeting, item)
    if part is None:
        return _show_removed_item_to_add_again(request, meeting)
    initial = AgendaItemForm.get_initial(part, request.standing)
    form = AgendaItemForm(get_form_data(request), meeting=meeting, part=part, initial=initial)
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=lambda: (
            build_agenda_context(meeting, _("Edit agenda item"), _("Save changes"))
            | _get_organisation_context(coalition)
        ),
        action=lambda: actions.change_agenda_item(
            actor=request.user, agenda_item=part, changes=form.get_changes(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda conflict: AgendaItemForm.get_initial(conflict.current, request.standing),
        success_message=_("The agenda item has been changed."),
        redirect_to=get_agenda_url(meeting),
    )


def _show_removed_item_to_add_again(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Somebody has removed the item meanwhile: what was typed comes back, in a form that adds it as a new item."""
    if request.method != "POST":
        raise Http404
    form = AgendaItemForm(request.POST, meeting=meeting)
    context = build_agenda_context(
        meeting, _("This agenda item has been removed. Add it again?"), _("Add agenda item")
    ) | _get_organisation_context(meeting.coalition)
    context["form_action"] = reverse("meetings:agenda_item_new", args=[meeting.coalition.slug, meeting.pk])
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=context,
        action=_raise_item_removed_error,
        redirect_to=get_agenda_url(meeting),
    )


def _raise_item_removed_error() -> None:
    raise EditConflict(None)


@require_POST
def agenda_item_up(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    return _move_agenda_item(request, coalition, pk, item, position_change=-1)


@require_POST
def agenda_item_down(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    return _move_agenda_item(request, coalition, pk, item, position_change=1)


def _move_agenda_item(
    request: MemberRequest, coalition: Coalition, pk: int, item: int, *, position_change: int
) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    part = _get_part_or_404(meeting, item)
    return form_view(
        request,
        action=lambda: actions.move_agenda_item(actor=request.user, agenda_item=part, position_change=position_change),
        redirect_to=f"{get_agenda_url(meeting)}#item-{item}",
    )


@require_POST
def agenda_item_remove(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    part = _get_part_or_404(meeting, item)
    form = EditedVersionForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: actions.remove_agenda_item(
            actor=request.user, agenda_item=part, from_version=form.cleaned_data["version"]
        ),
        success_message=_("“%(item)s” has been removed from the agenda.") % {"item": part.title},
        redirect_to=get_agenda_url(meeting),
    )


@require_http_methods(["GET", "POST"])
def agenda_suggestions(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    form = AgendaSuggestionForm(
        get_form_data(request), agenda_suggestions=find_agenda_suggestions(meeting, request.standing)
    )
    return form_view(
        request,
        form,
        template="meetings/agenda_suggestions.html",
        context={"meeting": meeting, "back": get_agenda_url(meeting)},
        action=lambda: actions.add_suggested_items(
            actor=request.user, meeting=meeting, agenda_suggestions=form.get_selected_suggestions()
        ),
        success_message=describe_added_items,
        redirect_to=get_agenda_url(meeting),
    )


@require_POST
def agenda_copy(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Fill the agenda with the items of the meeting before."""
    meeting = get_editable_meeting(request, coalition, pk)
    previous = find_previous_meeting(meeting, request.user)
    if previous is None:
        raise Http404
    return form_view(
        request,
        action=lambda: copy_agenda(actor=request.user, meeting=meeting, source_meeting=previous),
        success_message=describe_added_items,
        redirect_to=get_agenda_url(meeting),
    )


def describe_added_items(added_items: list[Part]) -> str:
    number = len(added_items)
    return ngettext("%(n)s agenda item has been added.", "%(n)s agenda items have been added.", number) % {"n": number}


def get_editable_meeting(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """Return the meeting for those who prepare it: 404 for whoever may not see it, 403 for other readers."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    return meeting


def _find_agenda_part(meeting: Meeting, item: int) -> Part | None:
    part = Part.objects.filter(meeting=meeting, pk=item).select_related("presenter__person").first()
    if part is not None:
        part.meeting = meeting
    return part


def _get_part_or_404(meeting: Meeting, item: int) -> Part:
    part = get_object_or_404(Part, meeting=meeting, pk=item)
    part.meeting = meeting
    return part


def get_agenda_url(meeting: Meeting) -> str:
    return reverse("meetings:agenda_detail", args=[meeting.coalition.slug, meeting.pk])


def build_agenda_context(meeting: Meeting, page_heading: str, button_label: str) -> dict[str, Any]:
    """Return what a form about the agenda shows beside its fields. "Cancel" leads to the agenda."""
    return {
        "meeting": meeting,
        "heading": page_heading,
        "button": button_label,
        "back": get_agenda_url(meeting),
    }


def _get_organisation_context(coalition: Coalition) -> dict[str, Any]:
    return {"organisations": get_organisation_names(coalition)}
