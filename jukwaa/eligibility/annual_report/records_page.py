"""The page of a number: the records that were counted for it, as far as the viewer can read them."""

from dataclasses import dataclass, replace
from typing import Any

from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_facts import (
    CHOICES_BY_GROUPING,
    SMALL_GROUPS_VALUE,
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
    viewer_standing: Standing,
    statistic: Statistic,
    period: ReportPeriod,
    grouping_key: str,
    group_value: str,
    page_cursor: PageCursor,
) -> RecordsPage | None:
    """Return the page of a number, or of one group or region of it. None if there is no such number."""
    rows = _filter_statistic_rows(statistic, period, grouping_key, group_value)
    if rows is None:
        return None
    listed = statistic.listing.behind(rows)
    readable = _filter_readable_rows(listed, viewer_standing, statistic)
    related = statistic.listing.related
    page = get_page(readable.select_related(*related) if related else readable, ("-pk",), page_cursor, page_size=50)
    described = [
        _describe_statistic_row(statistic, row, period.coalition.slug, is_filtered_by_group=bool(grouping_key))
        for row in page.rows
    ]
    return RecordsPage(
        statistic,
        statistic.format_value(rows.count()),
        str(CHOICES_BY_GROUPING[grouping_key](group_value).label)
        if grouping_key and group_value != SMALL_GROUPS_VALUE
        else "",
        [row for row in described if row is not None],
        page,
        listed.count() - readable.count() if statistic.listing.record else 0,
    )


def _describe_statistic_row(
    statistic: Statistic, statistic_row: Any, coalition_slug: str, *, is_filtered_by_group: bool
) -> ListedRecord | None:
    """With how many of a record were counted; not of a part, in which a number could tell who somebody is."""
    described = statistic.listing.describe(statistic_row, coalition_slug)
    number = getattr(statistic_row, "rows_counted", None)
    return (
        replace(described, detail=statistic.format_value(number))
        if described and number and not is_filtered_by_group
        else described
    )


def _filter_statistic_rows(
    statistic: Statistic, period: ReportPeriod, grouping_key: str, group_value: str
) -> Rows | None:
    rows = statistic.find(period)
    if not grouping_key:
        return rows
    if grouping_key not in statistic.by or group_value not in {
        *CHOICES_BY_GROUPING[grouping_key].values,
        SMALL_GROUPS_VALUE,
    }:
        return None
    facts = ReportFacts(period)
    if statistic.is_of_people and group_value not in {part.value for part in facts.get_attendance_parts(grouping_key)}:
        return None
    values = (
        find_small_groups(facts.count_by_grouping(statistic.key, grouping_key))
        if group_value == SMALL_GROUPS_VALUE
        else {group_value}
    )
    return rows.filter(**{f"{statistic.by[grouping_key]}__in": values})


def _filter_readable_rows(statistic_rows: Rows, viewer_standing: Standing, statistic: Statistic) -> Rows:
    listing = statistic.listing
    if listing.is_for_members and not viewer_standing.is_inside:
        return statistic_rows.none()
    if not listing.record:
        return statistic_rows
    return statistic_rows.filter(Record.objects.visible_to(viewer_standing.viewer).exists_for(listing.record))
