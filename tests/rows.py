"""For each route with arguments, what the walks fill in. A route without a row fails `test_every_route_has_a_row`."""

from collections.abc import Callable
from typing import Any

from tests.world import World

type Rows = Callable[[World], list[dict[str, Any]]]


def of_kind(kind: str) -> Rows:
    return lambda world: [{"pk": record.pk} for record in world.of_kind(kind)]


def any_record(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for record in world.records.values()]


ROWS: dict[str, Rows] = {}

# Routes that lead to no record: each with its reason.
WITHOUT_RECORDS: dict[str, str] = {
    "core:stylesheet": "a style sheet",
}
