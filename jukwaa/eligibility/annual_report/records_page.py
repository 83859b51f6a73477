"""The page of a number: the records that were counted for it, as far as the viewer can read them."""

from dataclasses import dataclass, replace
from typing import Any

from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_facts import (
    GROUPING_CHOICES,
    SMALL_GROUPS_KEY,
    ReportFacts,
    find_small_groups,
)
from jukwaa.eligibility.annual_report.statistic import ListedRecord, Rows, Statistic
from jukwaa.records.models import Record


@dataclass(frozen=True)
class RecordsPage:
    """`number` is what the report shows, `part` the group or region that it is of. `hidden` records are not listed."""

    statistic: Statistic
    number: str
    part: str
    rows: list[ListedRecord]
    page: KeysetPage[Any]
    hidden: int


def build_records_page(
    standing: Standing, statistic: Statistic, period: ReportPeriod, by: str, value: str, place: PageCursor
) -> RecordsPage | None:
    """Return the page of a number, or of one group or region of it. None if there is no such number."""
    rows = _filter_statistic_rows(statistic, period, by, value)
    if rows is None:
        return None
    listed = statistic.listing.behind(rows)
    readable = _filter_readable_rows(listed, standing, statistic)
    related = statistic.listing.related
    page = get_page(readable.select_related(*related) if related else readable, ("-pk",), place, size=50)
    described = [_describe_statistic_row(statistic, row, period.coalition.slug, is_part=bool(by)) for row in page.rows]
    return RecordsPage(
        statistic,
        statistic.write(rows.count()),
        str(GROUPING_CHOICES[by](value).label) if by and value != SMALL_GROUPS_KEY else "",
        [row for row in described if row is not None],
        page,
        listed.count() - readable.count() if statistic.listing.record else 0,
    )


def _describe_statistic_row(statistic: Statistic, row: Any, slug: str, *, is_part: bool) -> ListedRecord | None:
    """With how many of a record were counted; not of a part, in which a number could tell who somebody is."""
    described = statistic.listing.describe(row, slug)
    number = getattr(row, "rows_counted", None)
    return replace(described, detail=statistic.write(number)) if described and number and not is_part else described


def _filter_statistic_rows(statistic: Statistic, period: ReportPeriod, by: str, value: str) -> Rows | None:
    rows = statistic.find(period)
    if not by:
        return rows
    if by not in statistic.by or value not in {*GROUPING_CHOICES[by].values, SMALL_GROUPS_KEY}:
        return None
    facts = ReportFacts(period)
    if statistic.is_of_people and value not in {part.value for part in facts.get_attendance_parts(by)}:
        return None
    values = find_small_groups(facts.count_by(statistic.key, by)) if value == SMALL_GROUPS_KEY else {value}
    return rows.filter(**{f"{statistic.by[by]}__in": values})


def _filter_readable_rows(rows: Rows, standing: Standing, statistic: Statistic) -> Rows:
    listing = statistic.listing
    if listing.is_for_members and not standing.is_inside:
        return rows.none()
    if not listing.record:
        return rows
    return rows.filter(Record.objects.visible_to(standing.viewer).exists_for(listing.record))
