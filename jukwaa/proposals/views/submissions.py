"""Submitting a proposal, its outcome, and the meeting that it becomes."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.drafting.forms.agreement import CallClosingForm
from jukwaa.drafting.positions import get_decision_rules
from jukwaa.meetings.commitments import find_open_commitments
from jukwaa.meetings.models import Entry
from jukwaa.proposals import actions, policies
from jukwaa.proposals.forms import MeetingFromProposalForm, ProposalOutcomeForm, ProposalSubmissionForm
from jukwaa.proposals.low_scores import load_low_score_checklist
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.proposal_results import find_consensus_status, find_readable_meeting
from jukwaa.proposals.settings import explain_who_can_submit
from jukwaa.proposals.views.proposals import get_proposal_or_404

SUBMISSION_FORM_TEMPLATE = "proposals/submission_form.html"


def get_submittable_proposal_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Proposal:
    """403 for those who may read it and not submit it."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_submit_proposal(request.standing, proposal):
        raise PermissionDenied(explain_who_can_submit(coalition))
    return proposal


def _list_linkable_commitments(request: MemberRequest, coalition: Coalition) -> QuerySet[Entry]:
    """Return the open commitments that the viewer may mark as done: see `can_set_progress` of meetings."""
    readable = Entry.objects.visible_to(request.user).of(coalition)
    found = find_open_commitments(coalition).filter(pk__in=readable.values("pk"))
    standing = request.standing
    if standing.is_rapporteur:
        return found
    own = Q(commitment__owner__organisation=None, commitment__owner__person=request.user)
    return found.filter(own | Q(commitment__owner__organisation__in=standing.speaks_for))


@require_http_methods(["GET", "POST"])
def proposal_submit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_submittable_proposal_or_404(request, coalition, pk)
    files = request.FILES if request.method == "POST" else None
    form = ProposalSubmissionForm(
        get_form_data(request), files, commitments=_list_linkable_commitments(request, coalition)
    )
    shown = build_proposal_page(proposal, timezone.now())
    return form_view(
        request,
        form,
        template=SUBMISSION_FORM_TEMPLATE,
        context=lambda: (
            {
                "proposal": proposal,
                "heading": _("Record the submission"),
                "is_submission": True,
                "call": shown.call,
                "agreement": find_consensus_status(request.standing, proposal),
                "checklist": load_low_score_checklist(),
                "not_green": not shown.report.is_green,
            }
        ),
        action=lambda: actions.submit_proposal(actor=request.user, proposal=proposal, **form.get_values()),
        success_message=_("Submission recorded. The submitted text can no longer be changed."),
        redirect_to=proposal,
    )


@require_http_methods(["GET", "POST"])
def proposal_outcome(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_submittable_proposal_or_404(request, coalition, pk)
    if not proposal.is_submitted:
        return redirect("proposals:proposal_submit", coalition.slug, pk)
    files = request.FILES if request.method == "POST" else None
    form = ProposalOutcomeForm(
        get_form_data(request), files, initial=ProposalOutcomeForm.get_initial(proposal.submission)
    )
    return form_view(
        request,
        form,
        template=SUBMISSION_FORM_TEMPLATE,
        context={"proposal": proposal, "heading": _("Record the outcome")},
        action=lambda: actions.record_proposal_outcome(actor=request.user, proposal=proposal, **form.get_values()),
        success_message=_("Outcome recorded."),
        redirect_to=proposal,
    )


@require_http_methods(["GET", "POST"])
def proposal_meeting(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """An accepted proposal becomes a meeting, once."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_create_meeting(request.standing, proposal):
        raise PermissionDenied(_("Only coordinators and rapporteurs can create the meeting."))
    if not proposal.is_submitted or proposal.submission.outcome not in ACCEPTED_OUTCOMES:
        return redirect(proposal)
    if request.method == "GET" and (meeting := find_readable_meeting(request.standing, proposal)) is not None:
        return redirect(meeting)
    form = MeetingFromProposalForm(get_form_data(request), initial={"title": proposal.title})
    return form_view(
        request,
        form,
        template=SUBMISSION_FORM_TEMPLATE,
        context={
            "proposal": proposal,
            "heading": _("Create the meeting"),
            "lead": _(
                "We will email members and the people in the proposal. You can add the time and the agenda later."
            ),
        },
        action=lambda: actions.create_meeting_from_proposal(actor=request.user, proposal=proposal, **form.given),
        success_message=_("Meeting created."),
        redirect_to=lambda meeting: meeting,
    )


@require_http_methods(["GET", "POST"])
def proposal_consensus(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Ask all members whether they agree to the proposal as it reads now."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_start_consensus_call(request.standing, proposal):
        raise PermissionDenied(_("Only coordinators can start a consensus call."))
    form = CallClosingForm(get_form_data(request), rules=get_decision_rules(coalition))
    return form_view(
        request,
        form,
        template=SUBMISSION_FORM_TEMPLATE,
        context={
            "proposal": proposal,
            "heading": _("Start a consensus call"),
            "lead": _(
                "We will ask all members whether they agree to the current text of the proposal. The outcome will be "
                "shown on the proposal page."
            ),
        },
        action=lambda: actions.start_consensus_call(
            actor=request.user, proposal=proposal, **form.get_action_arguments()
        ),
        success_message=_("Consensus call started. We will email all members."),
        redirect_to=lambda call: reverse("drafting:call_detail", args=[coalition.slug, call.text_id, call.pk]),
    )
