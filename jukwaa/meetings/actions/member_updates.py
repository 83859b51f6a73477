"""Updates that members send before a meeting: two lines each, which become the first agenda item."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.agenda import get_or_create_member_updates_item
from jukwaa.meetings.models import MAX_UPDATE_LENGTH, Meeting, MemberUpdate


@action
def send_member_update(
    *, actor: Person, meeting: Meeting, text: str, organisation: Organisation | None = None
) -> MemberUpdate:
    """Send an update on one's work, or replace the one that this person has sent for the meeting.

    Raises PermissionDenied; and ActionRefused once the meeting has started, or for a text that is too long.
    """
    if not policies.can_send_update(ViewerContext(actor), meeting):
        raise PermissionDenied
    text = " ".join(text.split())
    _require_meeting_not_started(meeting)
    _require_update_length(text)
    lock_row(meeting)
    get_or_create_member_updates_item(meeting)
    update = MemberUpdate.objects.filter(meeting=meeting, author=actor).select_related("capacity").first()
    if update is not None and (update.text, update.capacity.organisation) == (text, organisation):
        return update
    before = update.capacity if update else None
    update = update or MemberUpdate(meeting=meeting, author=actor)
    update.text = text
    update.capacity = create_capacity(coalition=meeting.coalition, person=actor, organisation=organisation)
    update.save()
    if before is not None:
        before.delete()
    record_activity(actor=actor, verb="sent-update", subject=meeting, coalition=meeting.coalition)
    return update


def _require_meeting_not_started(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise ActionRefused(
            _("You can send updates only before the meeting starts. Add a comment on the meeting page instead."),
            "text",
        )


def _require_update_length(text: str) -> None:
    if len(text) > MAX_UPDATE_LENGTH:
        sentence = _("Shorten your update to %(limit)s characters or fewer. It has %(length)s characters.")
        raise ActionRefused(sentence % {"limit": MAX_UPDATE_LENGTH, "length": len(text)}, "text")


@action
def remove_member_update(*, actor: Person, member_update: MemberUpdate) -> None:
    """Remove one's own update, or that of a member as the person who keeps the minutes. Raises PermissionDenied."""
    if not policies.can_remove_update(ViewerContext(actor), member_update):
        raise PermissionDenied
    meeting, capacity = member_update.meeting, member_update.capacity
    member_update.delete()
    capacity.delete()
    record_activity(actor=actor, verb="removed-update", subject=meeting, coalition=meeting.coalition)
