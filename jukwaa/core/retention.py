"""Removing personal data that is kept no longer, as each table declares it (`core/personal_data.py`)."""
# ruff: noqa: SLF001 - _meta and _base_manager are public by Django's word

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Model, Q, QuerySet

from jukwaa.core.personal_data import RetentionPeriod, personal_data_registry
from jukwaa.core.transactions import atomic_with_retry


def get_removal_rules() -> dict[type[Model], RetentionPeriod]:
    """Tables of which something is removed by itself once its time has come."""
    kept = {model: declared.retention for model, declared in personal_data_registry.items()}
    return {model: rule for model, rule in kept.items() if isinstance(rule, RetentionPeriod) and not rule.remind}


def find_overdue_rows(row_model: type[Model], retention_rule: RetentionPeriod, now: datetime) -> QuerySet[Any]:
    """Return the rows kept longer than the rule allows; those that were emptied before are not among them."""
    limit = now - retention_rule.span
    day = limit if isinstance(_resolve_lookup_field(row_model, retention_rule.since), DateTimeField) else limit.date()
    rows = row_model._base_manager.filter(retention_rule.where, **{f"{retention_rule.since}__lt": day}).order_by()
    return rows.exclude(Q(**_get_empty_values(row_model, retention_rule))) if retention_rule.clears else rows


def remove_overdue_rows(now: datetime) -> int:
    """Delete or empty what is overdue, table by table; return the number of rows. Harmless to repeat."""
    return sum(_remove_overdue_rows_of_model(model, rule, now) for model, rule in get_removal_rules().items())


def count_overdue_rows(now: datetime) -> dict[str, int]:
    """Return how many rows of each table are overdue, by the table's name; none for those without."""
    counts = {
        model._meta.label: find_overdue_rows(model, rule, now).count() for model, rule in get_removal_rules().items()
    }
    return {label: count for label, count in counts.items() if count}


@atomic_with_retry
def _remove_overdue_rows_of_model(row_model: type[Model], rule: RetentionPeriod, now: datetime) -> int:
    rows = find_overdue_rows(row_model, rule, now)
    if rule.clears:
        return row_model._base_manager.filter(pk__in=rows.values("pk")).update(**_get_empty_values(row_model, rule))
    return rows.delete()[0]


def _get_empty_values(row_model: type[Model], retention_rule: RetentionPeriod) -> dict[str, Any]:
    return {name: _resolve_lookup_field(row_model, name).get_default() for name in retention_rule.clears}


def _resolve_lookup_field(row_model: type[Model], field_lookup: str) -> Any:
    """The field at the end of a lookup over relations."""
    *relations, name = field_lookup.split("__")
    for relation in relations:
        row_model = row_model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return row_model._meta.get_field(name)
