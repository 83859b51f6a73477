"""The meetings of a series in their order: the one before and the one after a meeting, and all of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.meetings.guests import is_guest
from jukwaa.meetings.meeting_lists import LATEST_MEETING_FIRST_ORDER, LISTED_ENTRY_FIELDS
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Entry, Meeting, MeetingQuerySet, Series
from jukwaa.meetings.participants import build_invited_condition
from jukwaa.records.models import State

SHOWN_MEETING_STATES = (State.PUBLISHED, State.SUBMITTED, State.DRAFT)
LISTED_SERIES_MEETING_FIELDS = [name for name in LISTED_ENTRY_FIELDS if not name.startswith("meeting__")]
SERIES_MEETINGS_PER_PAGE = 5  # each with all that was agreed there


@dataclass(frozen=True)
class SeriesNeighbours:
    previous: Meeting | None = None
    next: Meeting | None = None


def sort_series_neighbours(meeting: Meeting, neighbour_meetings: list[Meeting]) -> SeriesNeighbours:
    """Return which of the neighbours of a meeting is before it and which after it."""
    place = (meeting.order_day, meeting.pk)
    for each in neighbour_meetings:
        each.coalition = meeting.coalition
    before = [each for each in neighbour_meetings if (each.order_day, each.pk) < place]
    after = [each for each in neighbour_meetings if (each.order_day, each.pk) > place]
    return SeriesNeighbours(before[0] if before else None, after[0] if after else None)


def find_series_neighbours(
    viewer: Viewer, coalition: Coalition, pk: int, meeting_day: date, series: int | None
) -> QuerySet[Meeting]:
    """Return the meetings before and after this one in its series, or in the coalition if it has no series.

    Meetings without a date are in no order, and cancelled ones have no minutes.
    """
    listed = Meeting.objects.visible_to(viewer).of(coalition)
    listed = listed.filter(state=State.PUBLISHED, cancelled_at__isnull=True, starts_on__isnull=False)
    listed = listed.filter(series=series) if series is not None else listed
    before = listed.filter(Q(order_day__lt=meeting_day) | Q(order_day=meeting_day, pk__lt=pk)).order_by(
        "-order_day", "-pk"
    )
    after = listed.filter(Q(order_day__gt=meeting_day) | Q(order_day=meeting_day, pk__gt=pk)).order_by(
        "order_day", "pk"
    )
    return Meeting.objects.filter(Q(pk__in=before.values("pk")[:1]) | Q(pk__in=after.values("pk")[:1]))


def find_this_and_later_meetings(viewer: Viewer, meeting: Meeting) -> MeetingQuerySet:
    """Return a meeting and the later ones of its series that have not started, as far as the viewer may read them."""
    visible = Meeting.objects.visible_to(viewer).of(meeting.coalition).select_related("coalition")
    later = Q(order_day__gt=meeting.order_day) | Q(order_day=meeting.order_day, pk__gte=meeting.pk)
    to_come = Q(starts_at=None, order_day__gte=timezone.localdate()) | Q(starts_at__gt=timezone.now())
    found = visible.filter(later, to_come, series=meeting.series_id, cancelled_at__isnull=True)
    return found.filter(series__isnull=False, state__in=SHOWN_MEETING_STATES)


def find_later_meetings(person: Person, meeting: Meeting) -> list[Meeting]:
    """Return the later meetings of a series to which a member or a guest can reply, in their order."""
    if meeting.series_id is None:
        return []
    rows = find_this_and_later_meetings(person, meeting).filter(state=State.PUBLISHED).exclude(pk=meeting.pk)
    later = list(rows.order_by("order_day", "pk"))
    if later and not Standing(person, meeting.coalition).has_seat:
        return [each for each in later if is_guest(person.pk, each)]
    limited = [each.pk for each in later if each.invites != Meeting.Invites.EVERYONE]
    if not limited:
        return later
    invited = {*rows.filter(build_invited_condition(person.pk)).values_list("pk", flat=True)}
    return [each for each in later if each.pk in invited]


def get_series_page(viewer: Viewer, series: Series, page_cursor: PageCursor) -> KeysetPage[Meeting]:
    """Return a page of the published meetings of a series, the latest first.

    Each has `binding`: the decisions and commitments made there that the viewer may read.
    """
    meetings = Meeting.objects.visible_to(viewer).of(series.coalition).filter(series=series, state=State.PUBLISHED)
    page = get_page(meetings, LATEST_MEETING_FIRST_ORDER, page_cursor, page_size=SERIES_MEETINGS_PER_PAGE)
    entries = Entry.objects.visible_to(viewer).filter(
        kind__in=BINDING_ENTRY_KINDS, state=State.PUBLISHED, meeting__in=[meeting.pk for meeting in page.rows]
    )
    with_owners = entries.select_related("commitment__owner__person", "commitment__owner__organisation")
    with_owners = with_owners.only("meeting", *LISTED_SERIES_MEETING_FIELDS)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in with_owners.order_by("position", "pk"):
        found[entry.meeting_id].append(entry)
    for meeting in page.rows:
        meeting.coalition = series.coalition
        meeting.binding = found[meeting.pk]  # type: ignore[attr-defined]  # for the page
    return page
