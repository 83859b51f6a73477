"""A query that is compiled once in a process, and executed again with other values: the one cache of compiled SQL.

Django takes longer to compile a query that asks who may read than the database to answer it. So for few queries, named
in decision 25, the function that makes the queryset is called once with stand-ins for the records it is given, and the
SQL that comes out is kept, with the places of the stand-ins open. Each of them saves at least 0.5 ms of CPU on a page
that many people open. All other queries are plain querysets.
"""

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.utils import timezone

from jukwaa.core.dates import get_utc_date

# The number of the first stand-in. It fits every column that holds the number of a row or of a sentence (Django leaves
# out a comparison that no value of the column can meet), and no wording has it as a constant.
PLACEHOLDER_INTEGER = 2_013_265_921
FIRST_PLACEHOLDER_YEAR = 1100  # the year of the first stand-in for a day, in which nothing of a coalition took place
QUERY_PARAMETER_TYPES = (int, str, date, datetime)
# More than there are: some 30 queries, for visitors and for members, and those of tasks for each set of roles.
MAX_COMPILED_QUERIES = 256
# Threads that need the same wording at the same moment, right after a start, would each take the memory to compile it.
_QUERY_COMPILE_LOCK = threading.RLock()


type Value = int | str | date | datetime


@dataclass(frozen=True)
class QueryParameter:
    """A number, a text, a day or a moment that the wording of a query does not depend on."""

    value: Value


@dataclass(frozen=True)
class CompiledQuery[Row]:
    queryset: QuerySet[Any, Row]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]

    def execute(self, parameter_values: dict[Value, Value]) -> list[Row]:
        """The rows for these values of the stand-ins."""
        if not self.sql:
            return []
        filled = tuple(
            parameter_values.get(each, each) if isinstance(each, int | str | date) else each for each in self.parameters
        )
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.queryset.db]
        compiler.as_sql = lambda *_args, **_named: (self.sql, filled)
        rows = self.queryset.all()
        rows.query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]  # what it would make anew
        return list(rows)


def execute_prepared[Row](build_queryset: Callable[..., QuerySet[Any, Row]], *given: Any) -> list[Row]:
    """The rows of `make(*given)`, a function that stands in a module.

    Of a record that is given, `build_queryset` may use nothing but its number: the stand-in has no more, and asking it
    for another field raises DoesNotExist. Whatever else is given (a size, a language) is part of the wording, so that
    each value of it is prepared anew, unless it is `Open`. Never give what people type, or where a list continues.
    """
    shape: list[Any] = []
    values: dict[Value, Value] = {}
    for place, each in enumerate(given):
        if isinstance(each, Model):
            shape.append(each._meta.model)  # noqa: SLF001 - public by Django's word; a request's user is of a lazy type
            values[_build_placeholder_value(place, int)] = each.pk
        elif isinstance(each, QueryParameter):
            shape.append(QueryParameter(type(each.value).__name__))
            values[_adapt_parameter_value(_build_placeholder_value(place, type(each.value)))] = _adapt_parameter_value(
                each.value
            )
        else:
            shape.append(each)
    with _QUERY_COMPILE_LOCK:
        wording = _compile_prepared_queryset(build_queryset, tuple(shape), (get_utc_date(), timezone.localdate()))
    return wording.execute(values)


@lru_cache(maxsize=MAX_COMPILED_QUERIES)
def _compile_prepared_queryset(
    build_queryset: Callable[..., QuerySet[Any, Any]], query_shape: tuple[Any, ...], days: tuple[date, date]
) -> CompiledQuery[Any]:
    """For one day in UTC and one day of the reader: both stand among the parameters, the first for seats and roles."""
    del days
    queryset = build_queryset(*[_build_query_placeholder(place, each) for place, each in enumerate(query_shape)])
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:  # nobody finds anything, whatever the values
        sql, parameters = "", ()
    compiler.connection = None  # each thread has its own
    queryset.query.combined_queries = ()  # compiled by now; the parts of the query of tasks take 11 MB
    return CompiledQuery(queryset, compiler, sql, tuple(parameters))


def _build_query_placeholder(parameter_index: int, query_value: Any) -> Any:
    if isinstance(query_value, QueryParameter):
        return _build_placeholder_value(
            parameter_index, {kind.__name__: kind for kind in QUERY_PARAMETER_TYPES}[str(query_value.value)]
        )
    if isinstance(query_value, type) and issubclass(query_value, Model):
        pk_name = query_value._meta.pk.attname  # noqa: SLF001 - public by Django's word
        return query_value.from_db(DEFAULT_DB_ALIAS, [pk_name], [_build_placeholder_value(parameter_index, int)])
    return query_value


def _adapt_parameter_value(parameter_value: Value) -> Any:
    """As the database is given it: SQLite is given days and moments as text."""
    if isinstance(parameter_value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(parameter_value)
    return (
        connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(parameter_value)
        if isinstance(parameter_value, date)
        else parameter_value
    )


def _build_placeholder_value(parameter_index: int, value_type: type) -> Value:
    if value_type is datetime:
        return datetime(FIRST_PLACEHOLDER_YEAR + parameter_index, 1, 1, tzinfo=UTC)
    if value_type is date:
        return date(FIRST_PLACEHOLDER_YEAR + parameter_index, 1, 1)
    return PLACEHOLDER_INTEGER + parameter_index if value_type is int else f"\ue000{parameter_index}"
