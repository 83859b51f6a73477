"""The coordination meetings of the forum: their list, adding and changing one, and logging attendance."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.eligibility import actions, policies
from jukwaa.eligibility.coordination_forms import (
    CoordinationImportForm,
    CoordinationLogForm,
    CoordinationMeetingForm,
)
from jukwaa.eligibility.models import CoordinationAttendance, CoordinationMeeting
from jukwaa.meetings.time_formatting import build_meeting_time_lines

MEETINGS_PER_PAGE = 20


def require_forum_representative(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_represent_at_forum(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators and representatives can see coordination meetings."))


def get_coordination_meeting_or_404(coalition: Coalition, pk: int) -> CoordinationMeeting:
    attended = Prefetch("attendances", CoordinationAttendance.objects.select_related("person"))
    meeting = get_object_or_404(CoordinationMeeting.objects.of(coalition).prefetch_related(attended), pk=pk)
    meeting.coalition = coalition
    return meeting


@require_GET
def coordination_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The latest first."""
    require_forum_representative(request, coalition)
    attended = Prefetch("attendances", CoordinationAttendance.objects.select_related("person"))
    rows = CoordinationMeeting.objects.of(coalition).prefetch_related(attended)
    shown_page = Paginator(rows, per_page=MEETINGS_PER_PAGE).get_page(request.GET.get("page"))
    described = [_build_meeting_row(request.standing, meeting) for meeting in shown_page]
    return render_page(request, "eligibility/coordination_list.html", {"page": shown_page, "rows": described})


def _build_meeting_row(viewer_standing: Standing, meeting: CoordinationMeeting) -> dict[str, Any]:
    names = [get_display_name(attendance.person, viewer_standing) for attendance in meeting.attendances.all()]
    return {"meeting": meeting, "when": build_meeting_time_lines(meeting)[:1], "names": names}


@require_http_methods(["GET", "POST"])
def coordination_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_forum_representative(request, coalition)
    form = CoordinationMeetingForm(
        get_form_data(request), initial=CoordinationMeetingForm.get_initial(request.standing, None)
    )
    return form_view(
        request,
        form,
        template="eligibility/coordination_form.html",
        context={"heading": _("Add a coordination meeting")},
        action=lambda: actions.add_coordination_meeting(
            actor=request.user, coalition=coalition, details=form.get_details(), token=form.cleaned_data["token"]
        ),
        success_message=_("Coordination meeting added. Representatives can see it in their calendar."),
        redirect_to=_get_list_url(coalition),
    )


@require_http_methods(["GET", "POST"])
def coordination_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_forum_representative(request, coalition)
    meeting = get_coordination_meeting_or_404(coalition, pk)
    form = CoordinationMeetingForm(
        get_form_data(request), initial=CoordinationMeetingForm.get_initial(request.standing, meeting)
    )
    return form_view(
        request,
        form,
        template="eligibility/coordination_form.html",
        context={"heading": _("Edit the coordination meeting"), "meeting": meeting},
        action=lambda: actions.change_coordination_meeting(
            actor=request.user,
            meeting=meeting,
            details=form.get_details(),
            version=form.cleaned_data["version"] or 0,
        ),
        current_values=lambda conflict: CoordinationMeetingForm.get_initial(request.standing, conflict.current),
        success_message=_("Changes saved."),
        redirect_to=_get_list_url(coalition),
    )


@require_http_methods(["GET", "POST"])
def coordination_log(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Attendance, the short report and its link."""
    require_forum_representative(request, coalition)
    meeting = get_coordination_meeting_or_404(coalition, pk)
    form = CoordinationLogForm(get_form_data(request), viewer_standing=request.standing, meeting=meeting)
    return form_view(
        request,
        form,
        template="eligibility/coordination_log.html",
        context={"meeting": meeting, "when": build_meeting_time_lines(meeting)},
        action=lambda: actions.log_coordination_attendance(
            actor=request.user,
            meeting=meeting,
            changes=form.get_changes(),
            people=form.get_people(),
            version=form.cleaned_data["version"],
        ),
        current_values=lambda conflict: CoordinationLogForm.get_initial(conflict.current),
        success_message=_("Attendance and report saved."),
        redirect_to=_get_list_url(coalition),
    )


@require_POST
def coordination_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_forum_representative(request, coalition)
    meeting = get_coordination_meeting_or_404(coalition, pk)
    return form_view(
        request,
        action=lambda: actions.remove_coordination_meeting(actor=request.user, meeting=meeting),
        success_message=_("Coordination meeting removed."),
        redirect_to=_get_list_url(coalition),
    )


@require_http_methods(["GET", "POST"])
def coordination_import(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """A calendar file, such as the one that comes with the invitation."""
    require_forum_representative(request, coalition)
    form = CoordinationImportForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="eligibility/coordination_import.html",
        action=lambda: actions.import_coordination_meetings(
            actor=request.user, coalition=coalition, imported_rows=list(form.get_rows(coalition))
        ),
        success_message=_format_import_result,
        redirect_to=_get_list_url(coalition),
    )


def _format_import_result(added_meetings: list[CoordinationMeeting]) -> str:
    if not added_meetings:
        return _("No meetings imported: all meetings in this calendar were imported before.")
    return ngettext("%(n)s meeting added.", "%(n)s meetings added.", len(added_meetings)) % {"n": len(added_meetings)}


def _get_list_url(coalition: Coalition) -> str:
    return reverse("eligibility:coordination_list", args=[coalition.slug])
