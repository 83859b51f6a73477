# ruff: noqa: S608 - the parts are constants and what Django compiled; values are parameters
"""The one statement that a search is: the matches that a viewer may read, the best of each record, and how many."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.places.countries import COUNTRIES, group_of
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.index.engine import MOST_RANKED, engine
from jukwaa.records.index.query import Query
from jukwaa.records.models import Record

# A text in the reader's language goes before its equal in another, and before one whose words weigh more only because
# the index holds little of its language.
OWN_LANGUAGE = 2.0

BEST_IS_FOUND = "best AS (SELECT * FROM found)"
HAS_AREA = "EXISTS (SELECT 1 FROM records_record_areas a WHERE a.record_id = b.record_id AND a.areaofwork_id = %s)"
HAS_AUTHOR_OF = (
    "EXISTS (SELECT 1 FROM records_authorship w JOIN coalitions_capacity c ON c.id = w.capacity_id"
    " WHERE w.record_id = b.record_id AND c.stakeholder_group = %s)"
)
# CROSS JOIN: from the records to what hangs on them, never through all of it.
COUNT_AREAS = (
    "SELECT 'area', CAST(a.areaofwork_id AS TEXT), count(*), 0 FROM best CROSS JOIN records_record_areas a"
    " WHERE a.record_id = best.record_id AND {passing} GROUP BY a.areaofwork_id"
)
COUNT_STAKEHOLDERS = (
    "SELECT 'stakeholder', c.stakeholder_group, count(DISTINCT best.record_id), 0"
    " FROM best CROSS JOIN records_authorship w CROSS JOIN coalitions_capacity c"
    " WHERE w.record_id = best.record_id AND c.id = w.capacity_id AND c.stakeholder_group <> 'unknown'"
    " AND {passing} GROUP BY c.stakeholder_group"
)

type Sql = tuple[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a search is narrowed to. Each facet counts what there is under the others."""

    kind: str | None = None
    area: AreaOfWork | None = None
    region: RegionalGroup | None = None
    country: str | None = None
    language: str | None = None
    stakeholder: StakeholderGroup | None = None  # of the author, in the capacity in which they wrote
    year: str | None = None  # in which it was published
    since: datetime | None = None  # published after: for those who follow a search

    def published_since(self, since: datetime) -> "Filters":
        return replace(self, since=since)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose search this is, and which part of the results is asked for."""

    coalition: Coalition
    viewer: Viewer
    filters: Filters
    own_language: str = ""
    newest_first: bool = False
    first: int = 0
    size: int = 20
    counts: bool = True


class Row(NamedTuple):
    """One line of the answer: a record, or a count of a facet's value."""

    what: str
    name: str
    number: int
    passage: int


def run(query: Query, scope: Scope) -> list[Row]:
    sql, parameters = statement(query, scope)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(map(Row._make, cursor.fetchall()))


def statement(query: Query, scope: Scope) -> Sql:
    """`found` are the records that pass the filters; `best`, which facets count, are those without the filters.

    Each is made of the newest passages that match (MOST_RANKED), so that a filter reaches what is older than these.
    """
    tests = _tests(scope.filters)
    found, parameters = _best(query, scope, tests, "found")
    parts = [_page(scope)]
    if scope.counts:
        best, best_parameters = _best(query, scope, {}, "best", flags=tests) if tests else (BEST_IS_FOUND, [])
        found, parameters = f"{found}, {best}", [*parameters, *best_parameters]
        parts += [*_totals(is_narrowed=bool(tests)), *_counts(list(tests))]
    return f"WITH {found} {' UNION ALL '.join(parts)}", [*parameters, scope.size, scope.first]


def _best(query: Query, scope: Scope, tests: dict[str, Sql], name: str, *, flags: dict[str, Sql] | None = None) -> Sql:
    """Two common tables: the passages that pass the tests, and the records with their best one, under this name.

    `flags` are tests that nothing need pass: each becomes a column.
    """
    hits, parameters = _hits(query, scope, tests)
    flags = flags or {}
    columns = "".join(f", CASE WHEN {sql} THEN 1 ELSE 0 END AS of_{each}" for each, (sql, _parameters) in flags.items())
    best = engine().match(query).best.format(hits=f"hits_{name}")
    sql = f"hits_{name} AS MATERIALIZED ({hits}), {name} AS MATERIALIZED (SELECT b.*{columns} FROM ({best}) b)"
    return sql, [*parameters, *_values(flags)]


def _values(tests: dict[str, Sql]) -> list[Any]:
    return [value for _sql, values in tests.values() for value in values]


def readable(scope: Scope) -> Sql:
    """The records that this viewer may read in this coalition, today."""
    return _readable(scope.viewer.pk, scope.coalition.pk, timezone.localdate())


@lru_cache(maxsize=500)
def _readable(person: int | None, coalition: int, day: date) -> Sql:
    """The one read rule as SQL.

    What is kept is its wording alone, which follows from who asks, where and on which day: seats, roles, labels and
    states are read by the database each time. Django takes 5 ms to word it, the search itself takes 1.
    """
    del day
    viewer = Person(pk=person) if person else AnonymousUser()
    records = Record.objects.visible_to(viewer).filter(coalition=coalition)
    columns = records.order_by().values("id", "kind", "language", "countries", "published_at")
    sql, parameters = columns.query.sql_with_params()
    return sql, list(parameters)


def _hits(query: Query, scope: Scope, tests: dict[str, Sql]) -> Sql:
    visible, visible_parameters = readable(scope)
    if tests:
        passing = " AND ".join(sql for sql, _parameters in tests.values())
        visible = f"SELECT b.* FROM (SELECT v.*, v.id AS record_id FROM ({visible}) v) b WHERE {passing}"
        visible_parameters = [*visible_parameters, *_values(tests)]
    match = engine().match(query)
    own, own_parameters = _weight(scope.own_language)
    sql = (
        f"SELECT {match.passage} AS id, r.id AS record_id, {match.score} * {own} AS score,"
        " r.kind, r.language, r.countries, r.published_at"
        f" FROM {match.source.format(visible=visible, most=MOST_RANKED)}"
    )
    return sql, [
        *match.in_score,
        *own_parameters,
        *match.before_visible,
        *visible_parameters,
        *match.after_visible,
    ]


def _weight(language: str) -> Sql:
    if not language:
        return "1.0", []
    return f"CASE WHEN r.language = %s OR r.language LIKE %s THEN {OWN_LANGUAGE} ELSE 1.0 END", [
        language,
        f"{language}-%",
    ]


def _tests(filters: Filters) -> dict[str, Sql]:
    """For each filter that is set, whether a record passes it."""
    tests: dict[str, Sql] = {}
    if filters.kind:
        tests["kind"] = "b.kind = %s", [filters.kind]
    if filters.language:
        tests["language"] = "b.language = %s", [filters.language]
    if filters.area:
        tests["area"] = HAS_AREA, [filters.area.pk]
    if filters.region:
        tests["region"] = _in_one_of([code for code in COUNTRIES if group_of(code) == filters.region])
    if filters.country:
        tests["country"] = _in_one_of([filters.country])
    if filters.stakeholder:
        tests["stakeholder"] = HAS_AUTHOR_OF, [filters.stakeholder]
    if filters.year:
        tests["year"] = f"{engine().year('b.published_at')} = %s", [filters.year]
    if filters.since:
        tests["since"] = "b.published_at > %s", [connection.ops.adapt_datetimefield_value(filters.since)]
    return tests


def _in_one_of(codes: list[str]) -> Sql:
    return engine().holds_one_of("b.countries", len(codes)), codes


def _passing(tests: list[str], *without: str) -> str:
    return " AND ".join(f"of_{name} = 1" for name in tests if name not in without) or "1 = 1"


def _page(scope: Scope) -> str:
    order = "published_at DESC NULLS LAST, record_id DESC" if scope.newest_first else "score, record_id DESC"
    return (
        "SELECT * FROM (SELECT 'record' AS what, '' AS name, record_id AS number, id AS passage FROM found"
        f" ORDER BY {order} LIMIT %s OFFSET %s) page"
    )


def _totals(*, is_narrowed: bool) -> list[str]:
    """How many were found, and whether there are more than were ranked."""
    counted = "hits_best" if is_narrowed else "hits_found"
    return [
        "SELECT 'total', '', count(*), 0 FROM found",
        f"SELECT 'limit', 'found', count(*), 0 FROM hits_found HAVING count(*) >= {MOST_RANKED}",
        f"SELECT 'limit', 'facets', count(*), 0 FROM {counted} HAVING count(*) >= {MOST_RANKED}",
    ]


def _counts(tests: list[str]) -> list[str]:
    """Each facet under the other filters, so that one can go from one value to the next.

    A record's countries answer for its regions too: they are counted as they stand, under neither of the two filters.
    """
    year = engine().year("published_at")
    return [
        f"SELECT 'kind', kind, count(*), 0 FROM best WHERE {_passing(tests, 'kind')} GROUP BY kind",
        f"SELECT 'language', language, count(*), 0 FROM best WHERE {_passing(tests, 'language')} GROUP BY language",
        (
            f"SELECT 'year', {year}, count(*), 0 FROM best"
            f" WHERE published_at IS NOT NULL AND {_passing(tests, 'year')} GROUP BY {year}"
        ),
        COUNT_AREAS.format(passing=_passing(tests, "area")),
        COUNT_STAKEHOLDERS.format(passing=_passing(tests, "stakeholder")),
        (
            "SELECT 'countries', CAST(countries AS TEXT), count(*), 0"
            f" FROM best WHERE {_passing(tests, 'region', 'country')} GROUP BY countries"
        ),
    ]
