"""The events of an iCalendar file (RFC 5545), each occurrence of a recurring one by itself, within a window of days."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from jukwaa.core.documents.child.text_builder import FileUnreadableError, OnPage

UNSUPPORTED_RECURRENCE_FREQUENCIES = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
# A value that is not known counts as PRIVATE (RFC 5545, 3.8.1.3).
PUBLIC_EVENT_CLASSES = frozenset({"", "PUBLIC"})
ONE_MINUTE, LONGEST_NIGHT = timedelta(minutes=1), timedelta(hours=12)
MAX_EVENT_TEXT_LENGTH = 400  # characters of a title or a place
_LINK_PATTERN = re.compile(r"https?://[^\s<>()\"']+", re.IGNORECASE)
# A link of a description opens the call if it stands after "Join", or if its address names such a service.
_JOIN_PATTERN = re.compile(
    r"(?:\bjoin\b|rejoindre|participer|unirse|únete|unirte|teilnehmen|beitreten|entrar|انضم)[^\n]{0,60}$", re.IGNORECASE
)
_CALL_SERVICE_PATTERN = re.compile(
    r"//(?:[^/]*\.)?(?:meet|zoom|teams|webex|jitsi|visio|whereby|bbb|bigbluebutton|gotomeeting)\b", re.IGNORECASE
)
# A link with which the host starts a call gives anyone who opens it the rights of the host.
_HOST_LINK_PATTERN = re.compile(r"//[^/]*zoom[^/]*/s/|[?&;]zak=", re.IGNORECASE)
# What the parser raises for files that are no calendar, or a broken one.
CALENDAR_PARSE_ERRORS = (ValueError, LookupError, AttributeError, TypeError)


def read(path: Path, orders: dict[str, Any], _on_page: OnPage) -> dict[str, Any]:
    """Return the events that begin between the days `since` and `until`, at most `events` of them.

    Raises Refusal for a file that is no calendar, or has more events. Events that can't be read, or that recur every
    hour or more often, are counted in `skipped`.
    """
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except CALENDAR_PARSE_ERRORS as error:
        raise FileUnreadableError("not_a_calendar") from error
    if not isinstance(calendar, Calendar):
        raise FileUnreadableError("not_a_calendar")
    zone = _clean_event_text(calendar.get("X-WR-TIMEZONE"))
    skipped = _remove_unusable_events(calendar)
    recurring = _find_recurring_uids(calendar)
    events: list[dict[str, Any]] = []
    for event in _find_event_occurrences(
        calendar, date.fromisoformat(orders["since"]), date.fromisoformat(orders["until"])
    ):
        try:
            events.append(_serialize_event(event, zone, recurring))
        except CALENDAR_PARSE_ERRORS:
            skipped += 1
        if len(events) > orders["events"]:
            raise FileUnreadableError("many_events")
    return {"title": _clean_event_text(calendar.get("X-WR-CALNAME")), "events": events, "skipped": skipped}


def _remove_unusable_events(ical_calendar: Calendar) -> int:
    """Take out events without a start, and those of which a day has more than one. Return how many they were."""
    usable = [each for each in ical_calendar.subcomponents if not isinstance(each, Event) or _is_usable_event(each)]
    removed = len(ical_calendar.subcomponents) - len(usable)
    ical_calendar.subcomponents[:] = usable
    return removed


def _is_usable_event(event: Event) -> bool:
    found: Any = event.get("RRULE", [])
    rules = found if isinstance(found, list) else [found]
    frequencies = {str(each).upper() for rule in rules for each in rule.get("FREQ", [])}
    return "DTSTART" in event and "UID" in event and not frequencies & UNSUPPORTED_RECURRENCE_FREQUENCIES


def _find_event_occurrences(ical_calendar: Calendar, first_day: date, last_day: date) -> Any:
    """Year by year, so that what is too much is noticed before all of it has been computed."""
    query = recurring_ical_events.of(ical_calendar, keep_recurrence_attributes=True, skip_bad_series=True)
    start = first_day
    while start <= last_day:
        end = min(start.replace(month=1, day=1).replace(year=start.year + 1), last_day + timedelta(days=1))
        for event in query.between(start, end):
            if start <= _get_start_day(event) < end:  # and not one that began the year before
                yield event
        start = end


def _get_property_value(event: Event, property_name: str) -> Any:
    """Return the date, the time or the duration of a property."""
    value: Any = event[property_name]
    return value.dt


def _get_start_day(event: Event) -> date:
    start = _get_property_value(event, "DTSTART")
    return start.date() if isinstance(start, datetime) else start


def _serialize_event(event: Event, zone_of_calendar: str, recurring_uids: frozenset[str]) -> dict[str, Any]:
    start, zone = _get_local_start(_get_property_value(event, "DTSTART"), zone_of_calendar)
    uid = str(event["UID"])
    return {
        "uid": uid,
        # The library gives every occurrence a RECURRENCE-ID; an event that does not recur is known by its UID alone.
        "occurrence": _format_occurrence_id(_get_property_value(event, "RECURRENCE-ID"))
        if uid in recurring_uids
        else "",
        "title": _clean_event_text(event.get("SUMMARY")),
        "day": f"{start:%Y-%m-%d}",
        "hour": f"{start:%H:%M}" if isinstance(start, datetime) else "",
        "fold": start.fold if isinstance(start, datetime) else 0,
        "zone": zone,
        "minutes": _count_event_minutes(event),
        "last_day": _get_last_day(event, start),
        "place": _clean_event_text(event.get("LOCATION")),
        "is_cancelled": _clean_event_text(event.get("STATUS")).upper() == "CANCELLED",
        "is_tentative": _clean_event_text(event.get("STATUS")).upper() == "TENTATIVE",
        "is_reminder": not isinstance(start, datetime)
        and _clean_event_text(event.get("TRANSP")).upper() == "TRANSPARENT",
        "call_link": _find_call_link(event),
        "is_private": _clean_event_text(event.get("CLASS")).upper() not in PUBLIC_EVENT_CLASSES,
    }


def _find_call_link(event: Event) -> str:
    """Return the address of the video call, from the property of a calendar program or from the description.

    Links of the host are for the host alone, and a link that is too long would be broken if it were cut.
    """
    for name in ("X-GOOGLE-CONFERENCE", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"):
        link = _LINK_PATTERN.match(str(event.get(name) or "").replace("\x00", "").strip())
        if link and _can_be_shared(link[0]):
            return link[0]
    description = str(event.get("DESCRIPTION") or "").replace("\x00", "")
    for link in _LINK_PATTERN.finditer(description):
        before = description[max(0, link.start() - MAX_EVENT_TEXT_LENGTH) : link.start()]
        is_call = _JOIN_PATTERN.search(before) or _CALL_SERVICE_PATTERN.search(link[0])
        if is_call and _can_be_shared(link[0]):
            return link[0].rstrip(".,;")
    return ""


def _can_be_shared(link: str) -> bool:
    return len(link) <= MAX_EVENT_TEXT_LENGTH and not _HOST_LINK_PATTERN.search(link)


def _find_recurring_uids(ical_calendar: Calendar) -> frozenset[str]:
    rules = ("RRULE", "RDATE", "RECURRENCE-ID")
    return frozenset(
        str(each.get("UID", "")) for each in ical_calendar.walk("VEVENT") if any(name in each for name in rules)
    )


def _format_occurrence_id(occurrence: date | datetime) -> str:
    if isinstance(occurrence, datetime):
        return (occurrence if occurrence.tzinfo is None else occurrence.astimezone(UTC)).isoformat()
    return occurrence.isoformat()


def _get_local_start(event_start: date | datetime, zone_of_calendar: str) -> tuple[date | datetime, str]:
    """Return the local time that was agreed, and the name of its zone: UTC where the zone has no known name."""
    if not isinstance(event_start, datetime) or event_start.tzinfo is None:
        return event_start, zone_of_calendar if isinstance(event_start, datetime) else ""
    key = getattr(event_start.tzinfo, "key", None)
    if key and key != "UTC":
        return event_start, str(key)
    try:
        return event_start.astimezone(ZoneInfo(zone_of_calendar or "UTC")), zone_of_calendar or "UTC"
    except (LookupError, ValueError):
        return event_start.astimezone(UTC), "UTC"


def _count_event_minutes(event: Event) -> int | None:
    start, end = _get_property_value(event, "DTSTART"), _get_event_end(event)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    return int((end - start).total_seconds() // 60)


def _get_event_end(event: Event) -> date | datetime | None:
    end: date | datetime | None = _get_property_value(event, "DTEND") if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = _get_property_value(event, "DTSTART") + _get_property_value(event, "DURATION")
    return end


def _get_last_day(event: Event, local_start: date | datetime) -> str:
    """Return the last day of an event of several days, in the zone of its start; otherwise an empty text.

    The end of an event is not part of it (RFC 5545, 3.6.1): whole days end on the day after the last one. An event with
    hours that goes on after midnight takes several days if it is longer than a night.
    """
    start, end = _get_property_value(event, "DTSTART"), _get_event_end(event)
    if end is None or isinstance(start, datetime) != isinstance(end, datetime):
        return ""
    if isinstance(local_start, datetime) and isinstance(start, datetime) and isinstance(end, datetime):
        is_night = end - start <= LONGEST_NIGHT
        last = local_start.date() if is_night else (_convert_to_zone_of(end, local_start) - ONE_MINUTE).date()
        return f"{last:%Y-%m-%d}" if last > local_start.date() else ""
    last = end - timedelta(days=1)
    return f"{last:%Y-%m-%d}" if last > local_start else ""


def _convert_to_zone_of(moment: datetime, local_datetime: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(local_datetime.tzinfo)


def _clean_event_text(event_text: object) -> str:
    """PostgreSQL takes no NUL."""
    return " ".join(str(event_text if event_text is not None else "").replace("\x00", "").split())[
        :MAX_EVENT_TEXT_LENGTH
    ]
