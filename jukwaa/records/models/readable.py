"""A rule of who may read a row, as an expression that costs nothing to word.

Django takes 5 ms to put together a rule of nine subqueries, and a page asks several times. The wording is the same for
everybody all day long, so that it is made once and filled in: what the rule asks for is read by the database each time.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, QuerySet
from django.utils import timezone

from jukwaa.accounts.models import Person

type Rule = Callable[[Person, date], QuerySet[Any]]
type Sql = tuple[str, tuple[str | int, ...]]

ANYBODY = -1  # no person's number: it stands where the viewer's will


class Readable(Func):
    """Whether the viewer may read this row, by a rule that looks at these of its fields."""

    output_field = BooleanField()

    def __init__(self, viewer: Person, rule: Rule, fields: tuple[str, ...]) -> None:
        super().__init__(*[F(name) for name in fields])
        self.viewer, self.rule, self.fields, self.day = viewer.pk, rule, fields, timezone.localdate()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_context: Any) -> Sql:
        sql, parameters = _worded(self.rule, self.day, connection.alias)
        columns = [compiler.compile(expression)[0] for expression in self.source_expressions]
        filled = sql.format(**dict(zip(self.fields, columns, strict=True)))
        return filled, tuple(self.viewer if value == ANYBODY else value for value in parameters)


@lru_cache(maxsize=4)
def _worded(rule: Rule, day: date, database: str) -> Sql:
    """The rule with the row's columns left open. Its subqueries get names that no query around it can have."""
    rows = rule(Person(pk=ANYBODY), day)
    query, options = rows.query, rows.model._meta  # noqa: SLF001 - public by Django's word
    sql, parameters = query.get_compiler(connection=connections[database]).compile(query.where)
    sql = re.sub(r"\b([U-Z]+\d+)\b", r"read_\1", sql)
    for field in options.concrete_fields:
        name = "pk" if field.primary_key else field.name
        sql = sql.replace(f'"{options.db_table}"."{field.column}"', f"{{{name}}}")
    return f"({sql})", tuple(parameters)
