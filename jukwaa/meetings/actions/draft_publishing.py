"""Publishing several drafts of meetings at once, such as those that were imported from a calendar."""

from collections import defaultdict
from collections.abc import Iterable

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings.actions.meetings import publish_meeting
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import ImportedEvent, Meeting, Series
from jukwaa.records.models import State


@action
def publish_draft_meetings(
    *, actor: Person, meetings: Iterable[Meeting], audience: InvitationAudience | None = None
) -> int:
    """Publish these drafts, and return how many there were. Without an audience, all members are invited.

    Raises PermissionDenied.

    Several of one title become a series, and imported ones join that of an earlier import: members are invited to
    what is published together once, and not to each of the meetings.
    """
    rows = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings], state=State.DRAFT)
    locked = [meeting.pk for meeting in lock_rows(rows.order_by("pk"))]
    drafts = list(Meeting.objects.filter(pk__in=locked).select_related("coalition").order_by("order_day", "pk"))
    _assign_series_by_title(drafts)
    return len([publish_meeting(actor=actor, meeting=meeting, audience=audience) for meeting in drafts])


def _assign_series_by_title(drafts: list[Meeting]) -> None:
    by_title: dict[tuple[int, str], list[Meeting]] = defaultdict(list)
    for meeting in drafts:
        if meeting.series_id is None:
            by_title[meeting.coalition_id, meeting.title].append(meeting)
    for (_coalition, title), together in by_title.items():
        series = _find_imported_series(together) or _create_series_if_several(together, title)
        for meeting in together if series else []:
            meeting.series = series
            meeting.save(update_fields=["series"])


def _find_imported_series(drafts: list[Meeting]) -> Series | None:
    """Return the series that earlier meetings of an imported calendar began, if these are imported too."""
    first = drafts[0]
    if not ImportedEvent.objects.filter(meeting__in=drafts).exists():
        return None
    earlier = Meeting.objects.filter(coalition=first.coalition_id, title=first.title, imported_event__isnull=False)
    latest = earlier.filter(series__isnull=False).select_related("series").order_by("-order_day", "-pk").first()
    return latest.series if latest else None


def _create_series_if_several(drafts: list[Meeting], title: str) -> Series | None:
    first = drafts[0]
    if len(drafts) == 1:
        return None
    return Series.objects.create(coalition=first.coalition, title=title[:200], time_zone=first.time_zone)
