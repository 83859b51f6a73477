"""What the rows of the walks are made of: records of the world by kind, and rows of a table."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from tests.deep import IS_DEEP_RUN
from tests.world import World

type Rows = Callable[[World], list[dict[str, Any]]]


def build_rows_of_kind(record_kind: str) -> Rows:
    """Records of a kind, for the pages where it is read: as `build_varied_record_rows`, or in every label and state."""
    return lambda world: [
        {"pk": record.pk}
        for record in (world.list_all_records if IS_DEEP_RUN else world.list_varied_records)(record_kind)
    ]


def build_sample_rows(record_kind: str, **more: Any) -> Rows:
    """A record of a kind that most may see, and those that hardly anybody may: for forms and buttons."""
    return lambda world: [{"pk": record.pk} | more for record in world.list_example_records(record_kind)]


def build_varied_record_rows(record_kind: str, **more: Any) -> Rows:
    """Every label once and every state once: for further pages of what `build_rows_of_kind` reads in all of them."""
    return lambda world: [{"pk": record.pk} | more for record in world.list_varied_records(record_kind)]


def build_table_rows(model: type[Model], max_rows: int = 4) -> Rows:
    """The first rows of a table of the directory, which holds no record."""
    return lambda _world: [{"pk": pk} for pk in model._default_manager.values_list("pk", flat=True)[:max_rows]]
