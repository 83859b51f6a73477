"""Meetings that are still to come."""

from django.db.models import Q
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings.models import Meeting, MeetingQuerySet
from jukwaa.records.models import State

SOONEST_FIRST_ORDER = ("order_day", "starts_at", "pk")
MAX_CANDIDATE_MEETINGS = 10  # meetings, of which some are in progress


def find_planned_meetings(viewer: Viewer, coalition: Coalition) -> MeetingQuerySet:
    """Return the published meetings that have not ended and are not cancelled, the next one first.

    Of a meeting whose month or year is known, the last day of that may still come.
    """
    today = timezone.localdate()
    to_come = (
        Q(starts_on__gte=today)
        | Q(ends_on__gte=today)
        | Q(precision=Meeting.Precision.MONTH, starts_on__gte=today.replace(day=1))
        | Q(precision=Meeting.Precision.YEAR, starts_on__gte=today.replace(month=1, day=1))
        | Q(precision=Meeting.Precision.UNDECIDED)
    )
    ended = Q(ends_at__isnull=False, ends_at__lte=timezone.now())
    listed = Meeting.objects.visible_to(viewer).of(coalition).filter(to_come, state=State.PUBLISHED, cancelled_at=None)
    return listed.exclude(ended).order_by(*SOONEST_FIRST_ORDER)


def find_next_planned_meeting(viewer: Viewer, coalition: Coalition) -> Meeting | None:
    """Return the first of these that has not started."""
    found = next(
        (row for row in find_planned_meetings(viewer, coalition)[:MAX_CANDIDATE_MEETINGS] if row.is_planned), None
    )
    if found is not None:
        found.coalition = coalition
    return found
