"""Writing a meeting down: what it was, its parts, and who came."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.names import shown
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.events.occurring import clashes
from jukwaa.meetings import actions
from jukwaa.meetings.forms import AttendanceForm, MeetingForm, PartForm, ReasonForm
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.meetings.views.common import keeping_minutes, names_of, visible_meeting
from jukwaa.records.policies import can_withdraw

FORM = "meetings/form.html"
QUESTION = "meetings/question.html"


@require_http_methods(["GET", "POST"])
def meeting_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    keeping_minutes(request)
    form = MeetingForm(form_data(request))
    context: dict[str, object] = {
        "here": "meetings",
        "heading": _("A new meeting"),
        "lead": _("It begins as a draft, which you alone see, until you publish it."),
        "button": _("Begin its record"),
        "back": reverse("meetings:meeting_list", args=[coalition.slug]),
    }
    return form_view(
        request,
        form,
        template=FORM,
        context=context,
        confirm=lambda: _show_clashes(request, coalition, form, context),
        action=lambda: actions.begin_meeting(actor=request.user, coalition=coalition, **form.told()),
        success=_("The meeting has a record now. Add who came and what was said."),
        redirect_to=lambda meeting: meeting,
    )


@require_http_methods(["GET", "POST"])
def meeting_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = MeetingForm(form_data(request), meeting=meeting, initial=MeetingForm.initial_of(meeting))
    context = form_context(meeting, _("What is known of this meeting"), _("Save"))
    return form_view(
        request,
        form,
        template=FORM,
        context=context,
        confirm=lambda: _show_clashes(request, coalition, form, context, meeting),
        action=lambda: actions.change_meeting(
            actor=request.user, meeting=meeting, changes=form.told(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda _conflict: MeetingForm.initial_of(visible_meeting(request, coalition, pk)),
        success=_("Saved. The version before is kept in the history."),
        redirect_to=meeting,
    )


def _show_clashes(
    request: MemberRequest,
    coalition: Coalition,
    form: MeetingForm,
    context: dict[str, object],
    meeting: Meeting | None = None,
) -> HttpResponse | None:
    """Show the page once more with what else takes place on the chosen day; None where there is nothing, or seen."""
    day, own = form.day_to_come(), f"meeting-{meeting.pk}" if meeting is not None else ""
    if day is None or not form.shows_clashes(clashes(coalition, request.user, day, day, but=own)):
        return None
    return page(request, FORM, context | {"form": form})


@require_POST
def meeting_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.publish_meeting(actor=request.user, meeting=meeting),
        success=_("The meeting is published, with all that stands in its minutes."),
        redirect_to=meeting,
    )


@require_http_methods(["GET", "POST"])
def meeting_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    if not can_withdraw(request.standing, meeting):
        raise PermissionDenied(_("A meeting is withdrawn by whoever wrote it down, or by a coordinator."))
    form = ReasonForm(form_data(request), meeting=meeting, under_the_rule=meeting.has_chatham)
    lead = _("It disappears from every page, list and search, with all that stands in its minutes.")
    return form_view(
        request,
        form,
        template=QUESTION,
        context=form_context(meeting, _("Withdraw this meeting?"), _("Withdraw it")) | {"lead": lead},
        action=lambda: actions.withdraw_meeting(
            actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"]
        ),
        success=_("The meeting is withdrawn."),
        redirect_to=reverse("meetings:meeting_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def part_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = PartForm(form_data(request))
    return form_view(
        request,
        form,
        template=FORM,
        context=form_context(meeting, _("Add a part of the meeting"), _("Add it")),
        action=lambda: actions.add_part(actor=request.user, meeting=meeting, **form.cleaned_data),
        success=lambda part: _("“%(part)s” is a part of the meeting now.") % {"part": part.title},
        redirect_to=meeting,
    )


@require_http_methods(["GET", "POST"])
def attendance_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = AttendanceForm(form_data(request), meeting=meeting)
    return form_view(
        request,
        form,
        template=FORM,
        context=lambda: (
            form_context(meeting, _("Add who came"), _("Add to the attendance"))
            | {"organisations": names_of(coalition)}
        ),
        action=lambda: _record_attendance(request, meeting, form),
        success=lambda row: _("%(who)s stands in the attendance.") % {"who": shown(row.capacity, request.standing)},
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def _record_attendance(request: MemberRequest, meeting: Meeting, form: AttendanceForm) -> Attendance:
    said = {name: form.cleaned_data[name] for name in ("name", "came_as", "is_chair", "is_group", "part")}
    return actions.record_attendance(
        actor=request.user, meeting=meeting, organisation=form.cleaned_data["found"], **said
    )


@require_http_methods(["GET", "POST"])
def attendance_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    attendance = get_object_or_404(Attendance, meeting=meeting, pk=row)
    heading = _("Take %(who)s out of the attendance?") % {"who": shown(attendance.capacity, request.standing)}
    return form_view(
        request,
        template=QUESTION,
        context=form_context(meeting, heading, _("Take out")),
        action=lambda: actions.remove_attendance(actor=request.user, attendance=attendance),
        success=_("The row is taken out of the attendance."),
        redirect_to=f"{meeting.get_absolute_url()}#attendance",
    )


def form_context(subject: Model, heading: str, button: str) -> dict[str, object]:
    """Return what a form page about a meeting or an entry shows beside its form. "Back" leads to the subject."""
    meeting = subject if isinstance(subject, Meeting) else getattr(subject, "meeting", None)
    return {
        "here": "meetings",
        "meeting": meeting,
        "subject": subject,
        "heading": heading,
        "button": button,
        "back": subject.get_absolute_url(),  # type: ignore[attr-defined]  # records have one
    }
