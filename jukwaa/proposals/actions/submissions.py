"""Submit a proposal, which keeps it as it is, and record what became of it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.rule_checks import RuleOutcome
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions import set_commitment_progress
from jukwaa.meetings.models import Commitment, Entry
from jukwaa.proposals import policies
from jukwaa.proposals.actions.invitation_answers import erase_private_statements
from jukwaa.proposals.actions.proposals import lock_proposal_row
from jukwaa.proposals.models import Proposal, Submission
from jukwaa.proposals.proposal_export import build_proposal_data
from jukwaa.proposals.proposal_page import ProposalPage, build_proposal_page
from jukwaa.proposals.settings import explain_who_can_submit
from jukwaa.records.actions.attachments import InspectedFile, attach_inspected_file
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Attachment, Link


@action
def submit_proposal(
    *,
    actor: Person,
    proposal: Proposal,
    reference: str = "",
    commitment: Entry | None = None,
    proof: InspectedFile | None = None,
) -> Submission:
    """Record that a proposal has been submitted, and keep it as it reads now. Doing so twice changes nothing.

    `commitment` is the entry of minutes that promised it: it is done then. `proof` is a file that shows that the forum
    received it; everyone who can read the proposal can open it. Rules that are not met do not stop it, since
    the forum decides about them; a text over its limit does. Raises PermissionDenied and ActionRefused.
    """
    current = lock_proposal_row(proposal)
    if not policies.can_submit_proposal(ViewerContext(actor), current):
        raise PermissionDenied(explain_who_can_submit(current.coalition))
    if current.is_submitted:
        return current.submission
    at = timezone.now()
    shown = build_proposal_page(current, at)
    _check_answer_limits(shown)
    made = Submission.objects.create(
        proposal=current,
        by=actor,
        at=at,
        reference=reference,
        snapshot=build_proposal_data(shown),
        proof=_attach_submission_proof(actor, current, proof),
    )
    record_activity(actor=actor, verb="submitted", subject=current, coalition=current.coalition)
    if commitment is not None:
        get_or_create_link(current, commitment, Link.Relation.FULFILS)
        kept = Commitment.objects.select_related("entry__coalition").get(entry=commitment)
        set_commitment_progress(actor=actor, commitment=kept, progress=Commitment.Progress.KEPT, evidence=current)
    return made


def _attach_submission_proof(actor: Person, proposal: Proposal, proof_file: InspectedFile | None) -> Attachment | None:
    return attach_inspected_file(actor=actor, record=proposal, file=proof_file, is_trusted=True) if proof_file else None


def _check_answer_limits(proposal_page: ProposalPage) -> None:
    limits = [row for row in proposal_page.binding_checks if row.result.rule.check == "limit"]
    failed = [row.message for row in limits if row.result.verdict.outcome is RuleOutcome.NOT_MET]
    if failed:
        raise ActionRefused(
            _("Change the proposal to meet the limits of the form. %(message)s") % {"message": failed[0]}
        )


@action
def record_proposal_outcome(
    *,
    actor: Person,
    proposal: Proposal,
    outcome: str,
    outcome_on: date,
    outcome_note: str = "",
    reference: str = "",
    proof: InspectedFile | None = None,
) -> Submission:
    """Record what the forum decided, or correct it. A `proof` replaces the earlier one, which stays a file.
    Statements about gender and age are erased then.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_proposal_row(proposal)
    if not policies.can_submit_proposal(ViewerContext(actor), current):
        raise PermissionDenied(explain_who_can_submit(current.coalition))
    if not current.is_submitted:
        raise ActionRefused(_("Record the submission before you record the outcome."))
    if outcome == Submission.Outcome.DECLINED and not outcome_note.strip():
        raise ActionRefused(_("Enter the comments from the forum."), "outcome_note")
    submission = lock_row(current.submission)
    submission.outcome, submission.outcome_on = outcome, outcome_on
    submission.outcome_note, submission.reference = outcome_note, reference
    submission.proof = _attach_submission_proof(actor, current, proof) or submission.proof
    submission.save(update_fields=["outcome", "outcome_on", "outcome_note", "reference", "proof"])
    erase_private_statements(current)
    record_activity(actor=actor, verb="recorded-outcome", subject=current, coalition=current.coalition)
    return submission
