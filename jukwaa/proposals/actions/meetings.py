"""An accepted proposal becomes a meeting."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions import begin_meeting
from jukwaa.meetings.models import Meeting
from jukwaa.proposals import policies
from jukwaa.proposals.actions.proposals import lock_readable
from jukwaa.proposals.models import BECOMES_MEETING, Proposal
from jukwaa.proposals.origins import find_meetings
from jukwaa.proposals.subject import get_own_call
from jukwaa.records.actions.trace import link_origin


@action
def create_meeting(
    *, actor: Person, proposal: Proposal, title: str, starts_on: date | None = None, place: str = ""
) -> Meeting:
    """Create the meeting that an accepted proposal becomes. Doing so twice finds the first one.

    Members are invited by email, as to any meeting that is published. Those of the proposal's people who are coming and
    are no members get an email too. Raises PermissionDenied and ActionRefused.
    """
    current = lock_readable(proposal)
    if not policies.can_create_meeting(ViewerContext(actor), current):
        raise PermissionDenied(_("Only coordinators and rapporteurs can create the meeting."))
    if (there := find_meetings(current).first()) is not None:
        there.coalition = current.coalition
        return there
    if not current.is_submitted or current.submission.outcome not in BECOMES_MEETING:
        raise ActionRefused(_("Only an accepted proposal can become a meeting. Record the outcome first."))
    call = get_own_call(current)
    meeting = begin_meeting(
        actor=actor,
        coalition=current.coalition,
        title=title,
        published=True,
        anew=True,
        label=current.label,
        language=current.language,
        forum=f"{call.forum} {call.edition}".strip(),
        starts_on=starts_on,
        precision=Meeting.Precision.DAY if starts_on else Meeting.Precision.UNDECIDED,
        place=place,
    )
    link_origin(actor=actor, record=meeting, origin=current)
    note(actor=actor, verb="became-meeting", subject=current, coalition=current.coalition)
    return meeting
