"""Papers of agenda items."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings.actions import papers as actions
from jukwaa.meetings.forms_agenda import AgendaPaperForm, EditedVersionForm
from jukwaa.meetings.models import Meeting, Paper, Part
from jukwaa.meetings.views.agenda import (
    AGENDA_FORM_TEMPLATE,
    build_agenda_context,
    get_agenda_url,
    get_editable_meeting,
)


@require_http_methods(["GET", "POST"])
def paper_new(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    part = get_object_or_404(Part, meeting=meeting, pk=item)
    part.meeting = meeting
    form = AgendaPaperForm(get_form_data(request), meeting=meeting, viewer=request.user)
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=build_agenda_context(meeting, _("Add a paper"), _("Add paper")) | {"lead": part.title},
        action=lambda: actions.add_agenda_paper(actor=request.user, part=part, **_get_paper_values(form)),
        success_message=_("The paper has been added."),
        redirect_to=get_agenda_url(meeting),
    )


@require_http_methods(["GET", "POST"])
def paper_edit(request: MemberRequest, coalition: Coalition, pk: int, paper: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    found = _get_paper_or_404(meeting, paper)
    form = AgendaPaperForm(
        get_form_data(request), meeting=meeting, viewer=request.user, initial=AgendaPaperForm.get_initial(found)
    )
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=build_agenda_context(meeting, _("Edit paper"), _("Save changes")) | {"lead": found.part.title},
        action=lambda: actions.change_agenda_paper(
            actor=request.user, agenda_paper=found, from_version=form.cleaned_data["version"], **_get_paper_values(form)
        ),
        current_values=lambda conflict: AgendaPaperForm.get_initial(conflict.current),
        success_message=_("The paper has been changed."),
        redirect_to=get_agenda_url(meeting),
    )


@require_POST
def paper_remove(request: MemberRequest, coalition: Coalition, pk: int, paper: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    found = _get_paper_or_404(meeting, paper)
    form = EditedVersionForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: actions.remove_agenda_paper(
            actor=request.user, agenda_paper=found, from_version=form.cleaned_data["version"]
        ),
        success_message=_("The paper has been removed from the agenda."),
        redirect_to=get_agenda_url(meeting),
    )


def _get_paper_values(form: AgendaPaperForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _get_paper_or_404(meeting: Meeting, pk: int) -> Paper:
    paper = get_object_or_404(Paper.objects.select_related("part", "record__coalition"), part__meeting=meeting, pk=pk)
    paper.part.meeting = meeting
    return paper
