"""Sending the summary of a meeting, after a look at the email."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.meetings.actions.summaries import find_obstacle, send_summary
from jukwaa.meetings.models import Meeting, Summary
from jukwaa.meetings.participants import count_members_wanting
from jukwaa.meetings.summaries import TOPIC, build_summary_news, get_fingerprint
from jukwaa.meetings.views.agenda import editable_meeting
from jukwaa.meetings.withholding import find_unconfirmed
from jukwaa.records.models.record import OPEN_TO_ROLES
from jukwaa.updates import tokens
from jukwaa.updates.letters import write_letter


@require_http_methods(["GET", "POST"])
def summary_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, coalition, pk)
    return form_view(
        request,
        template="meetings/summary_send.html",
        context=lambda: _preview(request, meeting),
        action=lambda: send_summary(actor=request.user, meeting=meeting),
        success=_("We will email the summary within an hour."),
        redirect_to=meeting,
    )


def _preview(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """The email as the person who sends it will get it, and how many people will."""
    news, sent = build_summary_news(meeting), Summary.objects.filter(meeting=meeting).first()
    text = write_letter(news, request.user)[0]
    return {
        "meeting": meeting,
        "obstacle": find_obstacle(meeting),
        "sent": sent,
        "is_changed": sent is not None and sent.fingerprint != get_fingerprint(meeting),
        "unconfirmed": find_unconfirmed(request.user, meeting=meeting, label__in=OPEN_TO_ROLES),
        "text": text,
        "link": tokens.absolute(text.path),
        "is_open": meeting.label in OPEN_TO_ROLES,
        "number": count_members_wanting(meeting.coalition, TOPIC),
    }
