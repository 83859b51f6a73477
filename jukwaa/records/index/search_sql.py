# ruff: noqa: S608 - the parts are constants and what Django compiled; values are parameters
"""The one statement that a search is: the matches that a viewer may read, the best of each record, and how many."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.dates import get_utc_date
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_regional_group
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.index.engine import MAX_RANKED_PASSAGES
from jukwaa.records.index.query import SearchQuery
from jukwaa.records.models import Record

# A text in the reader's language goes before its equal in another, and before one whose words weigh more only because
# the index holds little of its language.
OWN_LANGUAGE_WEIGHT = 2.0

UNKNOWN_YEAR_VALUE = "unknown"  # of what was issued, nobody knows when
BEST_EQUALS_FOUND_SQL = "best AS (SELECT * FROM found)"
HAS_AREA_SQL = "EXISTS (SELECT 1 FROM records_record_areas a WHERE a.record_id = b.record_id AND a.areaofwork_id = %s)"
HAS_STAKEHOLDER_AUTHOR_SQL = (
    "EXISTS (SELECT 1 FROM records_authorship w JOIN coalitions_capacity c ON c.id = w.capacity_id"
    " WHERE w.record_id = b.record_id AND c.stakeholder_group = %s)"
)
# CROSS JOIN: from the records to what hangs on them, never through all of it.
COUNT_AREAS_SQL = (
    "SELECT 'area', CAST(a.areaofwork_id AS TEXT), count(*), 0 FROM best CROSS JOIN records_record_areas a"
    " WHERE a.record_id = best.record_id AND {passing} GROUP BY a.areaofwork_id"
)
COUNT_STAKEHOLDERS_SQL = (
    "SELECT 'stakeholder', c.stakeholder_group, count(DISTINCT best.record_id), 0"
    " FROM best CROSS JOIN records_authorship w CROSS JOIN coalitions_capacity c"
    " WHERE w.record_id = best.record_id AND c.id = w.capacity_id AND c.stakeholder_group <> 'unknown'"
    " AND {passing} GROUP BY c.stakeholder_group"
)

type SqlWithParameters = tuple[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class SearchFilters:
    """What a search is narrowed to. Each facet counts what there is under the others."""

    kind: str | None = None
    area: AreaOfWork | None = None
    region: RegionalGroup | None = None
    country: str | None = None
    language: str | None = None
    stakeholder: StakeholderGroup | None = None  # of the author, in the capacity in which they wrote
    year: str | None = None  # of what it is about: when it was issued, when it happened, or when it was published
    since: datetime | None = None  # published after: for those who follow a search

    def limit_to_published_since(self, published_since: datetime) -> "SearchFilters":
        return replace(self, since=published_since)


@dataclass(frozen=True, kw_only=True)
class SearchScope:
    """Whose search this is, and which part of the results is asked for."""

    coalition: Coalition
    viewer: Viewer
    filters: SearchFilters
    own_language: str = ""
    newest_first: bool = False
    first: int = 0
    size: int = 20
    counts: bool = True


class ResultRow(NamedTuple):
    """One line of the answer: a record, or a count of a facet's value."""

    what: str
    name: str
    number: int
    passage: int


def run_search_query(search_query: SearchQuery, search_scope: SearchScope) -> list[ResultRow]:
    sql, parameters = build_search_sql(search_query, search_scope)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(map(ResultRow._make, cursor.fetchall()))


def build_search_sql(search_query: SearchQuery, search_scope: SearchScope) -> SqlWithParameters:
    """`found` are the records that pass the filters; `best`, which facets count, are those without the filters.

    Each uses the newest matching passages (MAX_RANKED_PASSAGES), so that a filter can reach older ones.
    """
    checks = _build_filter_checks(search_scope.filters)
    found, parameters = _build_best_records_sql(search_query, search_scope, checks, "found")
    parts = [_build_page_sql(search_scope)]
    if search_scope.counts:
        best, best_parameters = (
            _build_best_records_sql(search_query, search_scope, {}, "best", filter_flags=checks)
            if checks
            else (BEST_EQUALS_FOUND_SQL, [])
        )
        found, parameters = f"{found}, {best}", [*parameters, *best_parameters]
        parts += [*_build_totals_sql(has_filters=bool(checks)), *_build_facet_counts_sql(list(checks))]
    return f"WITH {found} {' UNION ALL '.join(parts)}", [*parameters, search_scope.size, search_scope.first]


def _build_best_records_sql(
    search_query: SearchQuery,
    search_scope: SearchScope,
    filter_checks: dict[str, SqlWithParameters],
    cte_name: str,
    *,
    filter_flags: dict[str, SqlWithParameters] | None = None,
) -> SqlWithParameters:
    """Two common tables: the passages that pass the tests, and the records with their best one, under this name.

    `filter_flags` are tests that nothing need pass: each becomes a column.
    """
    hits, parameters = _build_hits_sql(search_query, search_scope, filter_checks)
    filter_flags = filter_flags or {}
    columns = "".join(
        f", CASE WHEN {sql} THEN 1 ELSE 0 END AS of_{each}" for each, (sql, _parameters) in filter_flags.items()
    )
    best = get_search_engine().match(search_query).best.format(hits=f"hits_{cte_name}")
    sql = f"hits_{cte_name} AS MATERIALIZED ({hits}), {cte_name} AS MATERIALIZED (SELECT b.*{columns} FROM ({best}) b)"
    return sql, [*parameters, *_get_sql_parameters(filter_flags)]


def _get_sql_parameters(filter_checks: dict[str, SqlWithParameters]) -> list[Any]:
    return [value for _sql, values in filter_checks.values() for value in values]


def build_readable_records_sql(search_scope: SearchScope) -> SqlWithParameters:
    """The records that this viewer may read in this coalition, today."""
    return _compile_readable_records_sql(search_scope.viewer.pk, search_scope.coalition.pk, get_utc_date())


@lru_cache(maxsize=500)
def _compile_readable_records_sql(person: int | None, coalition: int, current_day: date) -> SqlWithParameters:
    """The one read rule as SQL.

    What is kept is its wording alone, which follows from who asks, where and on which day: seats, roles, labels and
    states are read by the database each time. Django takes 5 ms to word it, the search itself takes 1.
    """
    del current_day
    viewer = Person(pk=person) if person else AnonymousUser()
    records = Record.objects.visible_to(viewer).filter(coalition=coalition)
    dates = ("published_at", "is_issued", "issued_on", "happened_on")
    columns = records.order_by().values("id", "kind", "language", "countries", *dates)
    sql, parameters = columns.query.sql_with_params()
    return sql, list(parameters)


def _build_hits_sql(
    search_query: SearchQuery, search_scope: SearchScope, filter_checks: dict[str, SqlWithParameters]
) -> SqlWithParameters:
    visible, visible_parameters = build_readable_records_sql(search_scope)
    if filter_checks:
        passing = " AND ".join(sql for sql, _parameters in filter_checks.values())
        dated_at = get_search_engine().build_date_sql("v")
        rows = f"SELECT v.*, v.id AS record_id, {dated_at} AS dated_at FROM ({visible}) v"
        visible = f"SELECT b.* FROM ({rows}) b WHERE {passing}"
        visible_parameters = [*visible_parameters, *_get_sql_parameters(filter_checks)]
    match = get_search_engine().match(search_query)
    own, own_parameters = _build_language_weight_sql(search_scope.own_language)
    sql = (
        f"SELECT {match.passage} AS id, r.id AS record_id, {match.score} * {own} AS score,"
        f" r.kind, r.language, r.countries, r.published_at, r.is_issued, "
        f"{get_search_engine().build_date_sql('r')} AS dated_at"
        f" FROM {match.source.format(visible=visible, most=MAX_RANKED_PASSAGES)}"
    )
    return sql, [
        *match.in_score,
        *own_parameters,
        *match.before_visible,
        *visible_parameters,
        *match.after_visible,
    ]


def _build_language_weight_sql(language: str) -> SqlWithParameters:
    if not language:
        return "1.0", []
    return f"CASE WHEN r.language = %s OR r.language LIKE %s THEN {OWN_LANGUAGE_WEIGHT} ELSE 1.0 END", [
        language,
        f"{language}-%",
    ]


def _build_filter_checks(filters: SearchFilters) -> dict[str, SqlWithParameters]:
    """For each filter that is set, whether a record passes it."""
    checks: dict[str, SqlWithParameters] = {}
    if filters.kind:
        checks["kind"] = "b.kind = %s", [filters.kind]
    if filters.language:
        checks["language"] = "b.language = %s", [filters.language]
    if filters.area:
        checks["area"] = HAS_AREA_SQL, [filters.area.pk]
    if filters.region:
        checks["region"] = _build_countries_condition(
            [code for code in COUNTRIES_BY_CODE if get_regional_group(code) == filters.region]
        )
    if filters.country:
        checks["country"] = _build_countries_condition([filters.country])
    if filters.stakeholder:
        checks["stakeholder"] = HAS_STAKEHOLDER_AUTHOR_SQL, [filters.stakeholder]
    if filters.year:
        checks["year"] = (
            f"coalesce({get_search_engine().year('b.dated_at')}, '{UNKNOWN_YEAR_VALUE}') = %s",
            [filters.year],
        )
    if filters.since:
        checks["since"] = "b.published_at > %s", [connection.ops.adapt_datetimefield_value(filters.since)]
    return checks


def _build_countries_condition(country_codes: list[str]) -> SqlWithParameters:
    return get_search_engine().build_countries_sql("b.countries", len(country_codes)), country_codes


def _join_filter_flags(filter_names: list[str], *excluded_filters: str) -> str:
    return " AND ".join(f"of_{name} = 1" for name in filter_names if name not in excluded_filters) or "1 = 1"


def _build_page_sql(search_scope: SearchScope) -> str:
    order = "dated_at DESC NULLS LAST, record_id DESC" if search_scope.newest_first else "score, record_id DESC"
    return (
        "SELECT * FROM (SELECT 'record' AS what, '' AS name, record_id AS number, id AS passage FROM found"
        f" ORDER BY {order} LIMIT %s OFFSET %s) page"
    )


def _build_totals_sql(*, has_filters: bool) -> list[str]:
    """How many were found, and whether there are more than were ranked."""
    counted = "hits_best" if has_filters else "hits_found"
    return [
        "SELECT 'total', '', count(*), 0 FROM found",
        f"SELECT 'limit', 'found', count(*), 0 FROM hits_found HAVING count(*) >= {MAX_RANKED_PASSAGES}",
        f"SELECT 'limit', 'facets', count(*), 0 FROM {counted} HAVING count(*) >= {MAX_RANKED_PASSAGES}",
    ]


def _build_facet_counts_sql(filter_names: list[str]) -> list[str]:
    """Each facet under the other filters, so that one can go from one value to the next.

    A record's countries answer for its regions too: they are counted as they stand, under neither of the two filters.
    """
    year = f"coalesce({get_search_engine().year('dated_at')}, '{UNKNOWN_YEAR_VALUE}')"
    return [
        f"SELECT 'kind', kind, count(*), 0 FROM best WHERE {_join_filter_flags(filter_names, 'kind')} GROUP BY kind",
        (
            f"SELECT 'language', language, count(*), 0 FROM best WHERE {_join_filter_flags(filter_names, 'language')}"
            " GROUP BY language"
        ),
        (
            f"SELECT 'year', {year}, count(*), 0 FROM best"
            f" WHERE (is_issued OR dated_at IS NOT NULL) AND {_join_filter_flags(filter_names, 'year')} GROUP BY {year}"
        ),
        COUNT_AREAS_SQL.format(passing=_join_filter_flags(filter_names, "area")),
        COUNT_STAKEHOLDERS_SQL.format(passing=_join_filter_flags(filter_names, "stakeholder")),
        (
            "SELECT 'countries', CAST(countries AS TEXT), count(*), 0"
            f" FROM best WHERE {_join_filter_flags(filter_names, 'region', 'country')} GROUP BY countries"
        ),
    ]
