"""Replying to the invitation to a meeting."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.capacities import capacity_of
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.records.models import State


@action
def reply_to_invitation(
    *, actor: Person, meeting: Meeting, answer: str, organisation: Organisation | None = None
) -> Rsvp:
    """Record whether a member will attend, for an organisation or in their own right; a later reply replaces it.

    Raises PermissionDenied, and ActionRefused once the meeting is over or cancelled.
    """
    if not policies.can_reply_to_invitation(ViewerContext(actor), meeting):
        raise PermissionDenied(_("Only members of the coalition can reply to this invitation."))
    if organisation is not None and organisation.pk not in Standing(actor, meeting.coalition).speaks_for:
        raise PermissionDenied(_("You can reply for an organisation once it has confirmed that you represent it."))
    current = lock_row(meeting)
    _refuse_late(current)
    rsvp = Rsvp.objects.filter(meeting=current, person=actor).select_related("capacity").first()
    if rsvp is None or rsvp.capacity.organisation_id != (organisation.pk if organisation else None):
        capacity = capacity_of(coalition=meeting.coalition, person=actor, organisation=organisation)
    else:
        capacity = rsvp.capacity
    if rsvp is not None and (rsvp.answer, rsvp.capacity_id) == (answer, capacity.pk):
        return rsvp
    given = {"answer": Rsvp.Answer(answer).value, "capacity": capacity, "at": timezone.now()}
    rsvp, _created = Rsvp.objects.update_or_create(meeting=current, person=actor, defaults=given)
    note(actor=actor, verb="replied", subject=meeting, coalition=meeting.coalition, capacity=capacity)
    return rsvp


def _refuse_late(meeting: Meeting) -> None:
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(_("This meeting is not open to replies."))
    if meeting.is_cancelled:
        raise ActionRefused(_("This meeting has been cancelled."))
    if meeting.is_held:
        raise ActionRefused(_("This meeting is over."))
