"""Attendance from the file that a video call exports: the file, the table to check, the record."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings.actions.attendance_import import record_attendees, require_meeting_started
from jukwaa.meetings.attendance_files import FileParticipant
from jukwaa.meetings.attendance_matching import AttendeeMatchResult, match_meeting_participants
from jukwaa.meetings.forms_attendance import AttendanceCheckForm, AttendanceFileForm
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.session_people import list_expected_attendees
from jukwaa.meetings.views.common import get_meeting_or_404, get_organisation_names, require_can_manage_minutes

IMPORT_TEMPLATE, CHECK_TEMPLATE = "meetings/attendance_import.html", "meetings/attendance_check.html"


@require_http_methods(["GET", "POST"])
def attendance_import(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of the file. The file is read and not stored: what it says comes back in a form."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = AttendanceFileForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template=IMPORT_TEMPLATE,
        context={"meeting": meeting},
        action=lambda: _match_file_participants(meeting, form.participants),
        redirect_to=lambda matches: _show_attendee_matches(request, meeting, matches),
    )


def _match_file_participants(meeting: Meeting, file_participants: list[FileParticipant]) -> AttendeeMatchResult:
    require_meeting_started(meeting)
    return match_meeting_participants(meeting, file_participants)


def _show_attendee_matches(
    request: MemberRequest, meeting: Meeting, attendee_matches: AttendeeMatchResult, *, is_forum_session: bool = False
) -> HttpResponse:
    form = AttendanceCheckForm(meeting=meeting, attendee_matches=attendee_matches)
    context = {
        "meeting": meeting,
        "organisations": attendee_matches.organisation_names.values(),
        "form": form,
        "refused": attendee_matches.refused,
        "is_session": is_forum_session,
    }
    return render_page(request, CHECK_TEMPLATE, context)


@require_GET
def attendance_session(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The people of a session in the same table. Nothing is recorded before it has been checked."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    people = list_expected_attendees(meeting, request.standing)
    return _show_attendee_matches(request, meeting, match_meeting_participants(meeting, people), is_forum_session=True)


@require_POST
def attendance_check(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = AttendanceCheckForm(request.POST, meeting=meeting)
    return form_view(
        request,
        form,
        template=CHECK_TEMPLATE,
        context=lambda: {"meeting": meeting, "organisations": get_organisation_names(meeting.coalition)},
        action=lambda: record_attendees(actor=request.user, meeting=meeting, attendees=form.attendees),
        success_message=_describe_attendance_import_result,
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def _describe_attendance_import_result(attendee_count: int) -> str:
    if not attendee_count:
        return _("Everyone you selected is already on the attendance list.")
    return ngettext("%(n)s attendee recorded.", "%(n)s attendees recorded.", attendee_count) % {"n": attendee_count}
