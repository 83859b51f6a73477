"""Answering the invitation to a session: by the link in the email, or signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jukwaa.accounts.minors import needs_age_answer
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.views.invitations import mask_address
from jukwaa.proposals import actions
from jukwaa.proposals.forms import ParticipantInvitationForm, get_invitation_values
from jukwaa.proposals.invitations import ParticipantInvitation, find_invitation_by_token, has_proposal_outcome
from jukwaa.proposals.models import Participant
from jukwaa.proposals.people_page import build_invitation_page
from jukwaa.records.models import State

PAGE_TEMPLATE, CLOSED_TEMPLATE = "proposals/invitation.html", "proposals/invitation_over.html"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_detail(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """The page of the link in an invitation. Email scanners open it; only its button records an answer."""
    found = find_invitation_by_token(coalition, token)
    if found is None:
        return render_page(request, CLOSED_TEMPLATE, {"why": "invalid"}, status=410)
    if request.user.is_authenticated and request.user.pk != (found.guardian or found.person).pk:
        return render_page(request, CLOSED_TEMPLATE, {"why": "other"}, status=403)
    response = _handle_invitation_answer(
        request, found, invited_address=mask_address((found.guardian or found.person).email or "")
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def participant_answer(request: MemberRequest, coalition: Coalition, participant: int) -> HttpResponse:
    """The same for whoever has an account. It says nothing to anybody else."""
    rows = Participant.objects.filter(proposal__coalition=coalition, person=request.user, invited_at__isnull=False)
    rows = rows.filter(proposal__state=State.PUBLISHED, proposal__label__in=LABELS_READABLE_BY_EMAIL)
    row = get_object_or_404(rows.select_related("proposal__submission"), pk=participant)
    row.proposal.coalition = coalition
    return _handle_invitation_answer(request, ParticipantInvitation(row, request.user, None))


def _handle_invitation_answer(
    request: Request | MemberRequest, invitation: ParticipantInvitation, invited_address: str = ""
) -> HttpResponse:
    if invitation.is_over:
        return render_page(request, CLOSED_TEMPLATE, {"why": "outcome"}, status=410)
    participant, person = invitation.participant, invitation.person
    form = ParticipantInvitationForm(
        get_form_data(request),
        is_guardian=invitation.guardian is not None,
        is_minor=person.is_minor,
        asks_if_adult=needs_age_answer(person),
        asks_private_questions=not has_proposal_outcome(participant.proposal),
        initial=get_invitation_values(participant, request.GET.get("answer", "")),
    )
    return form_view(
        request,
        form,
        template=PAGE_TEMPLATE,
        context=lambda: {"shown": build_invitation_page(invitation), "sent_to": invited_address},
        action=lambda: actions.answer_invitation(
            actor=person,
            participant=participant,
            participant_answer=form.cleaned_data["answer"],
            reason=form.cleaned_data["reason"],
            participant_statements=form.get_statements(),
            guardian=invitation.guardian,
            is_adult=form.cleaned_data.get("is_adult", False),
        ),
        success_message=_format_recorded_answer(invitation),
        redirect_to=request.path,
    )


def _format_recorded_answer(invitation: ParticipantInvitation) -> str:
    if has_proposal_outcome(invitation.proposal):
        return _("Your answer has been recorded.")
    return _("Your answer has been recorded. You can change it until the outcome of the proposal is known.")
