"""Sending an agenda: by the coordinator's button, or by itself once it is ready and the day has come."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.agenda import get_or_create_member_updates_item
from jukwaa.meetings.models import Agenda, Meeting
from jukwaa.records.models import State


@action
def set_agenda_ready(*, actor: Person, meeting: Meeting, is_ready: bool) -> Agenda:
    """Say that the agenda may go out by itself, or take that back. Raises PermissionDenied, and ActionRefused."""
    _require_can_manage_minutes(actor, meeting)
    agenda = _lock_agenda_of_meeting(meeting)
    if bool(agenda.ready_at) == is_ready:
        return agenda
    if is_ready:
        _require_sendable_agenda(meeting)
    agenda.ready_at = timezone.now() if is_ready else None
    agenda.save(update_fields=["ready_at"])
    record_activity(actor=actor, verb="marked-agenda", subject=meeting, coalition=meeting.coalition)
    return agenda


@action
def send_meeting_agenda(*, actor: Person, meeting: Meeting, adds_updates: bool = True) -> Agenda:
    """Email the agenda to the members. Sending an agenda twice that has not changed sends it once.

    `adds_updates` makes the updates from members the first item, if they are not on the agenda yet.
    Raises PermissionDenied, and ActionRefused for a meeting without items, or one that is not published or planned.
    """
    _require_can_manage_minutes(actor, meeting)
    agenda = _lock_agenda_of_meeting(meeting)
    _require_sendable_agenda(meeting)
    return _send_locked_agenda(actor, meeting, agenda, adds_updates=adds_updates)


@action
def send_agenda_when_ready(*, meeting: Meeting, now: datetime) -> Agenda:
    """Send an agenda by itself: nobody does it. One that has been sent, or is no longer ready, stays where it is."""
    agenda = _lock_agenda_of_meeting(meeting)
    if agenda.ready_at is None or agenda.sent_at is not None or get_agenda_sending_obstacle(meeting):
        return agenda
    return _send_locked_agenda(None, meeting, agenda, now)


def _send_locked_agenda(
    actor: Person | None, meeting: Meeting, agenda: Agenda, now: datetime | None = None, *, adds_updates: bool = True
) -> Agenda:
    if agenda.sent_version == agenda.version:
        return agenda
    if adds_updates:
        get_or_create_member_updates_item(meeting)
    agenda.sent_at, agenda.sent_version = now or timezone.now(), agenda.version
    agenda.save(update_fields=["sent_at", "sent_version"])
    record_activity(actor=actor, verb="sent-agenda", subject=meeting, coalition=meeting.coalition)
    return agenda


def _require_can_manage_minutes(actor: Person, meeting: Meeting) -> None:
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied


def _lock_agenda_of_meeting(meeting: Meeting) -> Agenda:
    lock_row(meeting)
    return Agenda.objects.get_or_create(meeting=meeting)[0]


def _require_sendable_agenda(meeting: Meeting) -> None:
    if obstacle := get_agenda_sending_obstacle(meeting):
        raise ActionRefused(obstacle)


def get_agenda_sending_obstacle(meeting: Meeting) -> str:
    """Return why the agenda can't be sent, if it can't."""
    if meeting.state != State.PUBLISHED:
        return _("Publish the meeting before you send its agenda.")
    if meeting.is_cancelled:
        return _("This meeting has been cancelled, so its agenda cannot be sent.")
    if meeting.starts_on is None:
        return _("Add a date to the meeting before you send its agenda.")
    if not meeting.is_planned:
        return _("This meeting has started, so its agenda can no longer be sent.")
    if all(part.holds_updates for part in meeting.parts.all()):
        return _("Add at least one agenda item before you send the agenda.")
    return ""
