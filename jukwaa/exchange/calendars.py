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
from jukwaa.events.calendar_sources import Dated, Window, sources
from jukwaa.events.months import Narrowed, found
from jukwaa.exchange.feeds import NOT_IN_XML
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.updates.tokens import absolute
from jukwaa.updates.waiting import settled_until

CONTENT_TYPE = "text/calendar; charset=utf-8"
BACK, AHEAD = timedelta(days=366), timedelta(days=731)
REFRESH = timedelta(hours=6)
END = b"END:VCALENDAR\r\n"


def write_calendar(coalition: Coalition, viewer: Viewer, asked: QueryDict) -> bytes:
    """In the language of the coalition: what stands in a feed must not change with who asks."""
    with translation.override(coalition.language):
        narrowed = Narrowed.asked(asked, coalition)
        today = timezone.localdate().replace(day=1)  # the window moves once a month, and with it the bytes
        rows = found(Window(coalition, viewer, today - BACK, today + AHEAD), narrowed)
        settled = settled_until()
        kinds = {name: str(source.label) for name, source in sources.items()}
        events = [
            _written(_told(row, published_at, kinds))
            for row in rows
            if (published_at := row.appeared_at) is not None and published_at <= settled
        ]
        around: bytes = _calendar(coalition, narrowed).to_ical()
        return b"".join([around.removesuffix(END), *events, END])


def _calendar(coalition: Coalition, narrowed: Narrowed) -> Calendar:
    labels = {name: str(source.label) for name, source in sources.items()}
    name = f"{coalition.name}: {labels[narrowed.kind]}" if narrowed.kind else coalition.name
    calendar = Calendar()
    calendar.add("prodid", "-//Jukwaa//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)  # what Outlook, Google and Apple show
    calendar.add("name", name)  # RFC 7986
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


class Told(NamedTuple):
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


def _told(row: Dated, published_at: datetime, kinds: Mapping[str, str]) -> Told:
    is_open = row.record is None or row.record.label in OPEN_LABELS
    return Told(
        uid=f"{row.uid}@{urlsplit(settings.SITE_URL).hostname}",
        published_at=published_at,
        change=row.change,
        starts=row.starts_at or row.first,
        ends=row.ends_at if row.starts_at else row.last + timedelta(days=1),  # whole days end on the day after
        takes_time=row.takes_time,
        is_off=row.is_off,
        kind=kinds.get(row.kind, _("Busy")),
        open=(row.title, absolute(row.path), row.place) if is_open else None,
    )


@lru_cache(
    maxsize=4096
)  # the library takes a quarter of a millisecond for each, and few change from one day to the next
def _written(told: Told) -> bytes:
    """Days are whole days; hours are moments in UTC, which every program turns into its reader's own."""
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", told.published_at)
    event.add("sequence", told.change)
    event.add("dtstart", _in_utc(told.starts))
    if told.ends is not None:
        event.add("dtend", _in_utc(told.ends))
    event.add("transp", "OPAQUE" if told.takes_time else "TRANSPARENT")
    event.add("status", "CANCELLED" if told.is_off else "CONFIRMED")
    if told.open is None:
        event.add("summary", told.kind)
        event.add("class", "PRIVATE")
    else:
        title, address, place = told.open
        event.add("summary", NOT_IN_XML.sub("", title))
        event.add("url", address)
        event.add("description", address)
        event.add("categories", [told.kind])
        if place:
            event.add("location", NOT_IN_XML.sub("", place))
    written: bytes = event.to_ical()
    return written


def _in_utc(when: date | datetime) -> date | datetime:
    return when.astimezone(UTC) if isinstance(when, datetime) else when
