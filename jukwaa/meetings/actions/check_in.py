"""Checking in to a meeting in progress."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.attendance import add_attendance_mode, delete_unused_capacity
from jukwaa.meetings.actions.attendance_import import AttendanceHistory, AttendeeToRecord
from jukwaa.meetings.check_in import get_check_in_obstacle
from jukwaa.meetings.models import Attendance, Meeting


@action
def check_in_to_meeting(
    *, actor: Person, meeting: Meeting, organisation: Organisation | None = None, mode: str = ""
) -> Attendance:
    """Record that a member attends, for an organisation or in their own right.

    A second check-in only adds how they attend if that is not known.
    Raises PermissionDenied, and ActionRefused while the meeting is not open for check-in.
    """
    if not policies.can_check_in(ViewerContext(actor), meeting):
        raise PermissionDenied
    if organisation is not None and organisation.pk not in Standing(actor, meeting.coalition).speaks_for:
        raise PermissionDenied(_("Only confirmed representatives of an organisation can check in on its behalf."))
    meeting = lock_row(meeting)
    if obstacle := get_check_in_obstacle(meeting):
        raise ActionRefused(obstacle)
    known = Attendance.with_apologies.filter(meeting=meeting, capacity__person=actor).first()
    if known is not None and known.came_as != Attendance.As.APOLOGIES:
        return add_attendance_mode(known, mode)
    came_as = AttendanceHistory(meeting).get_role(AttendeeToRecord(actor.name, actor, organisation))
    capacity = create_capacity(coalition=meeting.coalition, person=actor, organisation=organisation)
    record_activity(
        actor=actor, verb="recorded-attendance", subject=meeting, coalition=meeting.coalition, capacity=capacity
    )
    if known is not None:  # sent apologies, and came nevertheless
        earlier, known.capacity, known.came_as, known.mode = known.capacity, capacity, came_as, mode
        known.save(update_fields=["capacity", "came_as", "mode"])
        delete_unused_capacity(meeting, earlier)
        return known
    return Attendance.objects.create(meeting=meeting, capacity=capacity, came_as=came_as, mode=mode)
