"""What importing a calendar would do: which meetings are new, which are changed, and which are left as they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import times
from jukwaa.meetings.calendar_event_doubts import describe_event_doubt, find_weekly_uids, find_yearly_uids
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.calendar_reader import (
    MAX_LINK_LENGTH,
    MAX_PLACE_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_ZONE_LENGTH,
    WEB_LINK_PATTERN,
    CalendarEvent,
)
from jukwaa.meetings.calendar_same_day import MeetingsByDay, find_probable_meeting
from jukwaa.meetings.meeting_titles import have_different_numbers
from jukwaa.meetings.models import ImportedEvent, Meeting
from jukwaa.records.models import Label, State

MAX_IMPORTED_MINUTES = int(times.MAX_MEETING_DURATION.total_seconds() // 60)
IMPORTED_MEETING_FIELDS = ("title", "starts_on", "start_time", "time_zone", "fold", "duration", "place", "joining_link")


class EventImportOutcome(StrEnum):
    """What becomes of an event."""

    label: Promise

    def __new__(cls, value: str, label: Promise) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    NEW = "new", gettext_lazy("New meeting")
    CHANGED = "changed", gettext_lazy("Will be updated")
    CANCELLED = "cancelled", gettext_lazy("Will be marked as cancelled")
    UNCHANGED = "unchanged", gettext_lazy("Already imported")
    EDITED = "edited", gettext_lazy("Edited on this site, so it will not be updated")
    FOUND = "found", gettext_lazy("Already recorded on this site")
    LEFT_OUT = "left-out", gettext_lazy("Not selected in an earlier import")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn on this site, so it will not be imported")
    NOT_HELD = "not-held", gettext_lazy("Cancelled, so it will not be imported")
    PRIVATE = "private", gettext_lazy("Marked as private, so it will not be imported")


WRITTEN_IMPORT_OUTCOMES = frozenset(
    {EventImportOutcome.NEW, EventImportOutcome.CHANGED, EventImportOutcome.CANCELLED, EventImportOutcome.FOUND}
)


@dataclass(frozen=True)
class PlannedEventImport:
    event: CalendarEvent
    outcome: EventImportOutcome
    details: dict[str, Any]
    imported: ImportedEvent | None = None
    meeting: Meeting | None = None
    is_weekly: bool = False  # or more often
    is_yearly: bool = False  # and lasts all day
    same_day: tuple[Meeting, ...] = ()  # recorded under other titles; one of them may be meant

    @property
    def is_new(self) -> bool:
        return self.outcome is EventImportOutcome.NEW

    @property
    def doubt(self) -> str:
        """Why it may be no meeting, or none that will be held, as a sentence; it is then not selected at first."""
        return describe_event_doubt(self.event, is_weekly=self.is_weekly, is_yearly=self.is_yearly)

    @property
    def probable_meeting(self) -> Meeting | None:
        """Which of the recorded meetings of the day it is, by their titles and hours."""
        return find_probable_meeting(self.same_day, self.details)


def plan_calendar_import(
    coalition: Coalition,
    calendar_events: Iterable[CalendarEvent],
    today: date | None = None,
    *,
    viewer: Person | None = None,
) -> list[PlannedEventImport]:
    """Return what becomes of each event: the next one first, after those to come the latest of the past.

    An event that the file has twice counts once. `today` is the day on which the table was shown, if that was earlier.
    A new event has the meetings of its day that the viewer may read.
    """
    today = today or timezone.localdate()
    by_key = {event.event_key: event for event in calendar_events}
    rows = ImportedEvent.objects.filter(coalition=coalition, key__in=by_key).select_related("meeting", "calendar")
    imported = {row.key: row for row in rows}
    there = _find_imported_meetings(coalition, by_key.values())
    planned = [_plan_event_import(coalition, event, imported.get(key), there) for key, event in by_key.items()]
    weekly, yearly = find_weekly_uids(by_key.values()), find_yearly_uids(by_key.values())
    planned = [replace(row, is_weekly=row.event.uid in weekly, is_yearly=row.event.uid in yearly) for row in planned]
    if viewer is not None:
        recorded = MeetingsByDay(viewer, coalition, [row.event for row in planned if row.is_new])
        planned = [replace(row, same_day=tuple(recorded.find(row.event))) if row.is_new else row for row in planned]
    by_day = sorted(planned, key=lambda row: (row.event.day, row.event.hour))
    past = [row for row in by_day if row.event.has_passed(today)]
    return [*(row for row in by_day if not row.event.has_passed(today)), *reversed(past)]


def _find_imported_meetings(coalition: Coalition, calendar_events: Iterable[CalendarEvent]) -> dict[object, Meeting]:
    """Meetings of the record that an event may be: by the UID of our own calendars, or by day and title."""
    days = {event.starts_on for event in calendar_events}
    meetings = Meeting.objects.filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    found: dict[object, Meeting] = {
        get_calendar_uid(meeting): meeting for meeting in meetings.filter(starts_on__in=days)
    }
    unclaimed = meetings.filter(starts_on__in=days, imported_event=None)
    return found | {(meeting.starts_on, meeting.title.casefold()): meeting for meeting in unclaimed}


def _plan_event_import(
    coalition: Coalition,
    calendar_event: CalendarEvent,
    imported_event: ImportedEvent | None,
    existing_meetings: Mapping[object, Meeting],
) -> PlannedEventImport:
    details = get_imported_meeting_details(calendar_event, coalition.time_zone)
    if imported_event is None:
        meeting = existing_meetings.get(calendar_event.uid) or existing_meetings.get(
            (calendar_event.starts_on, str(details["title"]).casefold())
        )
        if meeting is not None:
            return PlannedEventImport(calendar_event, EventImportOutcome.FOUND, details, meeting=meeting)
        return PlannedEventImport(calendar_event, _get_outcome_of_unknown_event(calendar_event), details)
    if imported_event.meeting is None:
        return PlannedEventImport(calendar_event, EventImportOutcome.LEFT_OUT, details, imported_event)
    outcome = _get_outcome_of_known_event(calendar_event, imported_event, imported_event.meeting, details)
    return PlannedEventImport(calendar_event, outcome, details, imported_event, imported_event.meeting)


def _get_outcome_of_unknown_event(calendar_event: CalendarEvent) -> EventImportOutcome:
    """A coordinator's own calendar also holds what is nobody else's business, such as a visit to the dentist."""
    if calendar_event.is_private:
        return EventImportOutcome.PRIVATE
    return EventImportOutcome.NOT_HELD if calendar_event.is_cancelled else EventImportOutcome.NEW


def _get_outcome_of_known_event(
    calendar_event: CalendarEvent, imported_event: ImportedEvent, meeting: Meeting, meeting_details: dict[str, Any]
) -> EventImportOutcome:
    if meeting.state == State.WITHDRAWN:
        return EventImportOutcome.WITHDRAWN
    if not imported_event.fingerprint:  # it was in the record before, and stays as it is
        return EventImportOutcome.FOUND
    if calendar_event.is_cancelled or meeting.is_cancelled:
        return EventImportOutcome.UNCHANGED if meeting.is_cancelled else EventImportOutcome.CANCELLED
    current = {name: getattr(meeting, name) for name in (*IMPORTED_MEETING_FIELDS, "ends_on")}
    if compute_meeting_details_fingerprint(current) == compute_meeting_details_fingerprint(meeting_details):
        return EventImportOutcome.UNCHANGED
    if calendar_event.is_private:  # its owner has replaced the meeting with what is nobody else's business
        return EventImportOutcome.PRIVATE
    return (
        EventImportOutcome.CHANGED
        if compute_meeting_details_fingerprint(current) == imported_event.fingerprint
        else EventImportOutcome.EDITED
    )


def find_missing_details(planned_import: PlannedEventImport, meeting: Meeting, label: str) -> dict[str, Any]:
    """Return what an event adds to a meeting that was in the record before: what the record lacks, and nothing else.

    Nothing of an event that is private or cancelled, and nothing that fewer people may read than the meeting. Nothing
    of an event with another number in its title or at another time: it may be the meeting of another group.
    """
    event, details = planned_import.event, planned_import.details
    labels = list(Label)
    if event.is_private or event.is_cancelled or labels.index(Label(label)) > labels.index(Label(meeting.label)):
        return {}
    if have_different_numbers(details["title"], meeting.title) or not _can_start_with(meeting, details):
        return {}
    found = {name: details[name] for name in ("place", "joining_link") if details[name] and not getattr(meeting, name)}
    is_same_day = meeting.is_day_known and (meeting.starts_on, meeting.ends_on) == (
        details["starts_on"],
        details["ends_on"],
    )
    if is_same_day and details["start_time"] and meeting.start_time is None:
        found |= {name: details[name] for name in ("start_time", "time_zone", "fold", "duration")}
    return found


def _can_start_with(meeting: Meeting, details: dict[str, Any]) -> bool:
    """Whether the record of a meeting has no start time, or the same one as an event."""
    event = Meeting(**details)
    event.set_moments()
    return meeting.start_time is None or (details["start_time"] is not None and event.starts_at == meeting.starts_at)


def compute_meeting_details_fingerprint(meeting_details: Mapping[str, Any]) -> str:
    values = [str(meeting_details[name]) for name in IMPORTED_MEETING_FIELDS]
    if last_day := meeting_details["ends_on"]:  # not in the digests of meetings that were imported without one
        values.append(str(last_day))
    return sha256(json.dumps(values).encode()).hexdigest()


def get_imported_meeting_details(calendar_event: CalendarEvent, default_time_zone: str) -> dict[str, Any]:
    """Return the event as the fields of a meeting. A place that is a link is the joining link, for members alone.

    Of a description only the link of the call is used: descriptions also hold telephone numbers and names.
    """
    zone = (
        calendar_event.zone
        if calendar_event.zone
        and times.is_known_time_zone(calendar_event.zone)
        and len(calendar_event.zone) <= MAX_ZONE_LENGTH
        else default_time_zone
    )
    hour = time.fromisoformat(calendar_event.hour) if calendar_event.hour else None
    found = WEB_LINK_PATTERN.search(calendar_event.place)
    link = found[0].rstrip(".,;") if found else ""
    place = "" if link else calendar_event.place
    link = link or calendar_event.call_link
    return {
        "title": _remove_text_links(calendar_event.title)[:MAX_TITLE_LENGTH] or _("Meeting without a title"),
        "starts_on": calendar_event.starts_on,
        "ends_on": calendar_event.ends_on if calendar_event.day_count <= times.MAX_MEETING_DAYS else None,
        "start_time": hour,
        "time_zone": zone if hour else "",
        "fold": calendar_event.fold if hour else 0,
        "duration": calendar_event.minutes
        if hour and calendar_event.minutes and 0 < calendar_event.minutes <= MAX_IMPORTED_MINUTES
        else None,
        "place": place[:MAX_PLACE_LENGTH],
        "joining_link": link if len(link) <= MAX_LINK_LENGTH else "",
    }


def _remove_text_links(text: str) -> str:
    """The public reads the title, but not the joining link."""
    return " ".join(word for word in text.split() if not WEB_LINK_PATTERN.search(word))
