"""Writing a meeting down: what it was, its parts, and who came."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.events.occurring import clashes
from jukwaa.meetings import actions
from jukwaa.meetings.forms import AttendanceForm, MeetingForm, PartForm, ReasonForm
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.meetings.views.common import keeping_minutes, names_of, visible_meeting
from jukwaa.records.actions import Stale
from jukwaa.records.policies import can_withdraw

FORM = "meetings/form.html"
QUESTION = "meetings/question.html"


@require_http_methods(["GET", "POST"])
def meeting_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    keeping_minutes(request)
    form = MeetingForm(request.POST or None)
    context = {
        "here": "meetings",
        "form": form,
        "heading": _("A new meeting"),
        "lead": _("It begins as a draft, which you alone see, until you publish it."),
        "button": _("Begin its record"),
        "back": reverse("meetings:meeting_list", args=[coalition.slug]),
    }
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    if _clashes(request, coalition, form):
        return page(request, FORM, context)
    meeting = actions.begin_meeting(actor=request.user, coalition=coalition, **form.told())
    messages.success(request, _("The meeting has a record now. Add who came and what was said."))
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = MeetingForm(request.POST or None, meeting=meeting, initial=MeetingForm.initial_of(meeting))
    context = form_context(meeting, form, _("What is known of this meeting"), _("Save"))
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    if _clashes(request, coalition, form, meeting):
        return page(request, FORM, context)
    version = form.cleaned_data["version"]
    try:
        actions.change_meeting(actor=request.user, meeting=meeting, changes=form.told(), from_version=version)
    except Stale:
        now = MeetingForm.initial_of(visible_meeting(request, coalition, pk))
        return overtaken(request, FORM, form, now, context)
    messages.success(request, _("Saved. The version before is kept in the history."))
    return redirect(meeting)


def _clashes(request: MemberRequest, coalition: Coalition, form: MeetingForm, meeting: Meeting | None = None) -> bool:
    """Whether the page goes back once, to show what else takes place on the day that was chosen."""
    day, own = form.day_to_come(), f"meeting-{meeting.pk}" if meeting is not None else ""
    return day is not None and form.shows_clashes(clashes(coalition, request.user, day, day, but=own))


@require_POST
def meeting_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    actions.publish_meeting(actor=request.user, meeting=meeting)
    messages.success(request, _("The meeting is published, with all that stands in its minutes."))
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def meeting_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    if not can_withdraw(request.user, meeting):
        raise PermissionDenied(_("A meeting is withdrawn by whoever wrote it down, or by a coordinator."))
    form = ReasonForm(request.POST or None, meeting=meeting, under_the_rule=meeting.has_chatham)
    context = form_context(meeting, form, _("Withdraw this meeting?"), _("Withdraw it"))
    context["lead"] = _("It disappears from every page, list and search, with all that stands in its minutes.")
    if request.method == "GET":
        return page(request, QUESTION, context)
    if not form.is_valid():
        return invalid(request, QUESTION, context)
    actions.withdraw_meeting(actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"])
    messages.success(request, _("The meeting is withdrawn."))
    return redirect("meetings:meeting_list", coalition.slug)


@require_http_methods(["GET", "POST"])
def part_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = PartForm(request.POST or None)
    context = form_context(meeting, form, _("Add a part of the meeting"), _("Add it"))
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    part = actions.add_part(actor=request.user, meeting=meeting, **form.cleaned_data)
    messages.success(request, _("“%(part)s” is a part of the meeting now.") % {"part": part.title})
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def attendance_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = AttendanceForm(request.POST or None, meeting=meeting)
    context = form_context(meeting, form, _("Add who came"), _("Add to the attendance"))
    context["organisations"] = names_of(coalition)
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    said = {name: form.cleaned_data[name] for name in ("name", "came_as", "is_chair", "is_group", "part")}
    row = actions.record_attendance(
        actor=request.user, meeting=meeting, organisation=form.cleaned_data["found"], **said
    )
    messages.success(request, _("%(who)s stands in the attendance.") % {"who": row.capacity.name})
    return redirect(f"{meeting.get_absolute_url()}#attendance")


@require_http_methods(["GET", "POST"])
def attendance_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    attendance = get_object_or_404(Attendance, meeting=meeting, pk=row)
    if request.method == "GET":
        heading = _("Take %(who)s out of the attendance?") % {"who": attendance.capacity.name}
        return page(request, QUESTION, form_context(meeting, None, heading, _("Take out")))
    actions.remove_attendance(actor=request.user, attendance=attendance)
    messages.success(request, _("The row is taken out of the attendance."))
    return redirect(f"{meeting.get_absolute_url()}#attendance")


def form_context(subject: Model, form: object, heading: str, button: str) -> dict[str, object]:
    """What a form page about a meeting or an entry shows. One goes back to what it is about."""
    meeting = subject if isinstance(subject, Meeting) else getattr(subject, "meeting", None)
    return {
        "here": "meetings",
        "meeting": meeting,
        "subject": subject,
        "form": form,
        "heading": heading,
        "button": button,
        "back": subject.get_absolute_url(),  # type: ignore[attr-defined]  # records have one
    }
