"""A rule of who may see a row, as an expression that costs nothing to word.

Django takes 5 ms to put together a rule of nine subqueries, and a page asks several times. The wording is the same for
everybody all day long, so that it is made once and filled in: what the rule asks for is read by the database each time.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.lookups import Exact
from django.utils import timezone

type Rule[M: Model] = Callable[[M, date], QuerySet[Any]]
type Sql = tuple[str, tuple[str | int, ...]]

ANYBODY = -1  # no person's number: it stands where the viewer's will


class Holds(Exact):
    """The rule itself, where Django would ask SQLite whether it equals 1: SQLite then looks into every part of it, and
    not only as far as the first that holds.
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.process_lhs(compiler, connection) if self.rhs is True else super().as_sql(compiler, connection)


class Worded[M: Model](Func):
    """Whether the rule holds for this viewer and this row; it looks at these fields of the row."""

    output_field = BooleanField()

    def __init__(self, rule: Rule[M], viewer: M, fields: tuple[str, ...]) -> None:
        super().__init__(*[F(name) for name in fields])
        self.rule, self.viewer, self.fields, self.day = rule, viewer, fields, timezone.localdate()

    def get_lookup(self, lookup: str) -> Any:
        return Holds if lookup == "exact" else super().get_lookup(lookup)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_context: Any) -> Sql:
        people = self.viewer._meta.model  # noqa: SLF001 - public by Django's word; a request's user is of a lazy type
        sql, parameters = _worded(self.rule, people, self.day, connection.alias)
        columns = [compiler.compile(expression)[0] for expression in self.source_expressions]
        filled = sql.format(**dict(zip(self.fields, columns, strict=True)))
        return filled, tuple(self.viewer.pk if value == ANYBODY else value for value in parameters)


@lru_cache(maxsize=64)
def _worded(rule: Rule[Any], people: type[Model], day: date, database: str) -> Sql:
    """The rule with the row's columns left open. Its subqueries get names that no query around it can have."""
    rows = rule(people(pk=ANYBODY), day)
    query, options = rows.query, rows.model._meta  # noqa: SLF001 - public by Django's word
    sql, parameters = query.get_compiler(connection=connections[database]).compile(query.where)
    sql = re.sub(r"\b([U-Z]+\d+)\b", rf"{rule.__name__}_\1", sql)
    for field in options.concrete_fields:
        name = "pk" if field.primary_key else field.name
        sql = sql.replace(f'"{options.db_table}"."{field.column}"', f"{{{name}}}")
    return f"({sql})", tuple(parameters)
