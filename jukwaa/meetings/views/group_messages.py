"""Writing to members of regional and stakeholder groups that are missing among those who will attend."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings import actions, policies
from jukwaa.meetings.forms_group_messages import GroupMessageForm
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.missing_groups import (
    find_members_without_reply,
    get_group_message_template_text,
    render_group_message_preview,
)
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.views.common import get_meeting_or_404
from jukwaa.meetings.views.meetings import build_meeting_form_context
from jukwaa.records.models import State

GROUP_MESSAGE_TEMPLATE = "meetings/group_message.html"


@require_http_methods(["GET", "POST"])
def group_message(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    if not policies.can_manage_minutes(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can prepare this meeting."))
    attendees = MeetingAttendees(meeting)
    members = find_members_without_reply(meeting, attendees)
    form = GroupMessageForm(
        get_form_data(request), silent_members=members, initial={"text": get_group_message_template_text(meeting)}
    )
    context = build_meeting_form_context(
        meeting, _("Email members from groups without an attendee"), _("Preview the email")
    ) | {
        "attendees": attendees,
        "members": members,
        "is_open": meeting.state == State.PUBLISHED and meeting.is_planned,
    }
    return form_view(
        request,
        form,
        template=GROUP_MESSAGE_TEMPLATE,
        context=context,
        confirm=lambda: _render_message_preview(request, meeting, form, context),
        action=lambda: actions.send_group_message(
            actor=request.user,
            meeting=meeting,
            **{name: form.cleaned_data[name] for name in ("organisations", "text", "token")},
        ),
        success_message=lambda message: _describe_number_of_recipients(message.organisations.count()),
        redirect_to=meeting,
    )


def _render_message_preview(
    request: MemberRequest, meeting: Meeting, form: GroupMessageForm, context: dict[str, object]
) -> HttpResponse | None:
    """Show the page once more with the email as it will arrive; None where it was seen."""
    if not form.needs_preview():
        return None
    preview = render_group_message_preview(meeting, form.cleaned_data["text"])
    return render_page(
        request, GROUP_MESSAGE_TEMPLATE, {**context, "form": form, "preview": preview, "button": _("Send email")}
    )


def _describe_number_of_recipients(recipient_count: int) -> str:
    return ngettext(
        "We will email %(n)s organisation, unless it has chosen not to receive these emails.",
        "We will email %(n)s organisations, unless they have chosen not to receive these emails.",
        recipient_count,
    ) % {"n": recipient_count}
