"""Checking in to a meeting: the link and QR code for the screen, and the page that they lead to."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings import policies
from jukwaa.meetings.actions.check_in import check_in_to_meeting as record_check_in
from jukwaa.meetings.check_in import (
    build_check_in_link,
    build_qr_code_svg,
    find_check_in_meeting,
    get_check_in_obstacle,
    get_check_in_opening_time,
)
from jukwaa.meetings.forms_invitations import CheckInForm
from jukwaa.meetings.invitations import get_capacity_choices, has_guardian_consent
from jukwaa.meetings.models import Attendance, Meeting, Rsvp
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes


@require_GET
def check_in_link(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page to show on the screen of a meeting."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    link = build_check_in_link(meeting)
    context = {
        "meeting": meeting,
        "link": link,
        "qr_code": build_qr_code_svg(link),
        "opening": get_check_in_opening_time(meeting),
        "is_over": meeting.is_cancelled or meeting.is_held,
    }
    return render_page(request, "meetings/check_in_link.html", context)


@require_http_methods(["GET", "POST"])
def check_in(request: MemberRequest, coalition: Coalition, token: str) -> HttpResponse:
    meeting = find_check_in_meeting(request.user, coalition, token)
    if meeting is None:
        raise Http404(_("This check-in link is not valid. Ask the rapporteur for a new one."))
    if not policies.can_check_in(request.standing, meeting):
        raise PermissionDenied(_get_check_in_refusal(request, meeting))
    form = CheckInForm(
        get_form_data(request),
        capacity_choices=get_capacity_choices(request.user, coalition),
        initial=_get_initial_check_in(request, meeting),
    )
    return form_view(
        request,
        form,
        template="meetings/check_in.html",
        context=lambda: {
            "meeting": meeting,
            "obstacle": get_check_in_obstacle(meeting),
            "known": _find_own_attendance(request, meeting),
        },
        action=lambda: record_check_in(
            actor=request.user,
            meeting=meeting,
            organisation=form.get_organisation(),
            mode=form.cleaned_data["mode"],
        ),
        success_message=_get_check_in_greeting,
        redirect_to=lambda attendance: request.get_full_path() if attendance.is_first_time else meeting,
    )


def _find_own_attendance(request: MemberRequest, meeting: Meeting) -> Attendance | None:
    return meeting.attendances.filter(capacity__person=request.user).first()


def _get_check_in_refusal(request: MemberRequest, meeting: Meeting) -> str:
    if request.standing.has_seat and not has_guardian_consent(request.user, meeting):
        return _("Your adult contact must agree before you attend this meeting. The invitation was sent to them.")
    if request.standing.has_seat:
        return _("You cannot check in to this meeting. You can take part without checking in.")
    return _("Only members of the coalition can check in. Ask the rapporteur to record your attendance.")


def _get_initial_check_in(request: MemberRequest, meeting: Meeting) -> dict[str, object]:
    """The capacity of their reply to the invitation."""
    reply = Rsvp.objects.filter(meeting=meeting, person=request.user).select_related("capacity").first()
    organisation = reply.capacity.organisation_id if reply else None
    return {"capacity": str(organisation)} if organisation else {}


def _get_check_in_greeting(attendance: Attendance) -> str:
    return "" if attendance.is_first_time else _("Your attendance has been recorded.")  # its page says so
