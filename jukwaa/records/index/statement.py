# ruff: noqa: S608 - the parts are constants and what Django compiled; values are parameters
"""The one statement that a search is: the matches that a viewer may read, the best of each record, and how many."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.index.engine import engine
from jukwaa.records.index.query import Query
from jukwaa.records.models import Record

# A text in the reader's language goes before its equal in another, and before one whose words weigh more only because
# the index holds little of its language.
OWN_LANGUAGE = 2.0

type Sql = tuple[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a search is narrowed to. Each facet counts what there is under the other three."""

    kind: str | None = None
    area: AreaOfWork | None = None
    region: RegionalGroup | None = None
    language: str | None = None


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


@dataclass(frozen=True)
class Row:
    """One line of the answer: a record, or a count of a facet's value."""

    what: str
    name: str
    number: int
    passage: int


def run(query: Query, scope: Scope) -> list[Row]:
    sql, parameters = statement(query, scope)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Row(*row) for row in cursor.fetchall()]


def statement(query: Query, scope: Scope) -> Sql:
    """`hits` are passages, `best` the records; what follows reads those two alone."""
    hits, hit_parameters = _hits(query, scope)
    flags, flag_parameters = _flags(scope.filters)
    best = engine().match(query).best.format(hits="hits")
    parts = [_page(scope), *(_counts() if scope.counts else [])]
    sql = f"WITH hits AS MATERIALIZED ({hits}), best AS MATERIALIZED (SELECT b.*, {flags} FROM ({best}) b) " + (
        " UNION ALL ".join(parts)
    )
    return sql, [*hit_parameters, *flag_parameters, scope.size, scope.first]


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


def _hits(query: Query, scope: Scope) -> Sql:
    visible, visible_parameters = _readable(scope.viewer.pk, scope.coalition.pk, timezone.localdate())
    match = engine().match(query)
    own, own_parameters = _weight(scope.own_language)
    sql = (
        f"SELECT {match.passage} AS id, r.id AS record_id, {match.score} * {own} AS score,"
        " r.kind, r.language, r.countries, r.published_at"
        f" FROM {match.source.format(visible=visible)}"
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


def _flags(filters: Filters) -> Sql:
    """Whether a record passes each filter; 1 where there is none."""
    parameters: list[Any] = []
    kind = language = area = region = "1"
    if filters.kind:
        kind = "CASE WHEN b.kind = %s THEN 1 ELSE 0 END"
        parameters.append(filters.kind)
    if filters.language:
        language = "CASE WHEN b.language = %s THEN 1 ELSE 0 END"
        parameters.append(filters.language)
    if filters.area:
        links = "SELECT 1 FROM records_record_areas a WHERE a.record_id = b.record_id AND a.areaofwork_id = %s"
        area = f"CASE WHEN EXISTS ({links}) THEN 1 ELSE 0 END"
        parameters.append(filters.area.pk)
    if filters.region:
        codes = [country.code for country in COUNTRIES.values() if country.group == filters.region]
        test = engine().holds_one_of("b.countries", len(codes)) if codes else "1 = 0"
        region = f"CASE WHEN {test} THEN 1 ELSE 0 END"
        parameters.extend(codes)
    return f"{kind} AS of_kind, {language} AS of_language, {area} AS of_area, {region} AS of_region", parameters


def _page(scope: Scope) -> str:
    order = "published_at DESC NULLS LAST, record_id DESC" if scope.newest_first else "score, record_id DESC"
    return (
        "SELECT * FROM (SELECT 'record' AS what, '' AS name, record_id AS number, id AS passage FROM best"
        " WHERE of_kind + of_language + of_area + of_region = 4"
        f" ORDER BY {order} LIMIT %s OFFSET %s) page"
    )


def _counts() -> list[str]:
    """Each facet under the other filters, so that one can go from one value to the next."""
    # CROSS JOIN: from the records to their areas, never through all areas of all records.
    linked = "best CROSS JOIN records_record_areas a"
    return [
        "SELECT 'total', '', count(*), 0 FROM best WHERE of_kind + of_language + of_area + of_region = 4",
        "SELECT 'kind', kind, count(*), 0 FROM best WHERE of_language + of_area + of_region = 3 GROUP BY kind",
        "SELECT 'language', language, count(*), 0 FROM best WHERE of_kind + of_area + of_region = 3 GROUP BY language",
        (
            "SELECT 'area', CAST(a.areaofwork_id AS TEXT), count(*), 0"
            f" FROM {linked} WHERE a.record_id = best.record_id"
            " AND of_kind + of_language + of_region = 3 GROUP BY a.areaofwork_id"
        ),
        (
            "SELECT 'countries', CAST(countries AS TEXT), count(*), 0"
            " FROM best WHERE of_kind + of_language + of_area = 3 GROUP BY countries"
        ),
    ]
