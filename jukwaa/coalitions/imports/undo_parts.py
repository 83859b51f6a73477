"""Rows of other apps that exist only because of an import, and go with it when it is undone."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from jukwaa.core.registry import Registry

# For the keys of people whom an import added: rows about them that nobody outside has seen, in the order in which they
# can be deleted.
undo_part_registry: Registry[str, Callable[[Collection[int]], list[QuerySet[Any]]]] = Registry(
    "parts of undone imports"
)


def find_removable_rows(people_ids: Collection[int]) -> list[QuerySet[Any]]:
    return [rows for find in undo_part_registry.values() for rows in find(people_ids)]
