"""A meeting that has been scheduled, for the tests of its time, its cancellation and its joining link."""

from datetime import date, time
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.actions import create_meeting_record
from jukwaa.meetings.models import Meeting

BEFORE_MEETING = "2027-01-05 12:00Z"
JOINING_LINK = "https://meet.example.org/secret-room"
MEETING_FORM_DATA = {
    "title": "Monthly call",
    "starts_on": "2027-01-12",
    "precision": "day",
    "start_time": "15:00",
    "duration": "90",
    "time_zone": "Africa/Nairobi",
    "place": "Online",
    "joining_link": JOINING_LINK,
    "label": "TLP:CLEAR",
    "version": 0,
}


def schedule_meeting(coalition: Coalition, actor: Person, *, published: bool = True, **details: Any) -> Meeting:
    """On 12 January 2027, from 15:00 to 16:30 in Nairobi: 12:00 to 13:30 UTC."""
    usual: dict[str, Any] = {
        "title": "Monthly call",
        "starts_on": date(2027, 1, 12),
        "start_time": time(15),
        "time_zone": "Africa/Nairobi",
        "duration": 90,
        "place": "Online",
        "joining_link": JOINING_LINK,
    }
    return create_meeting_record(actor=actor, coalition=coalition, published=published, **(usual | details))


def list_meetings_by_day():
    return list(Meeting.objects.order_by("starts_on"))
