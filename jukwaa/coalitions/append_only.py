"""Tables that only grow. A trigger refuses every UPDATE and DELETE, whoever asks.

An AlterField on SQLite rebuilds the table and drops its triggers silently, so post_migrate puts them back, and
`find_missing_triggers` lets tests and `jukwaa doctor` see that they are there.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

APPEND_ONLY_TABLES = ("coalitions_activity", "coalitions_seal", "coalitions_sealedactivity")

SQLITE_TRIGGER_SQL = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION_SQL = """
CREATE OR REPLACE FUNCTION jukwaa_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRESQL_TRIGGER_SQL = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION jukwaa_append_only()
"""


def _get_blocked_verbs() -> tuple[str, ...]:
    return ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")


def _iter_append_only_triggers() -> Iterator[tuple[str, str]]:
    for table in APPEND_ONLY_TABLES:
        for verb in _get_blocked_verbs():
            yield table, verb


def install_append_only_triggers(**_kwargs: Any) -> None:
    """Receiver of post_migrate: harmless to repeat."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION_SQL)
        statement = POSTGRESQL_TRIGGER_SQL if connection.vendor == "postgresql" else SQLITE_TRIGGER_SQL
        for table, verb in _iter_append_only_triggers():
            if table in tables:
                cursor.execute(statement.format(table=table, verb=verb))


def find_missing_triggers() -> list[str]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for table, verb in _iter_append_only_triggers() if (name := f"{table}_no_{verb}") not in present]


def drop_append_only_triggers() -> None:
    """For the flush between tests, and nothing else: the next migrate or `install_triggers` puts them back."""
    with connection.cursor() as cursor:
        for table, verb in _iter_append_only_triggers():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
