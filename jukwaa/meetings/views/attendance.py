"""Attendance from the file that a video call exports: the file, the table to check, the record."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.meetings.actions.attendance_import import record_attendees, refuse_before_start
from jukwaa.meetings.attendance_files import Participant
from jukwaa.meetings.attendance_matching import Matches, match_participants
from jukwaa.meetings.forms_attendance import AttendanceCheckForm, AttendanceFileForm
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.views.common import keeping_minutes, names_of, visible_meeting

IMPORT, CHECK = "meetings/attendance_import.html", "meetings/attendance_check.html"


@require_http_methods(["GET", "POST"])
def attendance_import(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of the file. The file is read and not stored: what it says comes back in a form."""
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = AttendanceFileForm(form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template=IMPORT,
        context={"meeting": meeting},
        action=lambda: _match(meeting, form.participants),
        redirect_to=lambda matches: _show_matches(request, meeting, matches),
    )


def _match(meeting: Meeting, participants: list[Participant]) -> Matches:
    refuse_before_start(meeting)
    return match_participants(meeting, participants)


def _show_matches(request: MemberRequest, meeting: Meeting, matches: Matches) -> HttpResponse:
    form = AttendanceCheckForm(meeting=meeting, matches=matches.found)
    return page(request, CHECK, _get_context(meeting) | {"form": form, "refused": matches.refused})


@require_POST
def attendance_check(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = AttendanceCheckForm(request.POST, meeting=meeting)
    return form_view(
        request,
        form,
        template=CHECK,
        context=lambda: _get_context(meeting),
        action=lambda: record_attendees(actor=request.user, meeting=meeting, attendees=form.attendees),
        success=_say_how_many,
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def _get_context(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "organisations": names_of(meeting.coalition)}


def _say_how_many(number: int) -> str:
    if not number:
        return _("Everyone you selected had already been recorded.")
    return ngettext("%(n)s attendee recorded.", "%(n)s attendees recorded.", number) % {"n": number}
