"""Circulating draft minutes for correction, and approving them."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.public_names import build_names_context, confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import actions
from jukwaa.meetings.circulation import (
    CIRCULATION_NOTIFICATION_TOPIC,
    build_minutes_notification,
    get_circulation_obstacle,
    get_corrections_path,
    list_circulated_entries,
)
from jukwaa.meetings.forms_corrections import APPROVAL_BY_SILENCE, ApproveMinutesForm, CirculateMinutesForm
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.participants import count_members_wanting
from jukwaa.meetings.public_names import find_names_opened_by_approval
from jukwaa.meetings.views.agenda import get_editable_meeting
from jukwaa.meetings.views.common import wrap_names_found_error
from jukwaa.meetings.views.meetings import MEETING_QUESTION_TEMPLATE, build_meeting_form_context
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates.notification_emails import render_notification_text

CIRCULATION_TEMPLATE = "meetings/minutes_circulate.html"


@require_http_methods(["GET", "POST"])
def minutes_circulate(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Show the email with the minutes, and send it to the members for correction."""
    meeting = get_editable_meeting(request, coalition, pk)
    form = CirculateMinutesForm(get_form_data(request), initial=CirculateMinutesForm.get_initial())
    circulate = wrap_names_found_error(actions.circulate_draft_minutes)
    found = find_names_opened_by_approval(request.user, meeting)
    return form_view(
        request,
        form,
        template=CIRCULATION_TEMPLATE,
        context=lambda: _build_circulation_preview(request, meeting, form) | build_names_context(found),
        confirm=lambda: confirm_public_names(
            request,
            found,
            template=CIRCULATION_TEMPLATE,
            context=_build_circulation_preview(request, meeting, form) | {"form": form},
        ),
        action=lambda: circulate(
            actor=request.user,
            meeting=meeting,
            until=form.cleaned_data["until"],
            allows_silence=form.cleaned_data["approval"] == APPROVAL_BY_SILENCE,
        ),
        success_message=_("We will email the minutes within an hour."),
        redirect_to=get_corrections_path(meeting),
    )


def _build_circulation_preview(request: MemberRequest, meeting: Meeting, form: CirculateMinutesForm) -> dict[str, Any]:
    entries = list_circulated_entries(meeting)
    context = {"meeting": meeting, "obstacle": get_circulation_obstacle(meeting, entries)}
    if context["obstacle"]:
        return context
    minutes = meeting.minutes
    minutes.corrections_until, minutes.allows_silence = form.get_deadline_and_silence()
    news = build_minutes_notification(minutes, entries)
    text = render_notification_text(news, request.user)
    is_open = meeting.label in LABELS_OPEN_TO_ROLES
    number = count_members_wanting(meeting.coalition, CIRCULATION_NOTIFICATION_TOPIC)
    return context | {"minutes": minutes, "text": text, "number": number, "is_open": is_open}


@require_http_methods(["GET", "POST"])
def minutes_approve(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Ask, then approve the minutes."""
    meeting = get_editable_meeting(request, coalition, pk)
    if not hasattr(meeting, "minutes"):
        raise Http404
    form = ApproveMinutesForm(get_form_data(request), meetings=_find_later_meetings(request, meeting))
    approve = wrap_names_found_error(actions.approve_minutes)
    lead = _(
        "Everyone who can read the meeting page will be able to read the minutes. After the minutes have been"
        " approved, you cannot change entries, but you can add errata."
    )
    context = build_meeting_form_context(meeting, _("Approve these minutes?"), _("Approve minutes")) | {"lead": lead}
    found = find_names_opened_by_approval(request.user, meeting)
    return form_view(
        request,
        form,
        template=MEETING_QUESTION_TEMPLATE,
        context=context | build_names_context(found),
        confirm=lambda: confirm_public_names(
            request, found, template=MEETING_QUESTION_TEMPLATE, context=context | {"form": form}
        ),
        action=lambda: approve(actor=request.user, meeting=meeting, at_meeting=form.cleaned_data["at_meeting"]),
        success_message=_("The minutes have been approved."),
        redirect_to=meeting,
    )


def _find_later_meetings(request: MemberRequest, meeting: Meeting) -> QuerySet[Meeting]:
    """Return the meetings after this one that have begun, as far as their days are known, the latest first."""
    others = Meeting.objects.visible_to(request.user).of(meeting.coalition).exclude(pk=meeting.pk)
    others = others.filter(state=State.PUBLISHED, cancelled_at=None).order_by("-order_day", "-pk")
    tomorrow = timezone.localdate() + timedelta(days=1)  # a day that has begun somewhere
    others = (
        others.exclude(precision=Meeting.Precision.UNDECIDED)
        .exclude(starts_on__gt=tomorrow)
        .exclude(starts_at__gt=timezone.now())
    )
    day = meeting.starts_on
    return others.filter(Q(starts_on__gte=day) | Q(starts_on=None)) if day else others
