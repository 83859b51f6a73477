"""Changing and cancelling a meeting of a series together with the later ones."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings import policies, times
from jukwaa.meetings.actions.meetings import change_meeting
from jukwaa.meetings.actions.schedule import cancel_meeting
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import LABELS_READABLE_BY_OBSERVERS, are_observers_invited
from jukwaa.meetings.series import find_this_and_later_meetings
from jukwaa.records.models import State

MEETING_TIME_FIELDS = frozenset({"start_time", "time_zone", "duration"})


@action
def change_meeting_series(*, actor: Person, meeting: Meeting, changes: dict[str, Any], from_version: int) -> int:
    """Make the same changes to a meeting and to the later ones of its series. Return how many have changed.

    Their days stay. Meetings of which the day is not known keep their time. Members and observers are notified once.
    Raises PermissionDenied, EditConflict where somebody else was faster, and ActionRefused where a clock skips the
    time on one of the days.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    before = list(lock_rows(find_this_and_later_meetings(actor, meeting).order_by("pk")))
    after = [
        _change_meeting_of_series(actor, each, changes, from_version if each.pk == meeting.pk else None)
        for each in before
    ]
    pairs = list(zip(before, after, strict=True))
    if any(now.sequence != old.sequence and now.state == State.PUBLISHED for old, now in pairs):
        record_activity(
            actor=actor, verb="changed-series", subject=_get_first_published_meeting(after), coalition=meeting.coalition
        )
    _record_change_for_observers(actor, pairs)
    return sum(now.version != old.version for old, now in pairs)


def _record_change_for_observers(actor: Person, pairs: list[tuple[Meeting, Meeting]]) -> None:
    """Record that observers are invited to published meetings now, or are not invited any more."""
    changed = [now for old, now in pairs if are_observers_invited(now) != are_observers_invited(old)]
    if changed:
        first = _get_first_published_meeting(changed)
        record_activity(actor=actor, verb="changed-series-observers", subject=first, coalition=first.coalition)


def _get_first_published_meeting(meetings: list[Meeting]) -> Meeting:
    """Return the first published meeting, which members can read."""
    published = [meeting for meeting in meetings if meeting.state == State.PUBLISHED]
    return min(published, key=lambda meeting: (meeting.starts_on or date.max, meeting.pk))


def _change_meeting_of_series(
    actor: Person, meeting: Meeting, changes: dict[str, Any], from_version: int | None
) -> Meeting:
    own = dict(changes)
    if own.get("invites_observers") and meeting.label not in LABELS_READABLE_BY_OBSERVERS:
        del own["invites_observers"]
    if not meeting.is_day_known or meeting.starts_on is None:
        own = {name: value for name, value in own.items() if name not in MEETING_TIME_FIELDS}
    elif MEETING_TIME_FIELDS & own.keys():
        own["fold"] = 0
        _require_existing_local_time(meeting, own)
    version = meeting.version if from_version is None else from_version
    return change_meeting(
        actor=actor, meeting=meeting, changes=own, from_version=version, activity_verb="changed-with-series"
    )


def _require_existing_local_time(meeting: Meeting, changes: dict[str, Any]) -> None:
    hour = changes.get("start_time", meeting.start_time)
    zone = changes.get("time_zone", meeting.time_zone)
    if (
        hour is None
        or not zone
        or meeting.starts_on is None
        or times.get_possible_moments(meeting.starts_on, hour, zone)
    ):
        return
    raise ActionRefused(
        _("This time does not exist on %(day)s, because the clocks go forward. Enter another time.")
        % {"day": meeting.starts_on.isoformat()},
        "start_time",
    )


@action
def cancel_meeting_series(*, actor: Person, meeting: Meeting, reason: str) -> int:
    """Cancel a meeting and the later ones of its series that have been published. Return how many.

    Members are notified once. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    published = find_this_and_later_meetings(actor, meeting).filter(state=State.PUBLISHED)
    locked = list(lock_rows(published.order_by("pk")))
    if not locked:
        raise ActionRefused(_("This series has no published meetings to cancel."))
    for each in locked:
        cancel_meeting(actor=actor, meeting=each, reason=reason, activity_verb="cancelled-with-series")
    record_activity(
        actor=actor, verb="cancelled-series", subject=_get_first_published_meeting(locked), coalition=meeting.coalition
    )
    return len(locked)
