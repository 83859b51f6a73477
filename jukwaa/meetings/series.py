"""The meetings of a series in their order: the one before and the one after a meeting, and all of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.meetings.guests import is_guest
from jukwaa.meetings.meeting_lists import LATEST_MEETING_FIRST_ORDER, LISTED_ENTRY_FIELDS
from jukwaa.meetings.meeting_titles import find_meetings_belonging_together
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Entry, Meeting, MeetingQuerySet, Series
from jukwaa.meetings.participants import build_invited_condition
from jukwaa.records.models import State

SHOWN_MEETING_STATES = (State.PUBLISHED, State.SUBMITTED, State.DRAFT)
LISTED_SERIES_MEETING_FIELDS = [name for name in LISTED_ENTRY_FIELDS if not name.startswith("meeting__")]
MAX_LATER_MEETINGS = 4  # shown on the page of a meeting
MAX_MEETINGS_AROUND = 20  # on each side, among which those are sought that belong together
# What pages show of a neighbour, and what says whether it is over.
NEIGHBOUR_FIELDS = (
    *("kind", "title", "language", "starts_on", "ends_on", "starts_at", "ends_at", "duration", "time_zone"),
    *("precision", "order_day", "cancelled_at", "series"),
)
SERIES_MEETINGS_PER_PAGE = 5  # each with all that was agreed there


@dataclass(frozen=True)
class SeriesNeighbours:
    """The meetings before and after a meeting that belong together with it, and the next ones of those."""

    previous: Meeting | None = None
    next: Meeting | None = None
    later: tuple[Meeting, ...] = ()


def find_series_neighbours(viewer: Viewer, meeting: Meeting) -> SeriesNeighbours:
    if meeting.starts_on is None:
        return SeriesNeighbours()
    around = find_meetings_around(viewer, meeting.coalition, meeting, meeting.starts_on).only(*NEIGHBOUR_FIELDS)
    return select_series_neighbours(meeting, list(around.order_by("order_day", "pk")))


def select_series_neighbours(meeting: Meeting, meetings_around: list[Meeting]) -> SeriesNeighbours:
    """Return the neighbours among the meetings around a meeting, which are in their order.

    `find_meetings_belonging_together` says which of them are.
    """
    for each in meetings_around:
        each.coalition = meeting.coalition
    together = find_meetings_belonging_together(meeting, meetings_around)
    place = (meeting.order_day, meeting.pk)
    before = [each for each in together if (each.order_day, each.pk) < place]
    after = [each for each in together if (each.order_day, each.pk) > place]
    later = [each for each in after if each.order_day > meeting.order_day]
    return SeriesNeighbours(
        before[-1] if before else None, after[0] if after else None, tuple(later[:MAX_LATER_MEETINGS])
    )


def find_meetings_around(
    viewer: Viewer, coalition: Coalition, meeting: Meeting, meeting_day: date
) -> QuerySet[Meeting]:
    """Return the last meetings before this one and the first ones after it, of all and of its series.

    Meetings without a date are in no order, and cancelled ones have no minutes.
    """
    listed = Meeting.objects.visible_to(viewer).of(coalition)
    listed = listed.filter(state=State.PUBLISHED, cancelled_at__isnull=True, starts_on__isnull=False)
    before = listed.filter(Q(order_day__lt=meeting_day) | Q(order_day=meeting_day, pk__lt=meeting.pk))
    after = listed.filter(Q(order_day__gt=meeting_day) | Q(order_day=meeting_day, pk__gt=meeting.pk))
    before, after = before.order_by("-order_day", "-pk"), after.order_by("order_day", "pk")
    of_series = Q(series=Subquery(Meeting.objects.filter(pk=meeting.pk).values("series")[:1]))
    near = Q(pk__in=before.values("pk")[:MAX_MEETINGS_AROUND]) | Q(pk__in=after.values("pk")[:MAX_MEETINGS_AROUND])
    near |= Q(pk__in=before.filter(of_series).values("pk")[:1])
    near |= Q(pk__in=after.filter(of_series).values("pk")[:MAX_LATER_MEETINGS])
    return Meeting.objects.filter(near)


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
