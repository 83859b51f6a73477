"""Sending the summary of a meeting, after a look at the email."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.meetings.actions.summaries import get_summary_sending_obstacle, send_meeting_summary
from jukwaa.meetings.models import Entry, Meeting, Summary
from jukwaa.meetings.owner_withholding import find_unconfirmed_commitments
from jukwaa.meetings.participants import count_members_wanting
from jukwaa.meetings.summaries import (
    SUMMARY_NOTIFICATION_TOPIC,
    build_summary_notification,
    compute_summary_fingerprint,
)
from jukwaa.meetings.views.agenda import get_editable_meeting
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates import email_links
from jukwaa.updates.notification_emails import render_notification_text


@require_http_methods(["GET", "POST"])
def summary_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    return form_view(
        request,
        template="meetings/summary_send.html",
        context=lambda: _build_summary_preview(request, meeting),
        action=lambda: send_meeting_summary(actor=request.user, meeting=meeting),
        success_message=_("We will email the summary within an hour."),
        redirect_to=meeting,
    )


def _build_summary_preview(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """Return the email as its sender will receive it, and the number of recipients."""
    news, sent = build_summary_notification(meeting), Summary.objects.filter(meeting=meeting).first()
    text = render_notification_text(news, request.user)
    return {
        "meeting": meeting,
        "obstacle": get_summary_sending_obstacle(meeting),
        "sent": sent,
        "is_changed": sent is not None and sent.fingerprint != compute_summary_fingerprint(meeting),
        "unconfirmed": find_unconfirmed_commitments(
            request.user, Entry.objects.filter(meeting=meeting, label__in=LABELS_OPEN_TO_ROLES)
        ),
        "text": text,
        "link": email_links.build_absolute_url(text.path),
        "is_open": meeting.label in LABELS_OPEN_TO_ROLES,
        "number": count_members_wanting(meeting.coalition, SUMMARY_NOTIFICATION_TOPIC),
    }
