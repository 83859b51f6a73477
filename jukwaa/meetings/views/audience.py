"""The question whom to invite to a meeting, on the page that publishes it and on one of its own."""

from typing import Any

from django.http import HttpResponse

from jukwaa.coalitions.http import MemberRequest
from jukwaa.core.form_view import get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings.forms_audience import InvitationAudienceForm
from jukwaa.meetings.invitation_audience import load_invitable_members
from jukwaa.meetings.invitation_emails import count_every_member
from jukwaa.meetings.models import Meeting

AUDIENCE_TEMPLATE = "meetings/audience.html"


def build_audience_form(request: MemberRequest, meeting: Meeting, *, can_wait: bool) -> InvitationAudienceForm:
    return InvitationAudienceForm(
        get_form_data(request),
        members=load_invitable_members(meeting.coalition),
        everyone_number=count_every_member(meeting),
        can_wait=can_wait,
        meeting=meeting,
    )


def confirm_audience(
    request: MemberRequest, form: InvitationAudienceForm, context: dict[str, Any]
) -> HttpResponse | None:
    """For `confirm` of `form_view`: show how many people the selection means, once; None if that was seen."""
    if form.has_seen_number:
        return None
    shown = {"form": form, "chosen": form.chosen, "number": len(form.chosen)}
    return render_page(request, AUDIENCE_TEMPLATE, context | shown)
