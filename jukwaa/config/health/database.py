"""Is the database there, is it the one that this version needs, and does it guard what it must."""

from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from jukwaa.coalitions.append_only import find_missing_triggers
from jukwaa.config.health.checks import HealthFinding, build_problem_finding

SQLITE_SYNCHRONOUS_FULL = 2  # PRAGMA synchronous


def check_database() -> Iterator[HealthFinding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield build_problem_finding(
            f"The database cannot be reached: {error}. Check that it is running and that DATABASE_URL is correct."
        )
        return
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield build_problem_finding(f"{len(waiting)} migrations of the database are missing. Run: jukwaa upgrade")


def check_sqlite() -> Iterator[HealthFinding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        complaints = [row[0] for row in cursor.execute("PRAGMA quick_check(5)").fetchall() if row[0] != "ok"]
    if journal != "wal":
        yield build_problem_finding(
            f"The journal is {journal}, not WAL, so readers wait for writers. Move data off network drives."
        )
    if synchronous != SQLITE_SYNCHRONOUS_FULL:
        yield build_problem_finding(
            "Writes are not flushed to the disk (synchronous is not FULL). Start Jukwaa with its own settings."
        )
    for complaint in complaints:
        yield build_problem_finding(
            f"The database file is damaged: {complaint}. Stop Jukwaa, and restore the last valid backup."
        )


def check_cache_table() -> Iterator[HealthFinding]:
    table = cast("dict[str, str]", settings.CACHES["default"])["LOCATION"]
    if table not in connection.introspection.table_names():
        yield build_problem_finding(f"The table {table} is missing, so nobody can sign in. Run: jukwaa prepare")


def check_append_only_triggers() -> Iterator[HealthFinding]:
    if missing := find_missing_triggers():
        yield build_problem_finding(
            f"The activity log is not protected from changes: {', '.join(missing)} is missing. Run: jukwaa prepare"
        )
