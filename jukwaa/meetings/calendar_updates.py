"""Reading the addresses of imported calendars again, every hour."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.calendar_import import is_due, note_failure, update_from_calendar
from jukwaa.meetings.calendar_reading import CalendarContent, fetch_calendar
from jukwaa.meetings.models import ImportedCalendar
from jukwaa.records.keeping import door_keeper
from jukwaa.records.models import Held


def update_calendars(now: datetime, fetch: Callable[[str], CalendarContent] = fetch_calendar) -> int:
    """Update the meetings of every calendar that has an address. Return how many meetings were written."""
    calendars = ImportedCalendar.objects.updated_hourly().select_related("coalition", "added_by")
    return sum(_update(calendar, fetch) for calendar in calendars if is_due(calendar, now))


def _update(calendar: ImportedCalendar, fetch: Callable[[str], CalendarContent]) -> int:
    """Nothing is written while the address is read: another server may take its time."""
    with translation.override(calendar.coalition.language):
        try:
            content = fetch(calendar.address)
            _refuse_disclosure(calendar, content)
            return update_from_calendar(calendar=calendar, events=content.events)
        except ActionRefused as refusal:
            note_failure(calendar=calendar, problem=str(refusal))
            return 0


def _refuse_disclosure(calendar: ImportedCalendar, content: CalendarContent) -> None:
    """What may be a disclosure goes to the safeguarding lead alone. Raises ActionRefused."""
    text = "\n".join(f"{event.title} {event.place}".strip() for event in content.events)
    held = door_keeper(
        coalition=calendar.coalition, door=Held.Door.IMPORT, text=text, name=calendar.name, person=calendar.added_by
    )
    if held is not None:
        raise ActionRefused(_("The safeguarding lead will review this calendar before it can be updated."))
