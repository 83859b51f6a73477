"""The calendar as a file that calendar programs follow (iCalendar, RFC 5545).

In the public one stands what the world may read; behind an address of one's own, what its owner may read. Above
TLP:GREEN nothing stands there but that there is something of a kind. What was published waits as in the other feeds.
The same dates give the same bytes, so that whoever asks again is told that nothing changed.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_month import CalendarFilter, find_calendar_items
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, date_source_registry, list_calendar_items
from jukwaa.exchange.feeds import INVALID_XML_CHARACTER_PATTERN
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.updates.email_links import build_absolute_url
from jukwaa.updates.publication_delay import get_publication_delay_cutoff

CALENDAR_CONTENT_TYPE = "text/calendar; charset=utf-8"
PAST_WINDOW, FUTURE_WINDOW = timedelta(days=366), timedelta(days=731)
CALENDAR_REFRESH_INTERVAL = timedelta(hours=6)
CALENDAR_END_LINE = b"END:VCALENDAR\r\n"


def write_calendar_file(coalition: Coalition, viewer: Viewer, query_data: QueryDict) -> bytes:
    """In the language of the coalition: what stands in a feed must not change with who asks."""
    with translation.override(coalition.language):
        narrowed = CalendarFilter.asked(query_data, coalition)
        today = timezone.localdate().replace(day=1)  # the window moves once a month, and with it the bytes
        rows = find_calendar_items(
            CalendarWindow(coalition, viewer, today - PAST_WINDOW, today + FUTURE_WINDOW), narrowed
        )
        settled = get_publication_delay_cutoff()
        kinds = {name: str(source.label) for name, source in date_source_registry.items()}
        events = [
            _render_calendar_event(_build_calendar_entry(row, published_at, kinds))
            for row in rows
            if (published_at := row.visible_since) is not None and published_at <= settled
        ]
        around: bytes = _build_filtered_calendar(coalition, narrowed).to_ical()
        return b"".join([around.removesuffix(CALENDAR_END_LINE), *events, CALENDAR_END_LINE])


def write_single_date_calendar(
    coalition: Coalition, viewer: Viewer, exported_day: date, calendar_uid: str
) -> bytes | None:
    """Return the calendar file of one date; None if the viewer can read no such date on this day."""
    found = list_calendar_items(CalendarWindow(coalition, viewer, exported_day, exported_day))
    row = next((each for each in found if each.uid == calendar_uid and each.visible_since is not None), None)
    if row is None or row.visible_since is None:
        return None
    kinds = {name: str(source.label) for name, source in date_source_registry.items()}
    around: bytes = _begin_calendar_file().to_ical()
    return b"".join(
        [
            around.removesuffix(CALENDAR_END_LINE),
            _render_calendar_event(_build_calendar_entry(row, row.visible_since, kinds)),
            CALENDAR_END_LINE,
        ]
    )


def _begin_calendar_file() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Jukwaa//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _build_filtered_calendar(coalition: Coalition, calendar_filter: CalendarFilter) -> Calendar:
    labels = {name: str(source.label) for name, source in date_source_registry.items()}
    name = f"{coalition.name}: {labels[calendar_filter.kind]}" if calendar_filter.kind else coalition.name
    description = _("New dates appear in this calendar 30 minutes after they are published.")
    calendar = _begin_calendar_file()
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)  # what Outlook, Google and Apple show
    calendar.add("name", name)  # RFC 7986
    calendar.add("x-wr-caldesc", description)
    calendar.add("description", description)  # RFC 7986
    calendar.add("refresh-interval", CALENDAR_REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


class ExportedCalendarEntry(NamedTuple):
    """All that a calendar program is told of one date."""

    uid: str
    published_at: datetime
    change: int
    starts: date | datetime
    ends: date | datetime | None
    takes_time: bool
    is_off: bool
    kind: str
    open: tuple[str, str, str] | None  # title, address and place; none of it above TLP:GREEN


def _build_calendar_entry(
    calendar_item: CalendarItem, published_at: datetime, kind_labels: Mapping[str, str]
) -> ExportedCalendarEntry:
    is_open = calendar_item.record is None or calendar_item.record.label in LABELS_READABLE_BY_EMAIL
    return ExportedCalendarEntry(
        uid=f"{calendar_item.uid}@{urlsplit(settings.SITE_URL).hostname}",
        published_at=published_at,
        change=calendar_item.change,
        starts=calendar_item.starts_at or calendar_item.first,
        ends=calendar_item.ends_at
        if calendar_item.starts_at
        else calendar_item.last + timedelta(days=1),  # whole days end on the day after
        takes_time=calendar_item.takes_time,
        is_off=calendar_item.is_off,
        kind=kind_labels.get(calendar_item.kind, _("Busy")),
        open=(calendar_item.entry_title, build_absolute_url(calendar_item.path), calendar_item.place)
        if is_open
        else None,
    )


@lru_cache(
    maxsize=4096
)  # the library takes a quarter of a millisecond for each, and few change from one day to the next
def _render_calendar_event(entry: ExportedCalendarEntry) -> bytes:
    """Days are whole days; hours are moments in UTC, which every program turns into its reader's own."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.published_at)
    event.add("sequence", entry.change)
    event.add("dtstart", _convert_to_utc(entry.starts))
    if entry.ends is not None:
        event.add("dtend", _convert_to_utc(entry.ends))
    event.add("transp", "OPAQUE" if entry.takes_time else "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    if entry.open is None:
        event.add("summary", entry.kind)
        event.add("class", "PRIVATE")
    else:
        title, address, place = entry.open
        event.add("summary", INVALID_XML_CHARACTER_PATTERN.sub("", title))
        event.add("url", address)
        event.add("description", address)
        event.add("categories", [entry.kind])
        if place:
            event.add("location", INVALID_XML_CHARACTER_PATTERN.sub("", place))
    written: bytes = event.to_ical()
    return written


def _convert_to_utc(entry_moment: date | datetime) -> date | datetime:
    return entry_moment.astimezone(UTC) if isinstance(entry_moment, datetime) else entry_moment
