"""Keep the coordination meetings of the forum, and log who represented the coalition."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.eligibility import policies
from jukwaa.eligibility.coordination.models import REPRESENTING_ROLES
from jukwaa.eligibility.models import CoordinationAttendance, CoordinationMeeting


@action
def add_coordination_meeting(
    *, actor: Person, coalition: Coalition, details: Mapping[str, Any], token: UUID | None = None
) -> CoordinationMeeting:
    """Add a meeting by its title, time and joining link. A form that is sent twice adds one.

    Raises PermissionDenied.
    """
    _require_forum_representative(actor, coalition)
    if token is not None and (there := CoordinationMeeting.objects.of(coalition).filter(token=token).first()):
        return there
    meeting = CoordinationMeeting.objects.create(coalition=coalition, token=token, **details)
    record_activity(actor=actor, verb="added", subject=meeting, coalition=coalition)
    return meeting


@action
def import_coordination_meetings(
    *, actor: Person, coalition: Coalition, imported_rows: Iterable[Mapping[str, Any]]
) -> list[CoordinationMeeting]:
    """Add the meetings of a calendar file that are not there yet, each with its `source_key`.

    Raises PermissionDenied.
    """
    _require_forum_representative(actor, coalition)
    there = set(CoordinationMeeting.objects.of(coalition).values_list("source_key", flat=True))
    new = [
        CoordinationMeeting.objects.create(coalition=coalition, **row)
        for row in imported_rows
        if row["source_key"] not in there
    ]
    if new:
        record_activities(actor=actor, verb="imported", activity_subjects=new, coalition=coalition)
    return new


@action
def change_coordination_meeting(
    *, actor: Person, meeting: CoordinationMeeting, details: Mapping[str, Any], version: int
) -> CoordinationMeeting:
    """Change title, time or joining link. Raises PermissionDenied, ActionRefused and EditConflict."""
    current = _lock_coordination_meeting(actor, meeting, version)
    if all(getattr(current, name) == value for name, value in details.items()):
        return current
    if current.attended and details["starts_at"] > timezone.now():
        raise ActionRefused(_("Attendance has been recorded for this meeting. Enter a time in the past."), "starts_on")
    _save_coordination_meeting_values(current, details)
    record_activity(actor=actor, verb="changed", subject=current, coalition=meeting.coalition)
    return current


@action
def log_coordination_attendance(
    *, actor: Person, meeting: CoordinationMeeting, changes: Mapping[str, Any], people: Iterable[Person], version: int
) -> CoordinationMeeting:
    """Log whether the coalition was represented, by whom, and what was reported. `changes` has the fields of `LOGGED`.

    Raises PermissionDenied, ActionRefused and EditConflict.
    """
    current = _lock_coordination_meeting(actor, meeting, version)
    chosen, before = {person.pk for person in people}, _find_attendee_ids(current)
    if all(getattr(current, name) == value for name, value in changes.items()) and chosen == before:
        return current
    _check_meeting_attendance(current, changes["attended"], chosen, before)
    CoordinationAttendance.objects.filter(meeting=current).exclude(person__in=chosen).delete()
    for pk in sorted(chosen - before):
        CoordinationAttendance.objects.create(meeting=current, person_id=pk)
    _save_coordination_meeting_values(current, changes)
    record_activity(actor=actor, verb="logged", subject=current, coalition=meeting.coalition)
    return current


@action
def remove_coordination_meeting(*, actor: Person, meeting: CoordinationMeeting) -> None:
    """Remove a meeting that was cancelled or added by mistake. What has been logged stays.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_coordination_meeting(actor, meeting)
    if current.attended:
        raise ActionRefused(_("This meeting cannot be removed, because attendance has been recorded."))
    record_activity(actor=actor, verb="removed", subject=current, coalition=meeting.coalition)
    current.delete()


def _require_forum_representative(actor: Person, coalition: Coalition) -> None:
    if not policies.can_represent_at_forum(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators and representatives can change coordination meetings."))


def _lock_coordination_meeting(
    actor: Person, meeting: CoordinationMeeting, version: int | None = None
) -> CoordinationMeeting:
    """Return the row as it is now. Raises EditConflict if it has changed since the version that was edited."""
    _require_forum_representative(actor, meeting.coalition)
    found = CoordinationMeeting.objects.filter(pk=meeting.pk).first()
    if found is None:
        raise ActionRefused(_("This meeting has been removed."))
    current = lock_row(found)
    current.coalition = meeting.coalition
    if version is not None and version != current.version:
        raise EditConflict(current)
    return current


def _save_coordination_meeting_values(meeting: CoordinationMeeting, meeting_values: Mapping[str, Any]) -> None:
    for name, value in meeting_values.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()


def _find_attendee_ids(meeting: CoordinationMeeting) -> set[int]:
    return set(CoordinationAttendance.objects.filter(meeting=meeting).values_list("person", flat=True))


def _check_meeting_attendance(
    meeting: CoordinationMeeting, attendance_answer: str, chosen_attendee_ids: set[int], previous_attendee_ids: set[int]
) -> None:
    yes = CoordinationMeeting.Attended.YES
    if attendance_answer and meeting.starts_at > timezone.now():
        raise ActionRefused(_("This meeting has not started yet. Record attendance after the meeting."), "attended")
    if attendance_answer == yes and not chosen_attendee_ids:
        raise ActionRefused(_("Choose who attended."), "people")
    if attendance_answer != yes and chosen_attendee_ids:
        raise ActionRefused(_("Clear the selected names, or answer “Yes” if the coalition was represented."), "people")
    held = Role.objects.in_force().filter(coalition=meeting.coalition, kind__in=REPRESENTING_ROLES)
    if not chosen_attendee_ids - previous_attendee_ids <= set(held.values_list("person", flat=True)):
        raise ActionRefused(_("Choose people who are representatives or coordinators."), "people")
