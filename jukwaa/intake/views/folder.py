"""Importing several reports at once, and choosing the meeting that one of them is about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.intake import actions, policies
from jukwaa.intake.forms import FolderForm, ReadingMeetingForm
from jukwaa.intake.models import Reading
from jukwaa.intake.views.shortcuts import get_reading_or_404
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State

MAX_NAMED_FILES = 10  # files that were left out, on the page


@require_http_methods(["GET", "POST"])
def folder_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_import_reports(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can import reports."))
    form = FolderForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="intake/folder_form.html",
        action=lambda: _start_import(request, coalition, form),
        success=lambda readings: (
            ngettext(
                "We are importing %(n)s report. The suggestions will appear on this page.",
                "We are importing %(n)s reports. The suggestions will appear on this page.",
                len(readings),
            )
            % {"n": len(readings)}
        ),
        redirect_to=reverse("intake:reading_list", args=[coalition.slug]),
    )


def _start_import(request: MemberRequest, coalition: Coalition, form: FolderForm) -> list[Reading]:
    readings = actions.start_folder_import(
        actor=request.user, coalition=coalition, label=form.cleaned_data["label"], uploads=form.uploads
    )
    for sentence in form.refused[:MAX_NAMED_FILES]:
        messages.warning(request, sentence)
    if left := len(form.refused[MAX_NAMED_FILES:]):
        sentence = ngettext("%(n)s more file was not imported.", "%(n)s more files were not imported.", left)
        messages.warning(request, sentence % {"n": left})
    return readings


@require_http_methods(["GET", "POST"])
def reading_meeting(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    meetings = Meeting.objects.visible_to(request.user).filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    form = ReadingMeetingForm(
        get_form_data(request),
        meetings=meetings.order_by("-order_day", "-pk"),
        initial={"meeting": reading.meeting_id, "meeting_title": reading.meeting_title},
    )
    return form_view(
        request,
        form,
        template="intake/reading_meeting.html",
        context={"reading": reading},
        action=lambda: actions.choose_meeting(
            actor=request.user,
            reading=reading,
            meeting=form.cleaned_data["meeting"],
            title=form.cleaned_data["meeting_title"],
        ),
        success=_("Meeting saved."),
        redirect_to=reading,
    )
