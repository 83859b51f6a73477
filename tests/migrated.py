"""A database as the migrations leave it, kept from run to run: making it takes each worker seven seconds.

What a test wrote for good is gone after it without Django's flush, which empties every table, full or not, and lets all
be filled in again that migrations wrote there: SQLite gets a picture put back, PostgreSQL is asked to delete.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from jukwaa.coalitions import append_only

DATABASE_COPY_FOLDER = Path(settings.PACKAGE).parent / "data" / "migrated"
FILES_CALLED_BY_MIGRATIONS = (
    "records/index/*.py",
    "coalitions/append_only.py",
    "core/db.py",
    "core/migration_operations.py",
)  # what migrations and their signals call


def get_database_copy_path() -> Path:
    """Where it is kept, under a name that changes with every migration and all that they call."""
    told = hashlib.blake2b(f"{sys.version} {sqlite3.sqlite_version}".encode(), digest_size=16)
    for file in _list_source_files():
        told.update(file.name.encode() + b"\0" + file.read_bytes())
    return DATABASE_COPY_FOLDER / f"{told.hexdigest()}.sqlite3"


def _list_source_files() -> Iterator[Path]:
    for config in apps.get_app_configs():
        yield from sorted(Path(config.path).glob("migrations/*.py"))
    for pattern in FILES_CALLED_BY_MIGRATIONS:
        yield from sorted(Path(settings.PACKAGE).glob(pattern))


@contextmanager
def lock_database_copy() -> Iterator[None]:
    """Whoever comes while another process migrates waits for what that one keeps."""
    if connection.vendor != "sqlite":
        yield
        return
    DATABASE_COPY_FOLDER.mkdir(parents=True, exist_ok=True)
    with (DATABASE_COPY_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def restore_database_copy() -> bool:
    """Put a copy where the tests' database is made. False where none is kept: it is migrated then."""
    file = Path(settings.DATABASES["default"].get("TEST", {}).get("NAME") or "")
    if connection.vendor != "sqlite" or not get_database_copy_path().exists():
        return False
    for end in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    shutil.copyfile(get_database_copy_path(), file)
    return True


def save_database_copy() -> None:
    """What was just migrated. The file gets its name when it is whole."""
    if connection.vendor != "sqlite" or get_database_copy_path().exists():
        return
    for old in DATABASE_COPY_FOLDER.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    connection.ensure_connection()
    own = DATABASE_COPY_FOLDER / f"{os.getpid()}.part"
    with closing(sqlite3.connect(own)) as copy:
        connection.connection.backup(copy)
    own.rename(get_database_copy_path())


@contextmanager
def prepare_database_reset() -> Iterator[Callable[[], None]]:
    """What leads back to the database as it is now."""
    if connection.vendor == "sqlite":
        with closing(copy_database_to_memory()) as now:
            yield partial(restore_database_from_memory, now)
        return
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        unfilled = [name for name in names if not _has_table_rows(cursor, name)]
    yield partial(delete_all_rows, unfilled)


def _has_table_rows(cursor: Any, table_name: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table_name}")')
    return bool(cursor.fetchone()[0])


def delete_all_rows(table_names: list[str]) -> None:
    """All at once, since each may point at any other; the append-only ones let it, this once."""
    with transaction.atomic():
        append_only.drop_append_only_triggers()
        with connection.cursor() as cursor:
            cursor.execute(";".join(f'DELETE FROM "{table}"' for table in table_names))
        append_only.install_append_only_triggers()


def copy_database_to_memory() -> sqlite3.Connection:
    """The whole database as it is now, in memory."""
    connection.ensure_connection()
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(copy)
    return copy


def restore_database_from_memory(database_copy: sqlite3.Connection) -> None:
    """Every table, trigger and sequence as in the picture, for all who have this database open."""
    connection.ensure_connection()
    database_copy.backup(connection.connection)
