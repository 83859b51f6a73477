"""A meeting as a file for calendar programs (RFC 5545), and as an invitation or a cancellation in an email (RFC 5546).

Moments are in UTC, which every program shows in the zone of its reader; the description gives the other times.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.updates.email_links import build_absolute_url

CALENDAR_CONTENT_TYPE = "text/calendar; charset=utf-8"

type Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


def get_calendar_uid(meeting: Meeting) -> str:
    """Return what names the meeting in calendars, the same in files, emails and feeds."""
    return f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}"


def get_calendar_organizer_address(coalition: Coalition) -> str:
    """Return where calendar programs send the replies to invitations: see `inbound.handle_calendar_reply`."""
    return f"calendar+{coalition.slug}@{settings.MAIL_DOMAIN}"


def has_calendar_day(meeting: Meeting) -> bool:
    """Whether calendars can show it: an event begins on a day (RFC 5545, 3.6.1)."""
    return meeting.starts_on is not None and meeting.is_day_known


def build_meeting_calendar_file(
    meeting: Meeting,
    *,
    calendar_method: Method = "PUBLISH",
    attendee_address: str = "",
    with_joining_link: bool = False,
) -> str:
    """Return an iCalendar file. `attendee_address` is the email address that it is sent to; a download has none."""
    calendar = _create_empty_calendar(calendar_method)
    event = _build_calendar_event(meeting, with_joining_link=with_joining_link)
    if attendee_address:
        organizer = vCalAddress(f"mailto:{get_calendar_organizer_address(meeting.coalition)}")
        organizer.params["CN"] = meeting.coalition.name
        event.add("organizer", organizer)
        event.add("attendee", _build_calendar_attendee(attendee_address, asks_for_reply=calendar_method == "REQUEST"))
    calendar.add_component(event)
    written: str = calendar.to_ical().decode()
    return written


def build_series_calendar_file(meetings: Iterable[Meeting]) -> str:
    """Return a file with several meetings, with their joining links.

    It is published (METHOD:PUBLISH). A request is about one event, or about one that recurs (RFC 5546, 3.2.2). Meetings
    of a series are no such event: each has a UID of its own in feeds, files and the calendars of those who accepted it,
    since each is moved, cancelled and replied to by itself. Members reply to all of them by a link, or by email.
    """
    calendar = _create_empty_calendar("PUBLISH")
    for meeting in meetings:
        calendar.add_component(_build_calendar_event(meeting, with_joining_link=True))
    written: str = calendar.to_ical().decode()
    return written


def _create_empty_calendar(calendar_method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Jukwaa//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", calendar_method)
    return calendar


def _build_calendar_attendee(address: str, *, asks_for_reply: bool) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "TRUE" if asks_for_reply else "FALSE"
    return attendee


def _build_calendar_event(meeting: Meeting, *, with_joining_link: bool) -> Event:
    event = Event()
    event.add("uid", get_calendar_uid(meeting))
    event.add("dtstamp", timezone.now())
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", meeting.title)
    event.add("url", build_absolute_url(meeting.get_absolute_url()))
    _add_event_time(event, meeting)
    link = meeting.joining_link if with_joining_link and not meeting.is_cancelled else ""
    if place := meeting.place or link:
        event.add("location", place)
    event.add("description", _build_event_description(meeting, link))
    return event


def _add_event_time(event: Event, meeting: Meeting) -> None:
    """Whole days where no hour is known; they end on the day after (RFC 5545, 3.6.1)."""
    if meeting.starts_at is not None:
        event.add("dtstart", meeting.starts_at.astimezone(UTC))
        event.add("dtend", meeting.get_phase_changes()[-1].astimezone(UTC))
    elif meeting.starts_on is not None:
        event.add("dtstart", meeting.starts_on)
        event.add("dtend", (meeting.ends_on or meeting.starts_on) + timedelta(days=1))


def _build_event_description(meeting: Meeting, joining_link: str) -> str:
    """Return the description of the calendar event, with the time in the zone of the meeting and in UTC."""
    with translation.override(meeting.coalition.language), timezone.override(UTC):
        lines = [f"{line.label}: {line.text}" for line in build_meeting_time_lines(meeting)]
        joining = [_("Join: %(link)s") % {"link": joining_link}] if joining_link else []
        reason = [meeting.cancellation_reason] if meeting.is_cancelled else []
    return "\n".join([*reason, *lines, *joining, build_absolute_url(meeting.get_absolute_url())])
