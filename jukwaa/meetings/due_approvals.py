"""Minutes that are approved because their day has passed and nobody has an open correction: what the clock does."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied

from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.approval import approve_without_objection
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Minutes

logger = logging.getLogger("jukwaa.meetings")


def approve_due_minutes(now: datetime) -> int:
    """Approve what is due, and return how many minutes that were. One that is refused does not keep others back."""
    due = Minutes.objects.due(now).select_related("meeting__coalition").order_by("pk")
    return sum(_try_to_approve_minutes(minutes) for minutes in due)


def _try_to_approve_minutes(minutes: Minutes) -> int:
    try:
        return int(approve_without_objection(minutes=minutes) is not None)
    except (ActionRefused, NamesFoundError, PermissionDenied):
        logger.warning("The minutes of meeting %s could not be approved; it is tried again", minutes.meeting_id)
        return 0
