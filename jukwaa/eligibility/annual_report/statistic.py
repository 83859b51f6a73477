"""Numbers of an annual report. Each is the count of one queryset, and leads to the records behind it.

The same rows are counted for the report and listed on the page of the number, so that both agree. A number covers
what everyone or all members can read; records with a narrower audience are not counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Case, Count, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.functional import Promise

from jukwaa.coalitions.display_names import format_people_count
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.records.models import Label, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

GROUPINGS = ("group", "region")

type Rows = QuerySet[Any]


@dataclass(frozen=True)
class ListedRecord:
    """A record behind a number, as the page of the number lists it."""

    title: str
    url: str = ""
    language: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class StatisticListing:
    """How the rows of a number are listed.

    `behind` leads from the counted rows to the listed ones: inputs are listed by their consultations. `record` leads
    from a listed row to the record whose readers can see it; empty where the list of organisations or people decides.
    `describe` returns None for a row that nobody is shown.
    """

    describe: Callable[[Any, str], ListedRecord | None]
    behind: Callable[[Rows], Rows] = lambda rows: rows
    record: str = "pk"
    related: tuple[str, ...] = ()
    is_for_members: bool = False
    names_people: bool = False


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """`find_rows` and `condition` say what is counted. Numbers of the same rows are counted together.

    `by` names the columns by which the rows can be told apart. People are counted, and few of them only as few.
    """

    key: str
    title: Promise
    find_rows: Callable[[ReportPeriod], Rows]
    condition: Callable[[ReportPeriod], Q] | None = None  # which of the rows; None for all of them
    listing: StatisticListing
    by: Mapping[str, str] = field(default_factory=dict)
    is_of_people: bool = False

    def find(self, period: ReportPeriod) -> Rows:
        rows = self.find_rows(period)
        return rows.filter(self.condition(period)) if self.condition else rows

    def format_value(self, statistic_value: int) -> str:
        return format_people_count(statistic_value) if self.is_of_people else str(statistic_value)


def build_member_readable_record_q(relation_path: str = "") -> Q:
    """Return the condition that a record is published, and that all members can read it."""
    before = f"{relation_path}__" if relation_path else ""
    return Q(**{f"{before}state": State.PUBLISHED, f"{before}label__in": LABELS_OPEN_TO_ROLES})


def build_public_record_q(relation_path: str = "") -> Q:
    """Return the condition that everyone can read a record."""
    before = f"{relation_path}__" if relation_path else ""
    return Q(**{f"{before}state": State.PUBLISHED, f"{before}label": Label.CLEAR})


def build_statistic_counts(statistics: Mapping[str, Statistic], period: ReportPeriod) -> Rows:
    """Return the keys of statistics with a stakeholder group, a region and the number of rows of these, in one query.

    Rows that can't be told apart have one number, without a group or region.
    """
    by_rows: dict[Callable[[ReportPeriod], Rows], list[Statistic]] = {}
    for statistic in statistics.values():
        by_rows.setdefault(statistic.find_rows, []).append(statistic)
    queries = [_build_statistic_counts(find_rows(period), alike, period) for find_rows, alike in by_rows.items()]
    counts: Rows = queries[0].union(*queries[1:], all=True).order_by()
    return counts


def _build_statistic_counts(rows: Rows, statistics: list[Statistic], period: ReportPeriod) -> Rows:
    """Return how many of the rows count for the same statistics, with the keys of these in one column."""
    by = next((statistic.by for statistic in statistics if statistic.by), {})
    groupings = {f"statistic_{name}": F(by[name]) if by else Value("") for name in GROUPINGS}
    keys = [_build_key_expression(statistic, period) for statistic in statistics]
    counted_for = Concat(*keys) if len(keys) > 1 else keys[0]
    grouped = rows.order_by().annotate(statistic_keys=counted_for, **groupings)
    counted: Rows = grouped.values_list("statistic_keys", *groupings).annotate(number=Count("pk"))
    return counted


def _build_key_expression(statistic: Statistic, period: ReportPeriod) -> Expression:
    """Return the key of a statistic for a row that counts for it, else nothing."""
    key = Value(f"{statistic.key} ")
    return Case(When(statistic.condition(period), key), default=Value("")) if statistic.condition else key


def build_grouping_by_reference(model: type[models.Model], relation_path: str) -> Callable[[Rows], Rows]:
    """Return a function from counted rows to the rows that they lead to, each with their number, `rows_counted`."""

    def group_rows_by_reference(statistic_rows: Rows) -> Rows:
        of_one = statistic_rows.order_by().filter(**{relation_path: OuterRef("pk")}).values(relation_path)
        number = Subquery(of_one.annotate(number=Count("*")).values("number"))
        found = model._default_manager.filter(pk__in=statistic_rows.values(relation_path))  # noqa: SLF001 - public by Django's word
        annotated: Rows = found.annotate(rows_counted=number)
        return annotated

    return group_rows_by_reference


def build_record_describer(record_url_name: str) -> Callable[[Any, str], ListedRecord]:
    def describe_record(record: Any, coalition_slug: str) -> ListedRecord:
        return ListedRecord(record.title, reverse_row_url(record_url_name, coalition_slug, record.pk), record.language)

    return describe_record
