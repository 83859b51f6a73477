"""An accepted proposal becomes a meeting."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions import create_meeting_record
from jukwaa.meetings.models import Meeting
from jukwaa.proposals import policies
from jukwaa.proposals.actions.proposals import lock_proposal_row
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal
from jukwaa.proposals.proposal_results import find_meetings_of_proposal
from jukwaa.proposals.subject import load_call_for_proposal
from jukwaa.records.actions.links import link_record_to_origin


@action
def create_meeting_from_proposal(
    *, actor: Person, proposal: Proposal, title: str, starts_on: date | None = None, place: str = ""
) -> Meeting:
    """Create the meeting that an accepted proposal becomes. Doing so twice finds the first one.

    Members are invited by email, as to any meeting that is published, and with them those of the proposal's people who
    have confirmed and are no members (`meeting_people.py`). Raises PermissionDenied and ActionRefused.
    """
    current = lock_proposal_row(proposal)
    if not policies.can_create_meeting(ViewerContext(actor), current):
        raise PermissionDenied(_("Only coordinators and rapporteurs can create the meeting."))
    if (there := find_meetings_of_proposal(current).first()) is not None:
        there.coalition = current.coalition
        return there
    if not current.is_submitted or current.submission.outcome not in ACCEPTED_OUTCOMES:
        raise ActionRefused(_("Only an accepted proposal can become a meeting. Record the outcome first."))
    call = load_call_for_proposal(current)
    meeting = create_meeting_record(
        actor=actor,
        coalition=current.coalition,
        title=title,
        published=True,
        allows_same_title=True,
        label=current.label,
        language=current.language,
        forum=f"{call.forum} {call.edition}".strip(),
        starts_on=starts_on,
        precision=Meeting.Precision.DAY if starts_on else Meeting.Precision.UNDECIDED,
        place=place,
    )
    link_record_to_origin(actor=actor, record=meeting, origin_record=current)
    record_activity(actor=actor, verb="became-meeting", subject=current, coalition=current.coalition)
    return meeting
