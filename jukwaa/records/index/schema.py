"""What the engine needs in the database: made by a migration, checked by tests and `jukwaa doctor`."""

from typing import Any

from jukwaa.records.index.current_engine import get_search_engine


def create(*_migration: Any) -> None:
    get_search_engine().create()


def drop(*_migration: Any) -> None:
    get_search_engine().drop()


def install_index_triggers(**_kwargs: Any) -> None:
    """Receiver of post_migrate: an AlterField on SQLite rebuilds a table and drops its triggers silently."""
    get_search_engine().install_triggers()


def find_missing_index_parts() -> list[str]:
    """What the index needs and the database does not have; empty if all is well."""
    return get_search_engine().missing()
