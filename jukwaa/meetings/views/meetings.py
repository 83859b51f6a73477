"""Publishing and withdrawing a meeting, its agenda items, and who came."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import actions
from jukwaa.meetings.carried_commitments import find_next_meetings
from jukwaa.meetings.forms import AttendanceForm, AttendanceRoleForm, WithdrawalReasonForm
from jukwaa.meetings.guests import count_observers_to_email
from jukwaa.meetings.invitation_emails import count_invited_members
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.meetings.public_names import find_names_opened_by_publication
from jukwaa.meetings.views.audience import AUDIENCE_TEMPLATE, build_audience_form, confirm_audience
from jukwaa.meetings.views.common import get_meeting_or_404, get_organisation_names, require_can_manage_minutes
from jukwaa.records.policies import can_withdraw_record

MEETING_FORM_TEMPLATE = "meetings/form.html"
MEETING_QUESTION_TEMPLATE = "meetings/question.html"


@require_http_methods(["GET", "POST"])
def meeting_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Publish a draft, and choose who is invited to it; of what is over, nobody is."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    is_over = meeting.is_held or meeting.is_cancelled
    form = None if is_over else build_audience_form(request, meeting, can_wait=True)
    context = build_meeting_form_context(meeting, _("Publish this meeting?"), _("Publish meeting"))
    if not is_over:
        context["lead"] = _("Invitations are emailed 30 minutes after the meeting is published.")
    return form_view(
        request,
        form,
        template=AUDIENCE_TEMPLATE,
        context=context,
        confirm=lambda: (
            (confirm_audience(request, form, context) if form else None)
            or confirm_public_names(
                request,
                find_names_opened_by_publication(request.user, [meeting]),
                template=AUDIENCE_TEMPLATE,
                context=context | ({"form": form, "seen": form.cleaned_data.get("seen")} if form else {}),
            )
        ),
        action=lambda: actions.publish_meeting(
            actor=request.user, meeting=meeting, audience=form.get_audience() if form else None
        ),
        success_message=describe_meeting_publication,
        redirect_to=meeting,
    )


def describe_meeting_publication(meeting: Meeting) -> str:
    if meeting.is_held or meeting.is_cancelled:
        return _("Meeting published.")
    if meeting.invites == Meeting.Invites.NOBODY:
        return _("Meeting published. Nobody has been invited yet.")
    return " ".join(filter(None, [_describe_invited_members(meeting), _describe_invited_observers(meeting)]))


def _describe_invited_observers(meeting: Meeting) -> str:
    number = count_observers_to_email(meeting)
    if not number:
        return ""
    return ngettext(
        "We will also invite %(n)s representative of observers.",
        "We will also invite %(n)s representatives of observers.",
        number,
    ) % {"n": number}


def _describe_invited_members(meeting: Meeting) -> str:
    number = count_invited_members(meeting)
    if number is None:
        return _(
            "Meeting published. In 30 minutes, we will email an invitation to the members who can read the meeting "
            "page."
        )
    if not number:
        return _("Meeting published. No members can be invited by email yet.")
    return ngettext(
        "Meeting published. In 30 minutes, we will email an invitation to %(n)s member.",
        "Meeting published. In 30 minutes, we will email an invitation to %(n)s members.",
        number,
    ) % {"n": number}


@require_http_methods(["GET", "POST"])
def meeting_invite(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The invitation goes out now, to whoever has not had it: with one press, or to more people who are chosen."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    asks_whom = meeting.invites != Meeting.Invites.EVERYONE
    form = build_audience_form(request, meeting, can_wait=False) if asks_whom else None
    context = build_meeting_form_context(meeting, _("Invite people"), _("Send invitations"))
    return form_view(
        request,
        form,
        template=AUDIENCE_TEMPLATE,
        context=context,
        confirm=lambda: confirm_audience(request, form, context) if form else None,
        action=lambda: actions.send_meeting_invitations(
            actor=request.user, meeting=meeting, audience=form.get_audience() if form else None
        ),
        success_message=_("We are emailing the invitation. People who have already received it will not get it again.")
        if coalition.mail_released_at
        else _("We will email the invitations once a coordinator has approved them."),
        redirect_to=meeting,
    )


@require_http_methods(["GET", "POST"])
def meeting_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    if not can_withdraw_record(request.standing, meeting):
        raise PermissionDenied(_("Only the author, coordinators and the safeguarding lead can withdraw a meeting."))
    form = WithdrawalReasonForm(get_form_data(request), meeting=meeting, is_under_rule=meeting.has_chatham)
    lead = _("The meeting and its minutes will be removed from all pages, lists and searches.")
    if kept := len(find_next_meetings(meeting)):
        sentence = ngettext(
            "%(n)s commitment is also in a later report, and will move to that meeting.",
            "%(n)s commitments are also in later reports, and will move to those meetings.",
            kept,
        )
        lead = f"{lead} {sentence % {'n': kept}}"
    return form_view(
        request,
        form,
        template=MEETING_QUESTION_TEMPLATE,
        context=build_meeting_form_context(meeting, _("Withdraw this meeting?"), _("Withdraw meeting"))
        | {"lead": lead},
        action=lambda: actions.withdraw_meeting(
            actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"]
        ),
        success_message=_("The meeting has been withdrawn."),
        redirect_to=reverse("meetings:meeting_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def attendance_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = AttendanceForm(get_form_data(request), meeting=meeting)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=lambda: (
            build_meeting_form_context(meeting, _("Record attendance"), _("Add to attendance list"))
            | {"organisations": get_organisation_names(coalition)}
        ),
        action=lambda: _record_attendance_from_form(request, meeting, form),
        success_message=lambda row: _describe_recorded_attendance(row, request.standing),
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def _record_attendance_from_form(request: MemberRequest, meeting: Meeting, form: AttendanceForm) -> Attendance:
    said = {name: form.cleaned_data[name] for name in ("name", "came_as", "mode", "is_chair", "is_group", "part")}
    return actions.record_attendance(
        actor=request.user, meeting=meeting, organisation=form.cleaned_data["found"], **said
    )


def _describe_recorded_attendance(attendance_row: Attendance, viewer_standing: Standing) -> str:
    """Confirm who was recorded. A person of the directory is public under the name of the organisation alone."""
    capacity = attendance_row.capacity
    who = get_display_name(capacity, viewer_standing)
    name = get_public_name(capacity.person, viewer_standing) if capacity.person and capacity.organisation_id else ""
    if not name:
        return _("%(who)s has been added to the attendance list.") % {"who": who}
    sentence = _(
        "%(name)s (%(organisation)s) has been added to the attendance list. The public sees only the organisation."
    )
    return sentence % {"name": name, "organisation": who}


@require_http_methods(["GET", "POST"])
def attendance_change(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    attendance = get_object_or_404(Attendance.with_apologies, meeting=meeting, pk=row)
    attendance.meeting = meeting
    form = AttendanceRoleForm(get_form_data(request), initial={"came_as": attendance.came_as, "mode": attendance.mode})
    who = get_display_name(attendance.capacity, request.standing)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(
            meeting, _("In what capacity did %(who)s attend?") % {"who": who}, _("Save")
        ),
        action=lambda: actions.change_attendance_role(
            actor=request.user,
            attendance=attendance,
            attendance_role=form.cleaned_data["came_as"],
            mode=form.cleaned_data["mode"],
        ),
        success_message=_("The attendance list has been changed."),
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


@require_http_methods(["GET", "POST"])
def attendance_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    attendance = get_object_or_404(Attendance.with_apologies, meeting=meeting, pk=row)
    heading = _("Remove %(who)s from the attendance list?") % {
        "who": get_display_name(attendance.capacity, request.standing)
    }
    return form_view(
        request,
        template=MEETING_QUESTION_TEMPLATE,
        context=build_meeting_form_context(meeting, heading, _("Remove")),
        action=lambda: actions.remove_attendance_row(actor=request.user, attendance=attendance),
        success_message=_("The entry has been removed from the attendance list."),
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def build_meeting_form_context(form_subject: Model, page_heading: str, button_label: str) -> dict[str, object]:
    """Return what a form page about a meeting or an entry shows beside its form. "Back" leads to the subject."""
    meeting = form_subject if isinstance(form_subject, Meeting) else getattr(form_subject, "meeting", None)
    return {
        "meeting": meeting,
        "subject": form_subject,
        "heading": page_heading,
        "button": button_label,
        "back": form_subject.get_absolute_url(),  # type: ignore[attr-defined]  # records have one
    }
