"""Submitting a proposal, its outcome, and its files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.uploads import download_headers
from jukwaa.meetings.commitments import find_open_commitments
from jukwaa.meetings.models import Entry
from jukwaa.proposals import actions, policies
from jukwaa.proposals.forms import OutcomeForm, SubmissionForm
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_files import build_document, write_json, write_text
from jukwaa.proposals.proposal_page import build_page
from jukwaa.proposals.views.proposals import HERE, get_proposal_or_404

FORM = "proposals/submission_form.html"


def get_own_proposal_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Proposal:
    """403 for those who may read it and not submit it."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_submit_proposal(request.standing, proposal):
        raise PermissionDenied(_("Only coordinators and chairs can submit a proposal."))
    return proposal


@require_http_methods(["GET", "POST"])
def proposal_submit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_own_proposal_or_404(request, coalition, pk)
    readable = Entry.objects.visible_to(request.user).of(coalition)
    commitments = find_open_commitments(coalition).filter(pk__in=readable.values("pk"))
    form = SubmissionForm(form_data(request), commitments=commitments)
    return form_view(
        request,
        form,
        template=FORM,
        context=lambda: (
            HERE
            | {
                "proposal": proposal,
                "heading": _("Record the submission"),
                "lead": _(
                    "First submit the proposal on the website of the forum. It cannot be changed here afterwards."
                ),
                "not_green": not build_page(proposal, timezone.now()).report.is_green,
            }
        ),
        action=lambda: actions.submit_proposal(actor=request.user, proposal=proposal, **form.values()),
        success=_("Submission recorded. The submitted text is kept as it is."),
        redirect_to=proposal,
    )


@require_http_methods(["GET", "POST"])
def proposal_outcome(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_own_proposal_or_404(request, coalition, pk)
    if not proposal.is_submitted:
        return redirect("proposals:proposal_submit", coalition.slug, pk)
    form = OutcomeForm(form_data(request), initial=OutcomeForm.initial_of(proposal.submission))
    return form_view(
        request,
        form,
        template=FORM,
        context=HERE | {"proposal": proposal, "heading": _("Record the outcome")},
        action=lambda: actions.record_outcome(actor=request.user, proposal=proposal, **form.values()),
        success=_("Outcome recorded."),
        redirect_to=proposal,
    )


def _get_document(request: MemberRequest, coalition: Coalition, pk: int) -> dict[str, Any]:
    """Return what was submitted, or else the proposal as it reads now."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if proposal.is_submitted and proposal.submission.snapshot:
        submission = proposal.submission
        return {**submission.snapshot, "submitted_at": submission.at.isoformat(), "reference": submission.reference}
    return build_document(build_page(proposal, timezone.now()))


@require_GET
def proposal_text(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = write_text(_get_document(request, coalition, pk))
    return HttpResponse(text, headers=download_headers(f"proposal-{pk}.txt", "text/plain; charset=utf-8"))


@require_GET
def proposal_json(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = write_json(_get_document(request, coalition, pk))
    return HttpResponse(text, headers=download_headers(f"proposal-{pk}.json", "application/json"))
