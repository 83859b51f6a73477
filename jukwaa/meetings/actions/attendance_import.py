"""Recording everybody who attended, from the attendance file of a video call."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.known_people import KnownPeople, get_person_name_key
from jukwaa.coalitions.models import Membership, Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.attendance import add_attendance_mode, record_attendance
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.records.models import State


@dataclass(frozen=True)
class AttendeeToRecord:
    """Somebody who attended. Where an organisation is known, its name is recorded, with `name` only if `is_named`."""

    name: str
    person: Person | None = None
    organisation: Organisation | None = None
    country: str = ""
    is_named: bool = False
    role: str = ""  # as which the file says that they attended; else the record tells
    mode: str = ""  # in the room or online, where the file says so
    listed_id: int | None = None  # the row of the attendance list that only gets this mode


@action
def record_attendees(*, actor: Person, meeting: Meeting, attendees: Sequence[AttendeeToRecord]) -> int:
    """Record all of them or none, and return how many were not recorded before.

    Raises PermissionDenied, and ActionRefused before the meeting begins or for a name that is not kept in the record.
    """
    require_can_write_minutes(actor, meeting)
    require_meeting_started(meeting)
    history = AttendanceHistory(meeting)
    known = KnownPeople(meeting.coalition)
    before = meeting.attendances.count()
    rows = list(meeting.attendances.select_related("capacity"))
    there = {row.capacity.person_id: row for row in rows}
    rows_by_number = {row.pk: row for row in rows}
    for attendee in attendees:
        if attendee.listed_id is not None:
            if attendee.listed_id in rows_by_number:
                add_attendance_mode(rows_by_number[attendee.listed_id], attendee.mode)
            continue
        if attendee.person and attendee.person.pk in there:  # checked in, perhaps for another organisation
            add_attendance_mode(there[attendee.person.pk], attendee.mode)
            continue
        record_attendance(
            actor=actor,
            meeting=meeting,
            name=attendee.organisation.name if attendee.organisation and not attendee.is_named else attendee.name,
            came_as=attendee.role or history.get_role(attendee),
            mode=attendee.mode,
            organisation=attendee.organisation,
            person=attendee.person,
            known=known,
            country=attendee.country,
        )
    added = meeting.attendances.count() - before
    if added:
        correct_later_first_attendances(meeting)
    return added


def correct_later_first_attendances(meeting: Meeting) -> None:
    """Correct who was recorded as attending a later meeting for the first time, once the record has this meeting.

    What a document says, or somebody entered by hand with another role, stays as it is.
    """
    came = meeting.attendances.values("capacity__organisation", "capacity__person")
    there = Q(capacity__organisation__in=came.exclude(capacity__organisation=None).values("capacity__organisation"))
    there |= Q(capacity__person__in=came.exclude(capacity__person=None).values("capacity__person"))
    later = Attendance.objects.filter(
        there,
        meeting__coalition=meeting.coalition,
        meeting__order_day__gt=meeting.order_day,
        came_as=Attendance.As.NEW_ATTENDEE,
        source=None,
    ).select_related("meeting__coalition", "capacity__person", "capacity__organisation")
    histories: dict[int, AttendanceHistory] = {}
    for row in later:
        history = histories.setdefault(row.meeting_id, AttendanceHistory(row.meeting))
        capacity = row.capacity
        row.came_as = history.get_role(AttendeeToRecord(capacity.name, capacity.person, capacity.organisation))
        row.save(update_fields=["came_as"])


def require_meeting_started(meeting: Meeting) -> None:
    """Raise ActionRefused for a meeting that has not begun or has been cancelled."""
    if not (meeting.is_in_progress or meeting.is_held):
        raise ActionRefused(_("You can record attendance once the meeting has started."))


class AttendanceHistory:
    """Who attended the meetings before, and who is a member: what decides as what somebody attends.

    Nobody attends for the first time where the record has no earlier attendance, nor do the founding members: those
    whose membership is as old as the oldest. People of organisations without a membership, such as applicants, are
    guests.
    """

    def __init__(self, meeting: Meeting) -> None:
        coalition = meeting.coalition
        earlier = Attendance.objects.filter(meeting__coalition=coalition, meeting__order_day__lte=meeting.order_day)
        earlier = earlier.exclude(meeting=meeting).exclude(meeting__state=State.WITHDRAWN)
        rows = list(earlier.values_list("capacity__organisation_id", "capacity__person_id", "capacity__name"))
        self._is_first_meeting = not rows
        self._organisations = {organisation for organisation, _person, _name in rows}
        self._people = {person for _organisation, person, _name in rows}
        self._names = {get_person_name_key(name) for _organisation, _person, name in rows}
        members = Membership.objects.active(meeting.starts_on).filter(coalition=coalition)
        observers = Membership.objects.observers_in_force(meeting.starts_on).filter(coalition=coalition)
        self._observers = set(observers.values_list("organisation_id", flat=True))
        seats = list(members.values_list("organisation_id", "person_id", "starts_on"))
        self._members = {organisation for organisation, _person, _day in seats if organisation}
        self._own = {person for _organisation, person, _day in seats if person}
        founded_on = min((day for *_who, day in seats if day), default=None)
        founders = [(organisation, person) for organisation, person, day in seats if day and day == founded_on]
        self._organisations |= {organisation for organisation, _person in founders}
        self._people |= {person for _organisation, person in founders}

    def get_role(self, attendee_to_record: AttendeeToRecord) -> Attendance.As:
        organisation = attendee_to_record.organisation.pk if attendee_to_record.organisation else None
        person = attendee_to_record.person.pk if attendee_to_record.person else None
        is_name_alone = organisation is None and person is None
        attended = (
            self._is_first_meeting
            or (organisation is not None and organisation in self._organisations)
            or (person is not None and person in self._people)
            or (is_name_alone and get_person_name_key(attendee_to_record.name) in self._names)
        )
        is_member = organisation in self._members or person in self._own
        if not attended:
            is_outside = organisation is not None and not (is_member or organisation in self._observers)
            return Attendance.As.GUEST if is_outside and self._members else Attendance.As.NEW_ATTENDEE
        return Attendance.As.MEMBER if is_member else Attendance.As.OBSERVER
