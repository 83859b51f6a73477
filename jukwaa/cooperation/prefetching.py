"""Rows with what hangs on them, in one query: pages of joint work show four such tables, and have twelve queries."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from jukwaa.coalitions.models import Capacity

PREFETCHED_CAPACITY_FIELDS = (
    "name",
    "stakeholder_group",
    "country",
    "regional_group",
)  # what a page shows of a capacity


def load_with_children[P: Model, C: Model](
    parent_rows: QuerySet[P], relation_name: str, child_model: type[C]
) -> list[tuple[P, list[C]]]:
    """Each row with those of `kind` that hang on it by this name, in the order of the query.

    A capacity, of the row or of what hangs on it, comes along as far as a page shows it.
    """
    parent = parent_rows.model
    own, each = _list_model_columns(parent), _list_model_columns(child_model, f"{relation_name}__")
    found: dict[int, tuple[P, list[C]]] = {}
    for read in parent_rows.values(*own, *each):
        if read["id"] not in found:
            found[read["id"]] = _build_model_instance(parent, read, own, ""), []
        if read[f"{relation_name}__id"] is not None:
            found[read["id"]][1].append(_build_model_instance(child_model, read, each, f"{relation_name}__"))
    return list(found.values())


def _list_model_columns(row_model: type[Model], column_prefix: str = "") -> list[str]:
    names = [column_prefix + field.attname for field in row_model._meta.concrete_fields]  # noqa: SLF001 - public by Django's word
    if any(field.name == "capacity" for field in row_model._meta.concrete_fields):  # noqa: SLF001 - as above
        names += [f"{column_prefix}capacity__{column}" for column in PREFETCHED_CAPACITY_FIELDS]
    return names


def _build_model_instance[M: Model](
    row_model: type[M], column_values: dict[str, Any], column_names: Sequence[str], column_prefix: str
) -> M:
    plain = {name.removeprefix(column_prefix): column_values[name] for name in column_names}
    told = {name: value for name, value in plain.items() if "__" not in name}
    row = row_model(**told)
    if told.get("capacity_id"):
        frozen = {column: plain[f"capacity__{column}"] for column in PREFETCHED_CAPACITY_FIELDS}
        row.capacity = Capacity(pk=told["capacity_id"], **frozen)  # type: ignore[attr-defined]  # has one: see `_columns`
    return row
