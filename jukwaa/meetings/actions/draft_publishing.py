"""Publishing several drafts of meetings at once, such as those that were imported from a calendar."""

from collections import defaultdict
from collections.abc import Iterable

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings.actions.meetings import publish_meeting
from jukwaa.meetings.models import Meeting, Series
from jukwaa.records.models import State


@action
def publish_draft_meetings(*, actor: Person, meetings: Iterable[Meeting]) -> int:
    """Publish these drafts, and return how many there were. Raises PermissionDenied.

    Several of one title become a series: members are invited to a series once, and not to each of its meetings.
    """
    rows = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings], state=State.DRAFT)
    locked = [meeting.pk for meeting in lock_rows(rows.order_by("pk"))]
    drafts = list(Meeting.objects.filter(pk__in=locked).select_related("coalition").order_by("order_day", "pk"))
    _create_series_of_same_title(drafts)
    return len([publish_meeting(actor=actor, meeting=meeting) for meeting in drafts])


def _create_series_of_same_title(drafts: list[Meeting]) -> None:
    by_title: dict[tuple[int, str], list[Meeting]] = defaultdict(list)
    for meeting in drafts:
        if meeting.series_id is None:
            by_title[meeting.coalition_id, meeting.title].append(meeting)
    for (_coalition, title), together in by_title.items():
        if len(together) == 1:
            continue
        first = together[0]
        series = Series.objects.create(coalition=first.coalition, title=title[:200], time_zone=first.time_zone)
        for meeting in together:
            meeting.series = series
            meeting.save(update_fields=["series"])
