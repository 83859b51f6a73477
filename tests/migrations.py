"""Back to an earlier migration, and on to the latest ones."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

type Key = tuple[str, str]


def load_replaced_migrations(database: BaseDatabaseWrapper | None) -> MigrationLoader:
    """Return the migrations that squashed ones replace, without these.

    Django's own loader has both if it is asked for replaced ones, so that going back undoes the same change twice.
    """
    loader = MigrationLoader(database, load=False, replace_migrations=False)
    loader.build_graph()
    for key, squashed in loader.replacements.items():
        loader.graph.remove_replacement_node(key, squashed.replaces)
        loader.applied_migrations.pop(key, None)
    return loader


def order_migrations(loader: MigrationLoader) -> list[Key]:
    """Return all migrations in the order in which Django applies them to an empty database."""
    plans = [loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes()]
    return list(dict.fromkeys(key for plan in plans for key in plan))


def migrate_back(*targets: Key) -> None:
    executor = MigrationExecutor(connection)
    executor.loader = load_replaced_migrations(connection)
    executor.migrate(list(targets))
    _forget(executor.loader.replacements)


def _forget(squashed: Iterable[Key]) -> None:
    """A database of before they existed doesn't name them; Django records again those that are complete."""
    for app, name in squashed:
        MigrationRecorder(connection).record_unapplied(app, name)


def migrate_to_latest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def migrate_as_before(folder: Path, last: int) -> None:
    """Make a database by the replaced migrations, and keep a copy of it before each of the last ones.

    The copies are data folders: `stopped-accounts.0001_initial` has what comes before that migration.
    """
    loader = load_replaced_migrations(connection)
    copied = order_migrations(loader)[-last:]

    def copy(step: str, migration: Migration | None = None, _fake: bool = False) -> None:
        if step == "apply_start" and migration and (migration.app_label, migration.name) in copied:
            _copy_database(folder / f"stopped-{migration}")

    executor = MigrationExecutor(connection, copy)
    executor.loader = loader
    executor.migrate(loader.graph.leaf_nodes())


def _copy_database(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "jukwaa.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
