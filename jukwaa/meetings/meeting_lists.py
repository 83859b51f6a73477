"""Lists over all meetings of a coalition: the meetings themselves, and what was agreed in them."""

import re
from datetime import UTC, date, datetime, time

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, ORGANISATION_NAME_FIELDS
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import (
    ROWS_PER_KEYSET_PAGE,
    KeysetPage,
    PageCursor,
    build_keyset_page,
    filter_from_row,
    filter_page_rows,
)
from jukwaa.core.prepared import execute_prepared
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Entry, EntryKind, Meeting
from jukwaa.records.models import State

MAX_UPCOMING_MEETINGS = 30
MAX_MEETINGS_PER_DAY = 20  # read beyond what is shown, since days differ from place to place
LATEST_MEETING_FIRST_ORDER = ("-order_day", "-pk")
MINUTES_ENTRY_ORDER = ("-meeting__order_day", "-meeting_id", "position", "pk")

# What the page of what was agreed says. Whole rows of all that hangs on an entry have a hundred columns.
LISTED_ENTRY_FIELDS = (
    *("kind", "language", "text", "position", "is_example"),
    *(f"meeting__{name}" for name in ("title", "language", "starts_on", "ends_on", "starts_at", "precision")),
    "meeting__order_day",
    *(f"commitment__{name}" for name in ("due_on", "due_text", "progress", "proposed_name", "withheld_text")),
    *(f"commitment__owner__{name}" for name in ("name", "coalition")),
    *(f"commitment__owner__organisation__{name}" for name in ORGANISATION_NAME_FIELDS),
    *(f"commitment__owner__person__{name}" for name in DISPLAYED_NAME_FIELDS),
)


def list_upcoming_meetings(
    viewer: Viewer, coalition: Coalition, max_count: int = MAX_UPCOMING_MEETINGS
) -> list[Meeting]:
    """Return published meetings that have not ended, the next one first."""
    found = (
        Meeting.objects.visible_to(viewer)
        .of(coalition)
        .upcoming(timezone.now())
        .select_related("minutes")[: max_count + MAX_MEETINGS_PER_DAY]
    )
    for meeting in found:
        meeting.coalition = coalition
    return sorted(found, key=get_meeting_sort_key)[:max_count]


def find_past_meetings(coalition: Coalition, max_count: int) -> QuerySet[Meeting]:
    """Return the latest public meetings that have ended, no made-up ones."""
    now = timezone.now()
    visible = Meeting.objects.visible_to(AnonymousUser()).of(coalition)
    published = visible.filter(state=State.PUBLISHED, cancelled_at=None)
    ended = published.filter(order_day__lt=now.date()).exclude(ends_at__gt=now).exclude(ends_on__gte=now.date())
    ended = ended.exclude(is_example=True)
    return ended.order_by(*LATEST_MEETING_FIRST_ORDER)[:max_count]


def get_meeting_sort_key(meeting: Meeting) -> tuple[datetime, int]:
    """Days are those of the place: two meetings of one day may be in another order, or of two days."""
    day = meeting.last_possible_first_day or date.max
    return meeting.starts_at or datetime.combine(day, time.max, tzinfo=UTC), meeting.pk


def get_meeting_page(viewer: Viewer, coalition: Coalition, page_cursor: PageCursor) -> KeysetPage[Meeting]:
    """The newest first, each with the number of decisions and commitments in it that this viewer may read."""
    return build_keyset_page(
        execute_prepared(_find_visible_meetings, viewer, coalition, *page_cursor.opened), page_cursor
    )


def _find_visible_meetings(
    viewer: Viewer, coalition: Coalition, before_pk: int | None, after_pk: int | None
) -> QuerySet[Meeting]:
    binding = Entry.objects.visible_to(viewer).filter(
        meeting=OuterRef("pk"), kind__in=BINDING_ENTRY_KINDS, state=State.PUBLISHED
    )
    counted = binding.order_by().values("meeting").annotate(number=Count("pk")).values("number")
    listed = Meeting.objects.visible_to(viewer).of(coalition).exclude(state=State.WITHDRAWN)
    listed = listed.annotate(agreed=Coalesce(Subquery(counted), 0))
    return filter_page_rows(listed, LATEST_MEETING_FIRST_ORDER, before_pk, after_pk)


def get_agreement_page(
    viewer: Viewer, coalition: Coalition, agreement_filters: dict[str, str], page_cursor: PageCursor
) -> KeysetPage[Entry]:
    """Return a page of decisions and commitments, those of the newest meeting first."""
    if any(agreement_filters.values()):
        return build_keyset_page(
            list(
                _find_visible_agreements(viewer, coalition, page_cursor.before, page_cursor.after, **agreement_filters)
            ),
            page_cursor,
        )
    return build_keyset_page(
        execute_prepared(_find_visible_agreements, viewer, coalition, *page_cursor.opened), page_cursor
    )


def _find_visible_agreements(
    viewer: Viewer, coalition: Coalition, before_pk: int | None, after_pk: int | None, **filters: str
) -> QuerySet[Entry]:
    meetings = Meeting.objects.of(coalition)
    entries = _limit_entries_to_page_meetings(
        find_published_binding_entries(viewer, coalition).filter(build_agreement_condition(filters, viewer, coalition)),
        meetings,
        before_pk,
        after_pk,
    )
    with_owners = entries.select_related("meeting", "commitment__owner__person", "commitment__owner__organisation")
    return filter_page_rows(with_owners.only(*LISTED_ENTRY_FIELDS), MINUTES_ENTRY_ORDER, before_pk, after_pk)


def find_latest_agreements(viewer: Viewer, coalition: Coalition, max_count: int) -> QuerySet[Entry]:
    """Return the latest decisions and commitments, no made-up ones, with their text and the title of the meeting."""
    promise = ("commitment__owner", "commitment__proposed_name", "commitment__withheld_text")
    shown = ("kind", "language", "text", "is_example", "meeting__title", "meeting__language", *promise)
    real = find_published_binding_entries(viewer, coalition).exclude(is_example=True)
    latest = find_latest_entries(real, Meeting.objects.of(coalition), max_count)
    return latest.select_related("meeting", "commitment").only(*shown)


def get_entry_page(entries: QuerySet[Entry], coalition: Coalition, page_cursor: PageCursor) -> KeysetPage[Entry]:
    """Return a page of these, those of the newest meeting first, in the order of its minutes."""
    of_page = _limit_entries_to_page_meetings(
        entries, Meeting.objects.of(coalition), page_cursor.before, page_cursor.after
    )
    return build_keyset_page(
        list(filter_page_rows(of_page, MINUTES_ENTRY_ORDER, page_cursor.before, page_cursor.after)), page_cursor
    )


def parse_year(text: str) -> int | None:
    """Return the year of meetings that an address asks for, or None for anything else."""
    return int(text) if re.fullmatch(r"[12][0-9]{3}", text) else None


def find_latest_entries(entries: QuerySet[Entry], meetings: QuerySet[Meeting], max_count: int) -> QuerySet[Entry]:
    """Return the first of these in the same order, of these meetings."""
    return _limit_entries_to_page_meetings(entries, meetings, max_count=max_count).order_by(*MINUTES_ENTRY_ORDER)[
        :max_count
    ]


def _limit_entries_to_page_meetings(
    entries: QuerySet[Entry],
    meetings: QuerySet[Meeting],
    before_pk: int | None = None,
    after_pk: int | None = None,
    max_count: int = ROWS_PER_KEYSET_PAGE,
) -> QuerySet[Entry]:
    """Return those of the meetings that a page is filled from: each of them holds at least one."""
    return entries.filter(
        meeting__in=_find_meetings_with_entries(entries, meetings, before_pk, after_pk)[: max_count + 1]
    )


def _find_meetings_with_entries(
    entries: QuerySet[Entry], meetings: QuerySet[Meeting], before_pk: int | None, after_pk: int | None
) -> QuerySet[Meeting, int]:
    """Return the meetings that have such entries, in their order, without sorting all entries."""
    holding = meetings.filter(Exists(entries.filter(meeting=OuterRef("pk"))))
    place = before_pk if before_pk is not None else after_pk
    meeting = Subquery(Entry.objects.filter(pk=place).values("meeting")[:1]) if place is not None else None
    newest = filter_from_row(
        holding, LATEST_MEETING_FIRST_ORDER, meeting, goes_backwards=before_pk is not None, includes_start_row=True
    )
    return newest.values_list("pk", flat=True)


def find_published_binding_entries(viewer: Viewer, coalition: Coalition) -> QuerySet[Entry]:
    return (
        Entry.objects.visible_to(viewer)
        .of(coalition)
        .filter(kind__in=BINDING_ENTRY_KINDS, state=State.PUBLISHED, meeting__state=State.PUBLISHED)
    )


def build_agreement_condition(agreement_filters: dict[str, str], viewer: Viewer, coalition: Coalition) -> Q:
    """What the filters of the page leave."""
    wanted = Q()
    if kind := agreement_filters.get("kind"):
        wanted &= Q(kind=kind)
    if state := agreement_filters.get("state"):
        wanted &= Q(kind=EntryKind.COMMITMENT, commitment__progress=state)
    if owner := agreement_filters.get("owner"):
        wanted &= build_owner_condition(owner, viewer, coalition)
    return wanted


def build_owner_condition(owner_query: str, viewer: Viewer, coalition: Coalition) -> Q:
    """Return the condition that a confirmed owner of a commitment has this in its name.

    Names as written may be of people, so only members find commitments by them, or by an owner who has not confirmed.
    """
    organisation = "commitment__owner__organisation__"
    named = Q(**{f"{organisation}name__icontains": owner_query}) | Q(
        **{f"{organisation}acronym__icontains": owner_query}
    )
    if not Standing(viewer, coalition).is_inside:
        return named
    proposed = Q(commitment__proposed_name__icontains=owner_query) | Q(
        commitment__proposed_organisation__name__icontains=owner_query
    )
    written = Q(commitment__owner__name__icontains=owner_query, commitment__owner__person__isnull=True)
    return named | written | (Q(commitment__owner__isnull=True) & proposed)
