"""Is the database there, is it the one that this version needs, and does it guard what it must."""

from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from jukwaa.coalitions.append_only import missing_triggers
from jukwaa.config.health.checks import Finding, wrong

FULL = 2  # PRAGMA synchronous


def is_there() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield wrong(
            f"The database cannot be reached: {error}. Check that it is running and that DATABASE_URL is correct."
        )
        return
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield wrong(f"{len(waiting)} migrations of the database are missing. Run: jukwaa upgrade")


def sqlite_is_sound() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        complaints = [row[0] for row in cursor.execute("PRAGMA quick_check(5)").fetchall() if row[0] != "ok"]
    if journal != "wal":
        yield wrong(f"The journal is {journal}, not WAL, so readers wait for writers. Move data off network drives.")
    if synchronous != FULL:
        yield wrong("Writes are not flushed to the disk (synchronous is not FULL). Start Jukwaa with its own settings.")
    for complaint in complaints:
        yield wrong(f"The database file is damaged: {complaint}. Stop Jukwaa, and restore the last valid backup.")


def cache_table_is_there() -> Iterator[Finding]:
    table = cast("dict[str, str]", settings.CACHES["default"])["LOCATION"]
    if table not in connection.introspection.table_names():
        yield wrong(f"The table {table} is missing, so nobody can sign in. Run: jukwaa prepare")


def triggers_are_there() -> Iterator[Finding]:
    if missing := missing_triggers():
        yield wrong(
            f"The activity log is not protected from changes: {', '.join(missing)} is missing. Run: jukwaa prepare"
        )
