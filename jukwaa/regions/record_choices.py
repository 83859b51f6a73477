"""What a brief can be made of: records to choose from, narrowed, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import get_language

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models.work import JOINT_WORK_KIND
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.library.models import CollectionEntry
from jukwaa.library.schema import kinds
from jukwaa.meetings.models import EntryKind
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.records import index
from jukwaa.records.kinds import get_record_kind
from jukwaa.records.models import NEWEST_RECORD_FIRST, Authorship, Record
from jukwaa.regions.brief_materials import find_readable_records


@dataclass(frozen=True)
class BriefRecordFilter:
    """Which of them; everything, where nothing is asked."""

    q: str = ""
    kind: str = ""
    area: AreaOfWork | None = None
    region: str = ""


def get_record_kind_choices() -> list[tuple[str, str | Promise]]:
    names = [*(kind.name for kind in kinds()), *EntryKind.values, JOINT_WORK_KIND]
    return [(name, get_record_kind(name).label) for name in names]


def get_record_page(
    viewer: Viewer, coalition: Coalition, record_filter: BriefRecordFilter, page_cursor: PageCursor
) -> KeysetPage[Record]:
    """What is published, the newest first."""
    names = [record_filter.kind] if record_filter.kind else [name for name, _label in get_record_kind_choices()]
    rows: QuerySet[Record] = find_readable_records(viewer, coalition).filter(kind__in=names)
    if record_filter.area is not None:
        rows = rows.filter(areas=record_filter.area)
    if record_filter.region:
        rows = rows.alias(about=Cast("countries", TextField())).filter(_build_region_filter(record_filter.region))
    if record_filter.q.strip():
        found = index.search_records(coalition, viewer, record_filter.q, own_language=get_language() or "en").hits
        rows = rows.filter(pk__in=[hit.record.pk for hit in found])
    page = get_page(rows, NEWEST_RECORD_FIRST, page_cursor)
    for row in page.rows:
        row.coalition = coalition
    return page


def _build_region_filter(region: str) -> Q:
    """About a country of this group, or shared by an organisation from there."""
    codes = "|".join(code for code, country in COUNTRIES_BY_CODE.items() if country.group == region)
    authors = Authorship.objects.filter(record=OuterRef("pk"), capacity__regional_group=region)
    return Q(about__regex=f'"({codes})"') | Q(Exists(authors))


def get_collection_record_ids(viewer: Viewer, coalition: Coalition, collection: int) -> list[int]:
    """The records of a collection in their order, as far as both are the viewer's to read."""
    records = find_readable_records(viewer, coalition)
    both = records.exists_for("collection"), records.exists_for("record")
    entries = CollectionEntry.objects.filter(*both, collection=collection)
    return list(entries.order_by("position", "pk").values_list("record", flat=True))


def parse_record_ids(submitted_values: Iterable[str]) -> list[int]:
    """Numbers of rows as an address gives them, each once; what is none is left out."""
    numbers = (int(value) for value in submitted_values if value.isascii() and value.isdecimal() and len(value) < 19)  # noqa: PLR2004 - longer than any number of a row
    return list(dict.fromkeys(numbers))
