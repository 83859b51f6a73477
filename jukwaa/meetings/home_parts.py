"""The home page begins with the meetings in progress and the next one."""

from collections.abc import Iterator

from django.utils import timezone

from jukwaa.coalitions.home_parts import HomePart, home_part_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings.meeting_lists import list_upcoming_meetings
from jukwaa.meetings.participants import is_invited_member

NEXT_MEETING_TEMPLATE = "meetings/next_meeting.html"


@home_part_registry.register(10)
def find_next_meetings_for_home(viewer: Viewer, coalition: Coalition) -> Iterator[HomePart]:
    now = timezone.now()
    is_in_progress = False
    for meeting in list_upcoming_meetings(viewer, coalition):
        turns = [at for at in meeting.get_phase_changes() if at > now]
        yield HomePart(
            NEXT_MEETING_TEMPLATE,
            {
                "meeting": meeting,
                "follows_meeting_in_progress": is_in_progress,
                "is_invited": is_invited_member(viewer.pk, meeting),
            },
            changes_at=min(turns, default=None),
        )
        if meeting.is_planned:
            return
        is_in_progress = True
