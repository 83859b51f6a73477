"""A series of meetings, such as a monthly call: each of them is a meeting of its own, at the same local time."""

from datetime import date, timedelta
from typing import Unpack

from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Coalition
from jukwaa.events.recurrence import build_recurrence_rule, list_recurring_dates
from jukwaa.meetings.actions.meetings import MeetingDetails, create_meeting_record, publish_meeting
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import Meeting, Series
from jukwaa.records.models import State

MAX_SERIES_SPAN = timedelta(days=366 * 5)


@action
def create_meeting_series(
    *, actor: Person, coalition: Coalition, title: str, again: str, count: int, **details: Unpack[MeetingDetails]
) -> Meeting:
    """Begin `count` meetings as drafts, on the days that the rule `again` gives, and return the first of them.

    A second press finds the first meeting, and begins nothing. Raises PermissionDenied.
    """
    first = create_meeting_record(actor=actor, coalition=coalition, title=title, **details)
    if first.series_id is not None or first.starts_on is None:
        return first
    rule = build_recurrence_rule(again, first.starts_on)
    first.series = Series.objects.create(coalition=coalition, title=title, rule=rule, time_zone=first.time_zone)
    first.save(update_fields=["series"])
    for day in _list_series_days_after(first.starts_on, rule, count):
        last = day + first.length if first.ends_on else None
        others = MeetingDetails(**{**details, "starts_on": day, "ends_on": last, "series": first.series})
        create_meeting_record(actor=actor, coalition=coalition, title=title, allows_same_title=True, **others)
    return first


def _list_series_days_after(first_day: date, repeat_rule: str, meeting_count: int) -> list[date]:
    return [
        day for day in list_recurring_dates(repeat_rule, first_day, first_day + MAX_SERIES_SPAN) if day > first_day
    ][: meeting_count - 1]


@action
def publish_meeting_series(*, actor: Person, meeting: Meeting, audience: InvitationAudience | None = None) -> int:
    """Publish a draft with the other drafts of its series. Return how many there were.

    `audience` says which members are invited to them; without one, all of them. Raises PermissionDenied.
    """
    together = Q(series=meeting.series_id) if meeting.series_id else Q(pk=meeting.pk)
    drafts = Meeting.objects.visible_to(actor).filter(together, state=State.DRAFT).select_related("coalition")
    ordered = drafts.order_by("order_day", "pk")
    return len([publish_meeting(actor=actor, meeting=each, audience=audience) for each in ordered])
