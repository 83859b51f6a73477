"""A meeting whose agenda is known: created, filled and announced at once."""

from collections.abc import Sequence
from typing import Unpack

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.agenda import add_pasted_items
from jukwaa.meetings.actions.meetings import MeetingDetails, create_meeting_record, publish_meeting
from jukwaa.meetings.agenda_pasting import PastedItem
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State


@action
def announce_meeting_with_agenda(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    pasted_items: Sequence[PastedItem],
    audience: InvitationAudience,
    **details: Unpack[MeetingDetails],
) -> Meeting:
    """Create a meeting, add its agenda and publish it. The same form sent twice creates one meeting.

    Raises PermissionDenied, and ActionRefused if another meeting with this title is on the site for this day and place.
    """
    meeting = create_meeting_record(actor=actor, coalition=coalition, title=title, **details)
    known = [*meeting.parts.order_by("position").values_list("title", flat=True)]
    if known == [item.title for item in pasted_items] and meeting.state == State.PUBLISHED:
        return meeting
    if meeting.state == State.PUBLISHED or known:
        raise ActionRefused(
            _("This meeting is already on the site. Paste the agenda on its own page, or change the title."), "title"
        )
    add_pasted_items(actor=actor, meeting=meeting, pasted_items=pasted_items)
    return publish_meeting(actor=actor, meeting=meeting, audience=audience)
