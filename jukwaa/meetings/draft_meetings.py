"""Drafts of meetings to come, which can be published together."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State

MAX_LISTED_DRAFTS = 100  # meetings


def find_draft_meetings(viewer: Person, coalition: Coalition) -> list[Meeting]:
    """Return the drafts that the viewer can see of meetings that are not over, the next one first."""
    drafts = Meeting.objects.visible_to(viewer).of(coalition).filter(state=State.DRAFT, cancelled_at=None)
    listed = [meeting for meeting in drafts.order_by("order_day", "pk") if not meeting.is_held]
    for meeting in listed:
        meeting.coalition = coalition
    return listed[:MAX_LISTED_DRAFTS]
