"""What the log of coordination meetings shows about a year."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.eligibility.coalition_year import MeetingsAttended
from jukwaa.eligibility.coordination.models import CoordinationMeeting
from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.meetings.times import get_local_day


def filter_past_meetings(meetings: Iterable[CoordinationMeeting], year: int) -> list[CoordinationMeeting]:
    """Return the meetings that are over and began before the end of the year in UTC, in their order."""
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    return [meeting for meeting in meetings if meeting.is_over and meeting.starts_at <= end]


def count_meetings_attended(meetings: list[CoordinationMeeting], year: int) -> MeetingsAttended:
    kinds = [meeting.attended for meeting in meetings if meeting.starts_at.astimezone(UTC).year == year]
    yes, no = CoordinationMeeting.Attended.YES.value, CoordinationMeeting.Attended.NO.value
    return MeetingsAttended(kinds.count(yes), kinds.count(no), kinds.count(""))


def find_last_contact(meetings: list[CoordinationMeeting], last_message_day: date | None = None) -> date | None:
    """Return the last day of contact with the forum: a meeting that was attended, or a message to or from it."""
    attended = (meeting for meeting in meetings if meeting.attended == CoordinationMeeting.Attended.YES)
    last = next(attended, None)
    days = [get_local_day(last.starts_at, last.time_zone) if last else None, last_message_day]
    return max((day for day in days if day), default=None)


def build_coordination_links(coalition: Coalition) -> dict[str, list[EvidenceLink]]:
    link = EvidenceLink(_("Coordination meetings"), reverse("eligibility:coordination_list", args=[coalition.slug]))
    return {name: [link] for name in ("coordination meetings", "last coordination")}
