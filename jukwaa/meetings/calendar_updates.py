"""Reading the addresses of imported calendars again, every hour."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.calendar_import import (
    is_calendar_update_due,
    record_calendar_failure,
    update_meetings_from_calendar,
)
from jukwaa.meetings.calendar_reader import CalendarContent, fetch_calendar
from jukwaa.meetings.models import ImportedCalendar
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import quarantine_if_suspect


def update_imported_calendars(now: datetime, fetch_content: Callable[[str], CalendarContent] = fetch_calendar) -> int:
    """Update the meetings of every calendar that has an address. Return how many meetings were written."""
    calendars = ImportedCalendar.objects.updated_hourly().select_related("coalition", "added_by")
    return sum(
        _update_imported_calendar(calendar, fetch_content)
        for calendar in calendars
        if is_calendar_update_due(calendar, now)
    )


def _update_imported_calendar(
    imported_calendar: ImportedCalendar, fetch_content: Callable[[str], CalendarContent]
) -> int:
    """Fetch and update one calendar. Nothing is locked while the address is read."""
    with translation.override(imported_calendar.coalition.language):
        try:
            content = fetch_content(imported_calendar.address)
            _check_calendar_for_disclosure(imported_calendar, content)
            return update_meetings_from_calendar(imported_calendar=imported_calendar, calendar_events=content.events)
        except ActionRefused as refusal:
            record_calendar_failure(imported_calendar=imported_calendar, problem_text=str(refusal))
            return 0


def _check_calendar_for_disclosure(imported_calendar: ImportedCalendar, calendar_content: CalendarContent) -> None:
    """Send a possible disclosure to the safeguarding lead alone. Raises ActionRefused."""
    text = "\n".join(f"{event.title} {event.place}".strip() for event in calendar_content.events)
    held = quarantine_if_suspect(
        coalition=imported_calendar.coalition,
        door=Held.Door.IMPORT,
        text=text,
        file_name=imported_calendar.name,
        person=imported_calendar.added_by,
    )
    if held is not None:
        raise ActionRefused(_("The safeguarding lead will review this calendar before it can be updated."))
