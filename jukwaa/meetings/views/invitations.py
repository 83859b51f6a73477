"""Replying to the invitation to a meeting: signed in, or by the link in the email."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.accounts.link_languages import activate_reader_language
from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import INDIVIDUAL_CAPACITY_VALUE
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings import actions, policies
from jukwaa.meetings.forms_invitations import InvitationReplyForm
from jukwaa.meetings.invitations import (
    describe_missing_representation,
    find_invitation_by_token,
    get_reply_choices,
)
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.series import find_later_meetings
from jukwaa.meetings.views.common import get_meeting_or_404

REPLY_TEMPLATE, OVER_TEMPLATE = "meetings/invitation.html", "meetings/invitation_over.html"


@require_http_methods(["GET", "POST"])
def meeting_reply(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    if not policies.can_reply_to_invitation(request.standing, meeting):
        raise PermissionDenied(_("Only members of the coalition can reply to this invitation."))
    return _handle_invitation_reply(request, request.user, meeting)


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_reply(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """The page of the link in an invitation. Email scanners open it; only its button records a reply."""
    found = find_invitation_by_token(coalition, token)
    if found is None:
        return render_page(request, OVER_TEMPLATE, status=410)
    person, meeting = found
    activate_reader_language(request, person.language or coalition.language)
    if not policies.can_reply_to_invitation(ViewerContext(person), meeting):
        raise PermissionDenied(_("Only members of the coalition can reply to this invitation."))
    guardian = person.adult_contact if person.is_minor else None
    return _handle_invitation_reply(
        request, person, meeting, invited_address=mask_address((guardian or person).email or ""), guardian=guardian
    )


def _handle_invitation_reply(
    request: Request | MemberRequest,
    person: Person,
    meeting: Meeting,
    invited_address: str = "",
    guardian: Person | None = None,
) -> HttpResponse:
    standing = Standing(person, meeting.coalition)
    choices = get_reply_choices(person, meeting, standing)
    known = Rsvp.objects.filter(meeting=meeting, person=person).select_related("capacity").first()
    later = find_later_meetings(person, meeting)
    form = InvitationReplyForm(
        get_form_data(request),
        capacity_choices=choices,
        is_guardian=guardian is not None,
        has_later_meetings=bool(later),
        initial=_get_initial_reply(request, known),
    )
    return form_view(
        request,
        form,
        template=REPLY_TEMPLATE,
        context=lambda: {
            "meeting": meeting,
            "later": later,
            "known": known,
            "sent_to": invited_address,
            "guardian": guardian,
            "missing_representation": describe_missing_representation(standing),
        },
        action=lambda: _record_reply_from_form(person, meeting, form, guardian),
        success_message=_describe_recorded_reply,
        redirect_to=request.get_full_path() if invited_address else meeting,
    )


def _record_reply_from_form(
    person: Person, meeting: Meeting, form: InvitationReplyForm, guardian: Person | None
) -> int:
    """Return to how many meetings the reply has been recorded."""
    said = {"answer": form.cleaned_data["answer"], "organisation": form.get_organisation(), "guardian": guardian}
    if form.cleaned_data.get("whole_series"):
        return actions.reply_to_series_invitation(actor=person, meeting=meeting, **said)
    actions.reply_to_invitation(actor=person, meeting=meeting, **said)
    return 1


def _describe_recorded_reply(reply_count: int) -> str:
    if reply_count == 1:
        return _("Your reply has been recorded. You can change it until the meeting ends.")
    sentence = ngettext(
        "Your reply has been recorded for %(n)s meeting. You can change it until the meeting ends.",
        "Your reply has been recorded for %(n)s meetings. You can change your reply to each meeting until that"
        " meeting ends.",
        reply_count,
    )
    return sentence % {"n": reply_count}


def _get_initial_reply(request: Request | MemberRequest, known_reply: Rsvp | None) -> dict[str, object]:
    """The link of each answer in the email selects it; the reply that is there stays unless another is chosen."""
    wanted = request.GET.get("answer", "")
    if wanted not in Rsvp.Answer.values:
        wanted = known_reply.answer if known_reply else Rsvp.Answer.YES
    capacity = str(known_reply.capacity.organisation_id or INDIVIDUAL_CAPACITY_VALUE) if known_reply else None
    boxes = {
        "consent": known_reply is not None and known_reply.consent_by_id is not None,
        "whole_series": request.GET.get("series") == "all",
    }
    return {"answer": wanted, **boxes, **({"capacity": capacity} if capacity else {})}


def mask_address(address: str) -> str:
    """Return an address as m…@example.org, recognisable only to its owner."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}…@{domain}"
