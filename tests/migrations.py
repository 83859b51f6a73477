"""Migrations of before, one at a time: to migrate back and forth takes a minute of CPU."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.db.models import Model

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


def order_migrations(migration_loader: MigrationLoader) -> list[Key]:
    """Return all migrations in the order in which Django applies them to an empty database."""
    plans = [migration_loader.graph.forwards_plan(leaf) for leaf in migration_loader.graph.leaf_nodes()]
    return list(dict.fromkeys(key for plan in plans for key in plan))


def run_data_migration(migration_key: Key) -> None:
    """Run the Python of a migration with the models of its time on the tables of today, which have their columns."""
    loader = load_replaced_migrations(None)
    historical = loader.project_state(migration_key).apps
    operations = loader.disk_migrations[migration_key].operations
    with transaction.atomic():
        for run_python in [each for each in operations if isinstance(each, RunPython)]:
            run_python.code(historical, cast("BaseDatabaseSchemaEditor", SimpleNamespace(connection=connection)))


def recreate_earlier_table(model: type[Model], migration_key: Key) -> tuple[type[Model], Callable[[], None]]:
    """Replace the table of a model by the empty one of before a migration.

    Return the model of that time, and what applies the migration.
    """
    loader = load_replaced_migrations(connection)
    state = loader.project_state(migration_key, at_end=False)
    earlier = state.apps.get_model(model._meta.label)
    with connection.schema_editor() as editor:
        editor.delete_model(model)
        editor.create_model(earlier)

    def apply_migration_to_copy() -> None:
        with connection.schema_editor() as editor:
            loader.disk_migrations[migration_key].apply(state, editor)

    return earlier, apply_migration_to_copy


def save_databases_between_replaced_migrations(copy_folder: Path, kept_migration_count: int) -> None:
    """Make a database by the replaced migrations, and keep a copy of it before each of the last ones.

    The copies are data folders: `stopped-accounts.0001_initial` has what comes before that migration.
    """
    loader = load_replaced_migrations(connection)
    copied = order_migrations(loader)[-kept_migration_count:]

    def copy_database_at_step(migration_step: str, migration: Migration | None = None, _fake: bool = False) -> None:
        if migration_step == "apply_start" and migration and (migration.app_label, migration.name) in copied:
            _copy_database_to_folder(copy_folder / f"stopped-{migration}")

    executor = MigrationExecutor(connection, copy_database_at_step)
    executor.loader = loader
    executor.migrate(loader.graph.leaf_nodes())


def _copy_database_to_folder(copy_folder: Path) -> None:
    copy_folder.mkdir()
    with closing(sqlite3.connect(copy_folder / "jukwaa.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
