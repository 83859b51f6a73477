"""What stands in each list, for its reader, as its address says: the whole of it rather than a page."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from jukwaa.coalitions.http import Request
from jukwaa.library.item_lists import NEWEST_ITEM_FIRST, ItemFilters
from jukwaa.library.models import Item
from jukwaa.meetings.commitments import COMMITMENT_OWNER_RELATIONS, CommitmentFilters, find_commitment_entries
from jukwaa.meetings.decisions import find_decision_entries, parse_decision_filters
from jukwaa.meetings.meeting_lists import (
    LATEST_MEETING_FIRST_ORDER,
    MINUTES_ENTRY_ORDER,
    build_agreement_condition,
    find_published_binding_entries,
)
from jukwaa.meetings.models import Entry, Erratum, Meeting
from jukwaa.meetings.views.public_pages import parse_agreement_filters
from jukwaa.records import index
from jukwaa.records.models import NEWEST_RECORD_FIRST, Document, Record, State
from jukwaa.search.search_requests import load_areas_of_work, parse_search_request

EXPORT_ROWS_PER_CHUNK = 500
TRUNCATED_ROWS_MARKER: Final = "more"  # in place of the rows that a list has beyond those that it leads to


def iter_library_items(request: Request) -> Iterator[Item]:
    listed = Item.objects.visible_to(request.user).of(request.coalition).filter(state=State.PUBLISHED)
    filters = ItemFilters.parse(request.GET)
    if filters.kind:
        listed = listed.filter(kind=filters.kind)
    listed = listed.filter(filters.build_filter_condition()).prefetch_related("authorships__capacity", "areas")
    yield from _iter_rows_with_coalition(
        listed.order_by(*(NEWEST_ITEM_FIRST if filters.by_date else NEWEST_RECORD_FIRST)), request
    )


def iter_meeting_rows(request: Request) -> Iterator[Meeting]:
    listed = Meeting.objects.visible_to(request.user).of(request.coalition).exclude(state=State.WITHDRAWN)
    listed = listed.prefetch_related(
        Prefetch("errata", Erratum.objects.filter(entry=None))
    )  # of the minutes as a whole
    yield from _iter_rows_with_coalition(listed.order_by(*LATEST_MEETING_FIRST_ORDER), request)


def iter_agreed_entries(request: Request) -> Iterator[Entry]:
    entries = find_published_binding_entries(request.user, request.coalition).filter(
        build_agreement_condition(parse_agreement_filters(request), request.user, request.coalition)
    )
    owners = ("meeting", "commitment", "commitment__owner__organisation", "commitment__owner__person")
    yield from _iter_rows_with_coalition(
        entries.select_related(*owners).prefetch_related("errata").order_by(*MINUTES_ENTRY_ORDER), request
    )


def iter_decision_rows(request: Request) -> Iterator[Entry]:
    rows = find_decision_entries(request.user, request.coalition, parse_decision_filters(request.GET))
    rows = rows.select_related("decision__superseded_by").prefetch_related("errata")
    yield from _iter_rows_with_coalition(rows.order_by(*MINUTES_ENTRY_ORDER), request)


def iter_commitment_rows(request: Request) -> Iterator[Entry]:
    entries = find_commitment_entries(request.user, request.coalition, CommitmentFilters.parse_query(request.GET))
    yield from _iter_rows_with_coalition(
        entries.select_related(*COMMITMENT_OWNER_RELATIONS).prefetch_related("errata").order_by(*MINUTES_ENTRY_ORDER),
        request,
    )


def iter_document_rows(request: Request) -> Iterator[Document]:
    listed = Document.objects.visible_to(request.user).of(request.coalition).filter(state=State.PUBLISHED)
    yield from _iter_rows_with_coalition(listed.defer("text").order_by(*NEWEST_RECORD_FIRST), request)


def iter_search_results(request: Request) -> Iterator[Record | str]:
    """As many as the search itself leads to, a page of results after another; MORE if there are others."""
    asked = parse_search_request(request.GET, load_areas_of_work(request.coalition))
    number: int | None = 1
    while number and asked.query:
        results = index.search_records(
            request.coalition,
            request.user,
            asked.query,
            filters=asked.filters,
            page=number,
            own_language=get_language() or "en",
            newest_first=asked.newest_first,
            as_typed=asked.as_typed,
        )
        yield from (hit.record for hit in results.hits)
        number = results.next_page_number if results.has_next else None
        if number is None and results.is_truncated:
            yield TRUNCATED_ROWS_MARKER


def _iter_rows_with_coalition[R: Record](exported_rows: QuerySet[R], request: Request) -> Iterator[R]:
    for row in exported_rows.iterator(EXPORT_ROWS_PER_CHUNK):
        row.coalition = request.coalition
        yield row
