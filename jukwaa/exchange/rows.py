"""What stands in each list, for its reader, as its address says: the whole of it rather than a page."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from jukwaa.coalitions.http import Request
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.meetings.commitments import OWNERS, CommitmentFilters, find_commitments
from jukwaa.meetings.decisions import find_decisions, read_filters
from jukwaa.meetings.lists import AS_AGREED, LATEST_MEETING_FIRST, binding, wanted
from jukwaa.meetings.models import Entry, Erratum, Meeting
from jukwaa.meetings.views.reading import chosen
from jukwaa.records import index
from jukwaa.records.models import NEWEST_FIRST, Document, Record, State
from jukwaa.search.narrowing import areas_of, narrowing

CHUNK = 500
MORE: Final = "more"  # in place of the rows that a list has beyond those that it leads to


def items(request: Request) -> Iterator[Item]:
    listed = Item.objects.visible_to(request.user).of(request.coalition).filter(state=State.PUBLISHED)
    kind = request.GET.get("kind", "")
    if kind in {known.name for known in kinds()}:
        listed = listed.filter(kind=kind)
    listed = listed.prefetch_related("authorships__capacity", "areas")
    yield from _each(listed.order_by(*NEWEST_FIRST), request)


def meetings(request: Request) -> Iterator[Meeting]:
    listed = Meeting.objects.visible_to(request.user).of(request.coalition).exclude(state=State.WITHDRAWN)
    listed = listed.prefetch_related(
        Prefetch("errata", Erratum.objects.filter(entry=None))
    )  # of the minutes as a whole
    yield from _each(listed.order_by(*LATEST_MEETING_FIRST), request)


def agreed(request: Request) -> Iterator[Entry]:
    entries = binding(request.user, request.coalition).filter(wanted(chosen(request)))
    owners = ("meeting", "commitment", "commitment__owner__organisation", "commitment__owner__person")
    yield from _each(entries.select_related(*owners).prefetch_related("errata").order_by(*AS_AGREED), request)


def decisions(request: Request) -> Iterator[Entry]:
    rows = find_decisions(request.user, request.coalition, read_filters(request.GET))
    rows = rows.select_related("decision__superseded_by").prefetch_related("errata")
    yield from _each(rows.order_by(*AS_AGREED), request)


def commitments(request: Request) -> Iterator[Entry]:
    entries = find_commitments(request.user, request.coalition, CommitmentFilters.parse(request.GET))
    yield from _each(entries.select_related(*OWNERS).prefetch_related("errata").order_by(*AS_AGREED), request)


def documents(request: Request) -> Iterator[Document]:
    listed = Document.objects.visible_to(request.user).of(request.coalition).filter(state=State.PUBLISHED)
    yield from _each(listed.defer("text").order_by(*NEWEST_FIRST), request)


def found(request: Request) -> Iterator[Record | str]:
    """As many as the search itself leads to, a page of results after another; MORE if there are others."""
    asked = narrowing(request.GET, areas_of(request.coalition))
    number: int | None = 1
    while number and asked.query:
        results = index.search(
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
        if number is None and results.is_cut:
            yield MORE


def _each[R: Record](rows: QuerySet[R], request: Request) -> Iterator[R]:
    for row in rows.iterator(CHUNK):
        row.coalition = request.coalition
        yield row
