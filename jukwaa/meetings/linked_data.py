"""Meetings for machines, in the vocabulary of schema.org."""

from typing import Any

from jukwaa.coalitions.linked_data import build_linked_coalition_reference, build_linked_place
from jukwaa.core.linked_data import format_linked_date
from jukwaa.meetings.models import Meeting
from jukwaa.records.linked_data import build_record_linked_data

EVENT_STATUS_BY_CANCELLATION = {True: "https://schema.org/EventCancelled", False: "https://schema.org/EventScheduled"}
ATTENDANCE_MODE_BY_PLACE_AND_LINK = {  # (has a place, can be joined by everyone online)
    (True, True): "https://schema.org/MixedEventAttendanceMode",
    (True, False): "https://schema.org/OfflineEventAttendanceMode",
    (False, True): "https://schema.org/OnlineEventAttendanceMode",
}
# How much of a date is known, as ISO 8601 writes it.
DAY_FORMAT_BY_PRECISION = {
    Meeting.Precision.DAY: "%Y-%m-%d",
    Meeting.Precision.MONTH: "%Y-%m",
    Meeting.Precision.YEAR: "%Y",
}


def build_meeting_linked_data(meeting: Meeting) -> dict[str, Any] | None:
    """Return a meeting as an event. The joining link is in it only if it is public."""
    place = build_linked_place(meeting.place, meeting.country)
    joining_link = meeting.joining_link if meeting.joining_link_is_public else ""
    online = {"@type": "VirtualLocation", "url": joining_link} if joining_link else {}
    return build_record_linked_data(
        "Event",
        meeting,
        startDate=format_linked_date(meeting.starts_at) or _format_meeting_iso_day(meeting),
        endDate=format_linked_date(meeting.ends_at or meeting.ends_on),
        eventStatus=EVENT_STATUS_BY_CANCELLATION[meeting.is_cancelled],
        eventAttendanceMode=ATTENDANCE_MODE_BY_PLACE_AND_LINK.get((bool(place), bool(online)), ""),
        location=[each for each in (place, online) if each],
        organizer=build_linked_coalition_reference(meeting.coalition),
        superEvent={"@type": "Event", "name": meeting.forum} if meeting.forum else {},
        sameAs=meeting.public_source,
    )


def _format_meeting_iso_day(meeting: Meeting) -> str:
    if meeting.starts_on is None or meeting.precision not in DAY_FORMAT_BY_PRECISION:
        return ""
    return meeting.starts_on.strftime(DAY_FORMAT_BY_PRECISION[Meeting.Precision(meeting.precision)])
