"""What the engine needs in the database: made by a migration, checked by tests and `jukwaa doctor`."""

from typing import Any

from jukwaa.records.index.engine import engine


def create(*_migration: Any) -> None:
    engine().create()


def drop(*_migration: Any) -> None:
    engine().drop()


def install_triggers(**_kwargs: Any) -> None:
    """Receiver of post_migrate: an AlterField on SQLite rebuilds a table and drops its triggers silently."""
    engine().install_triggers()


def missing_parts() -> list[str]:
    """What the index needs and the database does not have; empty if all is well."""
    return engine().missing()
