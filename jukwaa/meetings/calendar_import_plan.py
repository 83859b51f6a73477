"""What importing a calendar would do: which meetings are new, which are changed, and which are left as they are."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import times
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.calendar_reader import (
    LINK_PATTERN,
    MAX_LINK_LENGTH,
    MAX_PLACE_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_ZONE_LENGTH,
    CalendarEvent,
)
from jukwaa.meetings.models import ImportedEvent, Meeting
from jukwaa.records.models import State

MAX_MINUTES = int(times.MAX_MEETING_DURATION.total_seconds() // 60)
IMPORTED_FIELDS = ("title", "starts_on", "start_time", "time_zone", "fold", "duration", "place", "joining_link")


class ImportOutcome(StrEnum):
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


DEADLINE_PATTERN = re.compile(
    r"\b(deadline|due|last day|closes|date limite|échéance|délai|fecha límite|plazo|vence)\b|الموعد النهائي|آخر موعد",
    re.IGNORECASE,
)
WRITTEN_OUTCOMES = frozenset({ImportOutcome.NEW, ImportOutcome.CHANGED, ImportOutcome.CANCELLED, ImportOutcome.FOUND})


@dataclass(frozen=True)
class PlannedImport:
    event: CalendarEvent
    outcome: ImportOutcome
    details: dict[str, Any]
    imported: ImportedEvent | None = None
    meeting: Meeting | None = None

    @property
    def is_new(self) -> bool:
        return self.outcome is ImportOutcome.NEW

    @property
    def is_probably_deadline(self) -> bool:
        """Whether it lasts all day and is named like a deadline."""
        return not self.event.hour and DEADLINE_PATTERN.search(self.event.title) is not None


def plan_calendar_import(coalition: Coalition, events: Iterable[CalendarEvent]) -> list[PlannedImport]:
    """Return what becomes of each event, by day. An event that the file has twice counts once."""
    by_key = {event.key: event for event in events}
    rows = ImportedEvent.objects.filter(coalition=coalition, key__in=by_key).select_related("meeting", "calendar")
    imported = {row.key: row for row in rows}
    there = _find_imported_meetings(coalition, by_key.values())
    planned = [_plan_event_import(coalition, event, imported.get(key), there) for key, event in by_key.items()]
    return sorted(planned, key=lambda row: (row.event.day, row.event.hour), reverse=True)


def _find_imported_meetings(coalition: Coalition, events: Iterable[CalendarEvent]) -> dict[object, Meeting]:
    """Meetings of the record that an event may be: by the UID of our own calendars, or by day and title."""
    days = {event.starts_on for event in events}
    meetings = Meeting.objects.filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    found: dict[object, Meeting] = {
        get_calendar_uid(meeting): meeting for meeting in meetings.filter(starts_on__in=days)
    }
    unclaimed = meetings.filter(starts_on__in=days, imported_event=None)
    return found | {(meeting.starts_on, meeting.title.casefold()): meeting for meeting in unclaimed}


def _plan_event_import(
    coalition: Coalition, event: CalendarEvent, imported: ImportedEvent | None, there: Mapping[object, Meeting]
) -> PlannedImport:
    details = get_details(event, coalition.time_zone)
    if imported is None:
        meeting = there.get(event.uid) or there.get((event.starts_on, str(details["title"]).casefold()))
        if meeting is not None:
            return PlannedImport(event, ImportOutcome.FOUND, details, meeting=meeting)
        return PlannedImport(event, ImportOutcome.NOT_HELD if event.is_cancelled else ImportOutcome.NEW, details)
    if imported.meeting is None:
        return PlannedImport(event, ImportOutcome.LEFT_OUT, details, imported)
    outcome = _compare_with_meeting(event, imported, imported.meeting, details)
    return PlannedImport(event, outcome, details, imported, imported.meeting)


def _compare_with_meeting(
    event: CalendarEvent, imported: ImportedEvent, meeting: Meeting, details: dict[str, Any]
) -> ImportOutcome:
    if meeting.state == State.WITHDRAWN:
        return ImportOutcome.WITHDRAWN
    if not imported.fingerprint:  # it was in the record before, and stays as it is
        return ImportOutcome.FOUND
    if event.is_cancelled or meeting.is_cancelled:
        return ImportOutcome.UNCHANGED if meeting.is_cancelled else ImportOutcome.CANCELLED
    current = {name: getattr(meeting, name) for name in IMPORTED_FIELDS}
    if compute_details_fingerprint(current) == compute_details_fingerprint(details):
        return ImportOutcome.UNCHANGED
    return (
        ImportOutcome.CHANGED if compute_details_fingerprint(current) == imported.fingerprint else ImportOutcome.EDITED
    )


def compute_details_fingerprint(details: Mapping[str, Any]) -> str:
    values = [str(details[name]) for name in IMPORTED_FIELDS]
    return sha256(json.dumps(values).encode()).hexdigest()


def get_details(event: CalendarEvent, default_zone: str) -> dict[str, Any]:
    """Return the event as the fields of a meeting. A place that is a link is the joining link, for members alone.

    Descriptions and attendees are no part of it: they hold joining links, telephone numbers and names.
    """
    zone = (
        event.zone
        if event.zone and times.is_known_zone(event.zone) and len(event.zone) <= MAX_ZONE_LENGTH
        else default_zone
    )
    hour = time.fromisoformat(event.hour) if event.hour else None
    found = LINK_PATTERN.search(event.place)
    link = found[0].rstrip(".,;") if found else ""
    place = "" if link else event.place
    return {
        "title": _remove_text_links(event.title)[:MAX_TITLE_LENGTH] or _("Meeting without a title"),
        "starts_on": event.starts_on,
        "start_time": hour,
        "time_zone": zone if hour else "",
        "fold": event.fold if hour else 0,
        "duration": event.minutes if hour and event.minutes and 0 < event.minutes <= MAX_MINUTES else None,
        "place": place[:MAX_PLACE_LENGTH],
        "joining_link": link if len(link) <= MAX_LINK_LENGTH else "",
    }


def _remove_text_links(text: str) -> str:
    """The public reads the title, but not the joining link."""
    return " ".join(word for word in text.split() if not LINK_PATTERN.search(word))
