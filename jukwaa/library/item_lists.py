"""Lists of the library, read by key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import get_language

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, build_keyset_page, filter_page_rows
from jukwaa.core.prepared import execute_prepared
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.records.index.search_sql import UNKNOWN_YEAR_VALUE
from jukwaa.records.models import NEWEST_RECORD_FIRST, Record, State
from jukwaa.records.translations import filter_preferred_language

YEAR_PATTERN = re.compile(r"[12][0-9]{3}", re.ASCII)
MAX_ITEM_DRAFTS = 10
MAX_EARLIER_ANSWERS = 200


@dataclass(frozen=True)
class ItemFilters:
    """What of the library is shown, and in which order. What an address says beyond that means nothing."""

    kind: str = ""
    issuer: str = ""
    year: str = ""  # of issue; of what was not issued elsewhere, of publication; "unknown" if nobody knows
    by_date: bool = False  # of what it is about, the latest first; what has no known date comes last

    @classmethod
    def parse(cls, query_parameters: Mapping[str, Any]) -> Self:
        kind, year = str(query_parameters.get("kind", "")), str(query_parameters.get("year", ""))
        return cls(
            kind=kind if kind in {known.name for known in kinds()} else "",
            issuer=str(query_parameters.get("issuer", "")).replace("\0", "").strip()[:100],
            year=year if year == UNKNOWN_YEAR_VALUE or YEAR_PATTERN.fullmatch(year) else "",
            by_date=query_parameters.get("sort") == "date",
        )

    @property
    def is_set(self) -> bool:
        return bool(self.issuer or self.year or self.by_date)

    def build_filter_condition(self) -> Q:
        wanted = Q(issuer__icontains=self.issuer, is_issued=True) if self.issuer else Q()
        if self.year == UNKNOWN_YEAR_VALUE:
            return wanted & Q(is_issued=True, issued_on=None)
        if self.year:
            year = int(self.year)
            wanted &= Q(is_issued=True, issued_on__year=year) | Q(is_issued=False, published_at__year=year)
        return wanted


# Of what was issued its date of issue, of all else that of publication: what has none is the oldest.
ITEM_DATE_EXPRESSION = Coalesce(
    Case(When(is_issued=True, then=F("issued_on")), default=TruncDate("published_at")), Value(date.min, DateField())
)
NEWEST_ITEM_FIRST = (ITEM_DATE_EXPRESSION.desc(), "-pk")


def get_item_page(
    viewer: Viewer, coalition: Coalition, filters: ItemFilters, page_cursor: PageCursor
) -> KeysetPage[Item]:
    """What is published and passes the filters, each in the language of the page if it can be, the newest first."""
    language = get_language() or "en"
    if filters.is_set:
        return build_keyset_page(
            list(_query_filtered_items(viewer, coalition, filters, language, page_cursor)), page_cursor
        )
    asked = (viewer, coalition, filters.kind, language)
    if filters.kind:
        return build_keyset_page(list(_query_visible_items(*asked, page_cursor.before, page_cursor.after)), page_cursor)
    return build_keyset_page(execute_prepared(_query_visible_items, *asked, *page_cursor.opened), page_cursor)


def _query_visible_items(
    viewer: Viewer, coalition: Coalition, kind: str, language: str, before_id: int | None, after_id: int | None
) -> QuerySet[Item]:
    """Found among all records, whose index has their order: sorting the items would read each of them."""
    published = _find_published_items(viewer, coalition, kind, language)
    found = filter_page_rows(published, NEWEST_RECORD_FIRST, before_id, after_id).values("pk")
    rows = Item.objects.filter(pk__in=found).order_by(*NEWEST_RECORD_FIRST)
    return rows.prefetch_related("authorships__capacity")


def _query_filtered_items(
    viewer: Viewer, coalition: Coalition, filters: ItemFilters, language: str, page_cursor: PageCursor
) -> QuerySet[Item]:
    published = _find_published_items(viewer, coalition, filters.kind, language).filter(
        filters.build_filter_condition()
    )
    rows = Item.objects.filter(pk__in=published.values("pk"))
    found = filter_page_rows(
        rows, NEWEST_ITEM_FIRST if filters.by_date else NEWEST_RECORD_FIRST, page_cursor.before, page_cursor.after
    )
    return found.prefetch_related("authorships__capacity")


def _find_published_items(viewer: Viewer, coalition: Coalition, kind_name: str, language: str) -> QuerySet[Record]:
    chosen = [kind_name] if kind_name else [known.name for known in kinds()]
    published = Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind__in=chosen)
    return filter_preferred_language(published, viewer, language)


def find_earlier_answers(viewer: Viewer, coalition: Coalition, kind_name: str, field: str) -> list[str]:
    """How others answered a line of the long form, as far as this viewer may read them: what is alike gets one name."""
    published = Item.objects.visible_to(viewer).of(coalition).filter(kind=kind_name, state=State.PUBLISHED)
    said = published.order_by("-published_at").annotate(said=KT(f"details__{field}")).values_list("said", flat=True)
    return sorted({words for words in said[:MAX_EARLIER_ANSWERS] if words})


def load_own_drafts(viewer: Viewer, coalition: Coalition) -> list[Item]:
    """What this person began and has not published."""
    if not viewer.is_authenticated:
        return []
    waiting = (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING)
    own = Item.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk, state__in=waiting)
    return list(own.order_by("-created_at", "-pk").prefetch_related("authorships__capacity")[:MAX_ITEM_DRAFTS])
