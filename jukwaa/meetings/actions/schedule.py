"""The time and place of a meeting: cancelling it, and keeping to the local time when the rules of its zone change."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies, times
from jukwaa.meetings.actions.meetings import change_meeting
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State
from jukwaa.records.versions import save_record_version


@action
def cancel_meeting(*, actor: Person, meeting: Meeting, reason: str, activity_verb: str = "cancelled") -> Meeting:
    """Cancel a meeting that has been announced. It stays on its page and in calendars, marked as cancelled.

    Cancelling what is cancelled changes nothing. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    if current.is_cancelled:
        return current
    if current.state != State.PUBLISHED:
        raise ActionRefused(_("Withdraw this meeting instead. Only a published meeting can be cancelled."))
    if current.is_held:
        raise ActionRefused(_("This meeting has ended and can no longer be cancelled."))
    if not reason.strip():
        raise ActionRefused(_("Enter a reason for the cancellation."), "reason")
    current.cancelled_at, current.cancellation_reason = timezone.now(), reason.strip()
    current.sequence += 1
    current.save(update_fields=["cancelled_at", "cancellation_reason", "sequence"])
    record_activity(actor=actor, verb=activity_verb, subject=current, coalition=current.coalition)
    return current


@action
def end_meeting(*, actor: Person, meeting: Meeting) -> Meeting:
    """End a meeting in progress now, so that its minutes can be sent and approved before its planned end.

    Ending a meeting that has ended changes nothing. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    if current.is_held:
        return current
    if current.state != State.PUBLISHED or not current.is_in_progress or current.starts_at is None:
        raise ActionRefused(_("You can end a meeting only while it is in progress and if its start time is known."))
    now = timezone.now()
    if now - current.starts_at < times.ONE_MINUTE:
        raise ActionRefused(_("The meeting has only just started. Wait a minute, then end it."))
    changes = _find_changes_that_end(current, current.starts_at, now)
    return change_meeting(actor=actor, meeting=current, changes=changes, from_version=current.version)


def _find_changes_that_end(meeting: Meeting, starts_at: datetime, now: datetime) -> dict[str, Any]:
    """Return the end, and the last day of several: hours that are those of each day stay so, up to the last one."""
    today = times.get_local_day(now - times.ONE_MINUTE, meeting.time_zone)
    if meeting.start_time is None or not times.is_known_time_zone(meeting.time_zone):
        return {"ends_at": now, **_get_last_day_change(meeting, today)}
    planned = timedelta(minutes=meeting.duration or 0)
    if not times.is_duration_of_each_day(starts_at, planned, meeting.time_zone, meeting.ends_on):
        return {"duration": _count_minutes(now - starts_at), **_get_last_day_change(meeting, today)}
    session_start = partial(
        times.get_local_moment, local_time=meeting.start_time, time_zone_name=meeting.time_zone, fold=meeting.fold
    )
    day = today if session_start(today) < now - times.ONE_MINUTE else today - times.ONE_DAY
    planned_end = session_start(day) + planned if planned else times.get_end_of_day(day, meeting.time_zone)
    minutes = _count_minutes(min(now, planned_end) - session_start(day))
    return {"duration": minutes, **_get_last_day_change(meeting, day)}


def _get_last_day_change(meeting: Meeting, day: date) -> dict[str, date | None]:
    if meeting.ends_on is None or meeting.starts_on is None:
        return {}
    return {"ends_on": day if day > meeting.starts_on else None}


def _count_minutes(duration: timedelta) -> int:
    return duration // times.ONE_MINUTE


def apply_time_zone_changes(now: datetime) -> int:
    """Apply the current rules of all time zones to meetings that have not started. Return how many have moved.

    What was agreed is the local time: if a country changes its daylight saving time after a meeting was scheduled, the
    clock on the wall stays right and the moment moves. Doing it again changes nothing.
    """
    to_come = Meeting.objects.filter(start_time__isnull=False, starts_at__gt=now - timedelta(days=1))
    to_come = to_come.filter(cancelled_at__isnull=True).exclude(state=State.WITHDRAWN)
    return sum(
        _apply_time_zone_changes_to_meeting(meeting=meeting) is not None
        for meeting in to_come.select_related("coalition")
    )


@action
def _apply_time_zone_changes_to_meeting(*, meeting: Meeting) -> Meeting | None:
    """Save a new version of a meeting whose moments have changed, without an actor. Return None if they have not."""
    if not _has_new_time_zone_rules(meeting):
        return None
    current = lock_row(meeting)
    if not _has_new_time_zone_rules(current):
        return None
    current.take({})
    current.version += 1
    current.save()
    digest = save_record_version(current, author=None)
    record_activity(actor=None, verb="changed", subject=current, coalition=meeting.coalition, digest=digest)
    return current


def _has_new_time_zone_rules(meeting: Meeting) -> bool:
    before = meeting.starts_at, meeting.ends_at
    try:
        meeting.set_moments()
        return (meeting.starts_at, meeting.ends_at) != before
    finally:
        meeting.starts_at, meeting.ends_at = before
