"""The database's part of a backup: SQLite by its own online copy, PostgreSQL by its own pg_dump."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from jukwaa.config.backups.errors import BrokenArchiveError
from jukwaa.config.backups.migration_versions import check_backup_not_newer, has_unapplied_migrations

SQLITE, POSTGRESQL = "jukwaa.sqlite3", "postgresql.dump"
ENVIRONMENT_HIDDEN_FROM_TOOLS = {"DATABASE_URL", "JUKWAA_ERASURES"}  # a copy is checked without touching what is in use
DATABASE_DUMP_NAMES = (SQLITE, POSTGRESQL)
# What of the record can be looked at in a copy, without any of its files.
HEALTH_CHECKS_OF_COPY = ("database", "append-only", "chain", "versions")


def dump_database(folder_path: Path) -> Path:
    """A consistent copy, while people go on writing."""
    if connection.vendor == "sqlite":
        return _dump_sqlite_database(folder_path / SQLITE)
    target = folder_path / POSTGRESQL
    _run_postgresql_tool("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    return target


def _dump_sqlite_database(target_path: Path) -> Path:
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.exists():
        raise CommandError(f"There is no database at {path} to back up.")
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target_path)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file that stands by itself
    return target_path


def check_database_copy(folder_path: Path, manifest: dict[str, Any]) -> list[str]:
    """Return what is wrong with the copy in the folder, once it has been brought up to date.

    Raises BrokenArchiveError where it cannot be: it is missing, no database, or newer than this code.
    """
    if (folder_path / SQLITE).exists():
        return _check_sqlite_backup(folder_path, manifest)
    if not (folder_path / POSTGRESQL).exists():
        raise BrokenArchiveError("This archive contains no database.")
    check_backup_not_newer(manifest, set(manifest.get("migrations", [])))
    command: list[str | Path] = [_find_postgresql_tool("pg_restore"), "--list", folder_path / POSTGRESQL]
    answer = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - PostgreSQL's own tool
    return [] if answer.returncode == 0 else [f"pg_restore cannot read the database: {answer.stderr.decode().strip()}"]


def _check_sqlite_backup(folder_path: Path, manifest: dict[str, Any]) -> list[str]:
    try:
        with closing(sqlite3.connect(folder_path / SQLITE)) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
            found += [f"{row[0]} points to nothing" for row in copy.execute("PRAGMA foreign_key_check")][:3]
            applied = {f"{app}.{name}" for app, name in copy.execute("SELECT app, name FROM django_migrations")}
    except sqlite3.DatabaseError as error:
        raise BrokenArchiveError(f"The database in the archive cannot be opened: {error}.") from error
    check_backup_not_newer(manifest, applied)
    complaints = [f"The database is damaged: {'; '.join(found)}."] if found else []
    if has_unapplied_migrations(applied) and (said := _run_command_on_data_folder(folder_path, "prepare")):
        raise BrokenArchiveError(f"The database in the archive could not be brought up to date: {said}")
    said = _run_command_on_data_folder(folder_path, "doctor", *(f"--only={name}" for name in HEALTH_CHECKS_OF_COPY))
    return complaints + [line for line in said.splitlines() if not line.endswith(": OK")]


def _run_command_on_data_folder(folder_path: Path, *command: str) -> str:
    """Run a command of ours in a process for which the folder is its data. Returns what it said if it failed."""
    environment = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT_HIDDEN_FROM_TOOLS}
    environment |= {"JUKWAA_DATA": str(folder_path), "JUKWAA_SECRET_KEY": settings.SECRET_KEY}  # so that it makes none
    answer = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "jukwaa", *command], env=environment, capture_output=True, text=True, check=False
    )
    return "" if answer.returncode == 0 else (answer.stdout + answer.stderr).strip()


def load_postgresql(dump_path: Path) -> None:
    """Put the dump in the place of what the database has now, whole or not at all."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    _run_postgresql_tool(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        f"--dbname={name}",
        str(dump_path),
    )


def _run_postgresql_tool(tool_name: str, *arguments: str) -> None:
    parts = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {variable: str(parts[key]) for variable, key in names.items() if parts.get(key)}
    environment |= {f"PG{key.upper()}": str(value) for key, value in parts.get("OPTIONS", {}).items()}
    answer = subprocess.run(  # noqa: S603 - PostgreSQL's own tool
        [_find_postgresql_tool(tool_name), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise CommandError(f"{tool_name} failed, and nothing was changed: {answer.stderr.strip()}")


def _find_postgresql_tool(tool_name: str) -> str:
    if (tool := shutil.which(tool_name)) is None:
        raise CommandError(
            f"{tool_name} is not installed on this machine. Install the PostgreSQL client in the version of your server"
            " (apt-get install postgresql-client), or make the backup on the database server."
        )
    return tool
