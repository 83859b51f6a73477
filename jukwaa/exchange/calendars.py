"""The calendar as a file that calendar programs follow (iCalendar, RFC 5545).

In the public one stands what the world may read; behind an address of one's own, what its owner may read. Above
TLP:GREEN nothing stands there but that there is something of a kind. What was published waits as in the other feeds.
The same dates give the same bytes, so that whoever asks again is told that nothing changed.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
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


def write_calendar(coalition: Coalition, viewer: Viewer, asked: QueryDict) -> bytes:
    """In the language of the coalition: what stands in a feed must not change with who asks."""
    with translation.override(coalition.language):
        narrowed = Narrowed.asked(asked, coalition)
        today = timezone.localdate().replace(day=1)  # the window moves once a month, and with it the bytes
        rows = found(Window(coalition, viewer, today - BACK, today + AHEAD), narrowed)
        settled = settled_until()
        calendar = _calendar(coalition, narrowed)
        for row in rows:
            if row.record.published_at is not None and row.record.published_at <= settled:
                calendar.add_component(_event(row))
        body: bytes = calendar.to_ical()
        return body


def _calendar(coalition: Coalition, narrowed: Narrowed) -> Calendar:
    labels = {source.name: str(source.label) for source in sources()}
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


def _event(row: Dated) -> Event:
    """Days are whole days; hours are moments in UTC, which every program turns into its reader's own."""
    event = Event()
    event.add("uid", f"{row.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", row.record.published_at)
    event.add("sequence", row.change)
    for name, moment in _span(row):
        event.add(name, moment)
    event.add("transp", "OPAQUE" if row.takes_time else "TRANSPARENT")
    event.add("status", "CANCELLED" if row.is_off else "CONFIRMED")
    if row.record.label not in OPEN_LABELS:
        event.add("summary", _kind(row.kind))
        event.add("class", "PRIVATE")
        return event
    event.add("summary", NOT_IN_XML.sub("", row.title))
    event.add("url", absolute(row.path))
    event.add("description", absolute(row.path))
    event.add("categories", [_kind(row.kind)])
    if row.place:
        event.add("location", NOT_IN_XML.sub("", row.place))
    return event


def _span(row: Dated) -> Iterable[tuple[str, date | datetime]]:
    """The end of whole days is the day after the last one."""
    if row.starts_at is None:
        return [("dtstart", row.first), ("dtend", row.last + timedelta(days=1))]
    starts = [("dtstart", row.starts_at.astimezone(UTC))]
    return [*starts, ("dtend", row.ends_at.astimezone(UTC))] if row.ends_at else starts


def _kind(name: str) -> str:
    return next((str(source.label) for source in sources() if source.name == name), _("Busy"))
