"""Lists over the commitments of a coalition, and over the offers and requests made in its meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, ORGANISATION_NAME_FIELDS
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor
from jukwaa.meetings.meeting_lists import LISTED_ENTRY_FIELDS, build_owner_condition, get_entry_page, parse_year
from jukwaa.meetings.models import (
    ANSWERABLE_ENTRY_KINDS,
    OPEN_COMMITMENT_PROGRESS,
    Commitment,
    CommitmentChange,
    Entry,
    EntryKind,
    Meeting,
)
from jukwaa.records.models import State

MAX_PK_DIGITS = 18
COMMITMENT_OWNER_RELATIONS = ("meeting", "part", "commitment__owner__organisation", "commitment__owner__person")
LISTED_COMMITMENT_FIELDS = (*LISTED_ENTRY_FIELDS, "title", "part__chatham", "commitment__withheld_title")
LISTED_RESPONSE_FIELDS = (
    *("kind", "language", "text", "is_example", "response", "meeting__title", "meeting__language"),
    *(
        "taken_up_by__name",
        "taken_up_by__coalition",
        *(f"taken_up_by__organisation__{name}" for name in ORGANISATION_NAME_FIELDS),
        *(f"taken_up_by__person__{name}" for name in DISPLAYED_NAME_FIELDS),
    ),
)
CommitmentProgress = Commitment.Progress


@dataclass(frozen=True)
class CommitmentFilters:
    """What of the list is shown. What an address says beyond that means nothing."""

    status: str = ""
    owner: str = ""
    meeting: int | None = None
    year: int | None = None

    STATUSES: ClassVar[Mapping[str, str | Promise]] = {
        "open": pgettext_lazy("commitment", "open"),
        "done": pgettext_lazy("commitment", "done"),
        "dropped": pgettext_lazy("commitment", "dropped"),
    }

    @classmethod
    def parse_query(cls, query_values: Mapping[str, Any]) -> Self:
        status, number = str(query_values.get("status", "")), str(query_values.get("meeting", ""))
        is_number = number.isascii() and number.isdecimal() and len(number) <= MAX_PK_DIGITS
        return cls(
            status=status if status in cls.STATUSES else "",
            owner=str(query_values.get("owner", "")).strip()[:100],
            meeting=int(number) if is_number else None,
            year=parse_year(str(query_values.get("year", ""))),
        )

    @property
    def has_any_filter(self) -> bool:
        return bool(self.status or self.owner or self.meeting or self.year)

    def find_meeting(self, viewer: Viewer, coalition: Coalition) -> Meeting | None:
        if self.meeting is None:
            return None
        return Meeting.objects.visible_to(viewer).of(coalition).filter(pk=self.meeting).first()

    def build_filter_condition(self, viewer: Viewer, coalition: Coalition) -> Q:
        """Return the condition on entries. A commitment is among those of a meeting to which it was carried forward."""
        wanted = Q()
        if self.status:
            chosen = {
                "open": OPEN_COMMITMENT_PROGRESS,
                "done": (CommitmentProgress.KEPT,),
                "dropped": (CommitmentProgress.DROPPED,),
            }[self.status]
            wanted &= Q(commitment__progress__in=chosen)
        if self.owner:
            wanted &= build_owner_condition(self.owner, viewer, coalition)
        if self.year:
            wanted &= Q(meeting__starts_on__year=self.year)
        if self.meeting is not None:
            carried = CommitmentChange.objects.filter(commitment__entry=OuterRef("pk"), meeting=self.meeting)
            wanted &= Q(meeting=self.meeting) | Q(Exists(carried))
        return wanted


@dataclass(frozen=True)
class CommitmentYearCounts:
    """How many commitments were made in the meetings of a year, and what has become of them."""

    year: int | None
    made: int
    done: int
    open: int
    dropped: int


def find_commitment_entries(
    viewer: Viewer, coalition: Coalition, commitment_filters: CommitmentFilters
) -> QuerySet[Entry]:
    """Return the entries of the commitments that the viewer may read, in no order."""
    entries = Entry.objects.visible_to(viewer).of(coalition)
    made = entries.filter(kind=EntryKind.COMMITMENT, commitment__isnull=False, state=State.PUBLISHED)
    return made.filter(commitment_filters.build_filter_condition(viewer, coalition), meeting__state=State.PUBLISHED)


def get_commitment_page(
    viewer: Viewer, coalition: Coalition, commitment_filters: CommitmentFilters, page_cursor: PageCursor
) -> KeysetPage[Entry]:
    """Return a page of them, those of the newest meeting first."""
    made = find_commitment_entries(viewer, coalition, commitment_filters)
    with_owners = made.select_related(*COMMITMENT_OWNER_RELATIONS).only(*LISTED_COMMITMENT_FIELDS)
    return get_entry_page(with_owners, coalition, page_cursor)


def count_commitments_by_year(viewer: Viewer, coalition: Coalition) -> list[CommitmentYearCounts]:
    """Return a row for each year in which commitments were made, the newest first. Nobody is named, nothing is late.

    All of them are counted, so they are counted once for each reader until something changes.
    """
    return get_or_build_cached(
        coalition, f"commitments-by-year-{viewer.pk}", lambda: _query_counts_by_year(viewer, coalition)
    )


def _query_counts_by_year(viewer: Viewer, coalition: Coalition) -> list[CommitmentYearCounts]:
    made = find_commitment_entries(viewer, coalition, CommitmentFilters()).order_by()
    rows = made.values(year=ExtractYear("meeting__starts_on")).annotate(
        made=Count("pk"),
        done=Count("pk", filter=Q(commitment__progress=CommitmentProgress.KEPT)),
        open=Count("pk", filter=Q(commitment__progress__in=OPEN_COMMITMENT_PROGRESS)),
        dropped=Count("pk", filter=Q(commitment__progress=CommitmentProgress.DROPPED)),
    )
    return sorted(
        (CommitmentYearCounts(**row) for row in rows), key=lambda each: each.year or date.min.year, reverse=True
    )


def get_offer_and_request_page(
    viewer: Viewer, coalition: Coalition, status: str, page_cursor: PageCursor
) -> KeysetPage[Entry]:
    """Return a page of the offers and requests that were made in meetings, those of the newest meeting first."""
    entries = Entry.objects.visible_to(viewer).of(coalition)
    rows = entries.filter(kind__in=ANSWERABLE_ENTRY_KINDS, state=State.PUBLISHED, meeting__state=State.PUBLISHED)
    rows = rows.filter(response=status) if status else rows
    with_names = rows.select_related("meeting", "taken_up_by__person", "taken_up_by__organisation").only(
        *LISTED_RESPONSE_FIELDS
    )
    return get_entry_page(with_names, coalition, page_cursor)


def find_open_commitments(coalition: Coalition) -> QuerySet[Entry]:
    """Return the entries of all open commitments, those due first first, for the agenda of the next meeting.

    Who may read them is for the caller to ask: `find_open_commitments(coalition).filter(...)` or `visible_to`.
    """
    rows = Entry.objects.filter(coalition=coalition, kind=EntryKind.COMMITMENT, state=State.PUBLISHED)
    rows = rows.filter(commitment__progress__in=OPEN_COMMITMENT_PROGRESS).select_related(*COMMITMENT_OWNER_RELATIONS)
    return rows.order_by("commitment__due_on", "pk")
