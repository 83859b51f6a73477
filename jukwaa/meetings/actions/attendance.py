"""Who came, and as what on that day."""

from django.db.models import QuerySet

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.actions.sources import Span, build_record_sources
from jukwaa.meetings.actions.speaker_capacities import resolve_merged_organisation
from jukwaa.meetings.models import Attendance, Meeting, Part
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Source, Version


@action
def record_attendance(
    *,
    actor: Person,
    meeting: Meeting,
    name: str,
    came_as: str,
    organisation: Organisation | None = None,
    person: Person | None = None,
    mode: str = "",
    is_chair: bool = False,
    is_group: bool = False,
    known: KnownPeople | None = None,
    part: Part | None = None,
    source: Span | None = None,
    country: str = "",
) -> Attendance:
    """Take down that somebody came. Whoever stands in the list of the meeting (or of that part) is found there.

    `name` is how the source writes them; what the directory knows of the organisation today is frozen with it. Where a
    person of the directory is meant, by `person`, by this very name or by a part of it beside their organisation, the
    organisation's name is kept in its place: people show theirs by their own choice. `known` is for callers that record
    many, and `country` (ISO 3166-1) for those whose source gives it: it is kept where no organisation is known. Raises
    PermissionDenied, and ActionRefused for a name that is not kept in the record.
    """
    require_can_write_minutes(actor, meeting)
    known = known or KnownPeople(meeting.coalition)
    person = known.require_adult(person) if person else known.find(name)
    if part is not None and part.meeting_id != meeting.pk:
        raise ValueError("A part belongs to its own meeting.")
    organisation = resolve_merged_organisation(organisation, meeting)
    if organisation is not None and person is None and not is_group and fold_text(name) != fold_text(organisation.name):
        person = known.find_in_organisation(name, organisation.pk)
    listed = Attendance.with_apologies.filter(meeting=meeting)
    same = listed.filter(capacity__organisation=organisation, capacity__person=person, part=part)
    found = same.first() if person else _find_attendance_row(same, name, organisation)
    if found is not None:
        return add_attendance_mode(_mark_present_after_apologies(found, came_as, is_chair=is_chair), mode)
    attendance = Attendance.objects.create(
        meeting=meeting,
        part=part,
        capacity=_create_attendee_capacity(meeting, name, organisation, person, country),
        came_as=came_as,
        mode=mode if came_as != Attendance.As.APOLOGIES else "",
        is_chair=is_chair and came_as != Attendance.As.APOLOGIES,
        is_group=is_group,
        source=_get_or_create_attendance_source(meeting, source, is_quoted=part is None or not part.chatham),
    )
    _set_first_chair(meeting, attendance)
    record_activity(actor=actor, verb="recorded-attendance", subject=meeting, coalition=meeting.coalition)
    return attendance


def _set_first_chair(meeting: Meeting, attendance: Attendance) -> None:
    part = attendance.part
    if attendance.is_chair and meeting.chair_id is None and (part is None or not part.chatham):
        meeting.chair = attendance.capacity
        meeting.save(update_fields=["chair"])


def _mark_present_after_apologies(attendance: Attendance, came_as: str, *, is_chair: bool) -> Attendance:
    """Whoever sent apologies and came nevertheless, came, and may have chaired."""
    if attendance.came_as == Attendance.As.APOLOGIES != came_as:
        attendance.came_as, attendance.is_chair = Attendance.As(came_as), is_chair
        attendance.save(update_fields=["came_as", "is_chair"])
        _set_first_chair(attendance.meeting, attendance)
    return attendance


def add_attendance_mode(attendance: Attendance, mode: str) -> Attendance:
    """Keep whether a person took part in the room or online, where that was not known."""
    if mode and not attendance.mode and attendance.came_as != Attendance.As.APOLOGIES:
        attendance.mode = Attendance.Mode(mode)
        attendance.save(update_fields=["mode"])
    return attendance


def _find_attendance_row(
    attendance_rows: QuerySet[Attendance], attendee_name: str, organisation: Organisation | None
) -> Attendance | None:
    """The row with this name; or, for a name of the organisation itself, the row with any other name of it."""
    exact = attendance_rows.filter(capacity__name=attendee_name).first()
    if exact is not None or organisation is None:
        return exact
    names = [organisation.name, organisation.acronym, *organisation.names.values_list("name", flat=True)]
    words = {word for each in names for word in fold_text(each).split()}
    if not words.issuperset(fold_text(attendee_name).split()):
        return None  # a person of the organisation, or a part of it
    others = attendance_rows.select_related("capacity")
    return next((row for row in others if words.issuperset(fold_text(row.capacity.name).split())), None)


def _create_attendee_capacity(
    meeting: Meeting, attendee_name: str, organisation: Organisation | None, person: Person | None, country: str
) -> Capacity:
    if person is not None:
        return create_capacity(coalition=meeting.coalition, person=person, organisation=organisation)
    capacity = create_capacity_from_source(
        coalition=meeting.coalition, person_name=attendee_name, organisation=organisation
    )
    if country and organisation is None:
        capacity.country, capacity.regional_group = country, COUNTRIES_BY_CODE[country].group
        capacity.save(update_fields=["country", "regional_group"])
    return capacity


def _get_or_create_attendance_source(meeting: Meeting, source_span: Span | None, *, is_quoted: bool) -> Source | None:
    """Return the source of the meeting for this passage, which several attendees may share."""
    if source_span is None:
        return None
    [wanted] = build_record_sources(meeting, [source_span], is_quoted=is_quoted)
    found = Source.objects.filter(record_id=meeting.pk, document=wanted.document, start=wanted.start).first()
    if found is None:
        wanted.save()
    return found or wanted


@action
def change_attendance_role(
    *, actor: Person, attendance: Attendance, attendance_role: str, mode: str = ""
) -> Attendance:
    """Correct as what a person attended, and how. Those who did not attend did not chair. Raises PermissionDenied."""
    meeting = attendance.meeting
    require_can_write_minutes(actor, meeting)
    mode = mode if attendance_role != Attendance.As.APOLOGIES else ""
    if (attendance.came_as, attendance.mode) != (attendance_role, mode):
        attendance.came_as, attendance.mode = Attendance.As(attendance_role), mode
        attendance.is_chair = attendance.is_chair and attendance_role != Attendance.As.APOLOGIES
        attendance.save(update_fields=["came_as", "mode", "is_chair"])
        if not attendance.is_chair:
            _remove_chair(meeting, attendance)
        record_activity(actor=actor, verb="recorded-attendance", subject=meeting, coalition=meeting.coalition)
    return attendance


def _remove_chair(meeting: Meeting, attendance: Attendance) -> None:
    if meeting.chair_id == attendance.capacity_id:
        meeting.chair = None
        meeting.save(update_fields=["chair"])


@action
def remove_attendance_row(*, actor: Person, attendance: Attendance) -> None:
    """Take out a row that was written by mistake. Raises PermissionDenied."""
    meeting = attendance.meeting
    require_can_write_minutes(actor, meeting)
    _remove_chair(meeting, attendance)
    attendance.delete()
    delete_unused_capacity(meeting, attendance.capacity)
    record_activity(actor=actor, verb="removed-attendance", subject=meeting, coalition=meeting.coalition)


def delete_unused_capacity(meeting: Meeting, capacity: Capacity) -> None:
    """Delete the capacity of somebody who is not on the attendance list any more, unless the minutes name it."""
    promised = Version.objects.filter(record__entry__meeting=meeting, content__owner_id=capacity.pk)
    if not (capacity.entries.exists() or capacity.commitments.exists() or promised.exists()):
        capacity.delete()
