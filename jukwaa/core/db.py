"""What all models share."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression
from django.db.models.sql.compiler import SQLCompiler


class Manager[M: models.Model](models.Manager[M]):
    """Relations that were not fetched come for all peers at once: a slip costs one query, not one a row."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


def build_in_force_q(
    day_expression: BaseExpression | object, *, start_field: str = "starts_on", end_field: str = "ends_on"
) -> models.Q:
    """Return a condition for rows in force on the day: started, and not ended before it. Open ends are NULL."""
    begun = models.Q(**{f"{start_field}__isnull": True}) | models.Q(**{f"{start_field}__lte": day_expression})
    lasting = models.Q(**{f"{end_field}__isnull": True}) | models.Q(**{f"{end_field}__gte": day_expression})
    return begun & lasting


def build_display_method(field: str, choices: type[models.TextChoices]) -> Callable[[models.Model], str]:
    """For `get_..._display`: the label of a field's value. Django's own puts all labels together at each call."""

    def get_choice_display(model_row: models.Model) -> str:
        return str(choices(getattr(model_row, field)).label)

    return get_choice_display


class JSONArrayLength(models.Func):
    """How many entries the array of a JSONField has."""

    function = "json_array_length"
    output_field = models.IntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_array_length", **context)
