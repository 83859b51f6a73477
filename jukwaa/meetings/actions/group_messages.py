"""Writing to member organisations of groups that are missing among those who will attend a meeting."""

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.missing_groups import find_members_without_reply
from jukwaa.meetings.models import GroupMessage, Meeting
from jukwaa.records.models import State


@action
def send_group_message(
    *, actor: Person, meeting: Meeting, organisations: Collection[int], text: str, token: uuid.UUID | None = None
) -> GroupMessage:
    """Send a message to those who represent these organisations, by number. Those that have replied are left out.

    Sent twice with one token, it is sent once. Nobody is written to but members, who may have chosen not to get such
    emails. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    if known := GroupMessage.objects.filter(token=token).first() if token else None:
        return known
    if current.state != State.PUBLISHED or not current.is_planned:
        raise ActionRefused(
            _("You can only write to members after the meeting has been published and before it starts.")
        )
    silent = {row.organisation.pk for row in find_members_without_reply(meeting, MeetingAttendees(meeting))}
    if not (chosen := silent & set(organisations)):
        raise ActionRefused(_("Choose other organisations. These have replied in the meantime."), "organisations")
    message = GroupMessage.objects.create(meeting=current, author=actor, text=text, token=token or uuid.uuid4())
    message.organisations.set(chosen)
    record_activity(actor=actor, verb="wrote", subject=message, coalition=meeting.coalition)
    return message
