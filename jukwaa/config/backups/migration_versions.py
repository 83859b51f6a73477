"""Which migrations a database had when its backup was made, compared with those of this code."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.version import get_version_tuple

from jukwaa import __version__
from jukwaa.config.backups.errors import BrokenArchiveError


def list_applied_migrations() -> list[str]:
    """Return the migrations of the database that is in use, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def check_backup_not_newer(manifest: dict[str, Any], applied_migrations: set[str]) -> None:
    """Raise BrokenArchiveError if the archive is of a later version, or has migrations that this code does not know.

    Migrations of apps that no longer exist here are from an older version, so they are left out.
    """
    apps = {name.partition(".")[0] for name in _load_known_migrations()}
    is_newer = get_version_tuple(str(manifest.get("version", "0"))) > get_version_tuple(__version__)
    if is_newer or any(
        name not in _load_known_migrations() and name.partition(".")[0] in apps for name in applied_migrations
    ):
        made_by = manifest.get("version", "another version")
        raise BrokenArchiveError(
            f"This archive was made by a newer version of Jukwaa ({made_by}; this is {__version__})."
            " Install that version or a later one, then restore."
        )


def has_unapplied_migrations(applied_migrations: set[str]) -> bool:
    """Whether this code has migrations that the database does not."""
    return bool(_load_known_migrations() - applied_migrations)


@cache
def _load_known_migrations() -> frozenset[str]:
    """The migrations of this code, with those that were replaced by others."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = [pair for migration in found.values() for pair in migration.replaces]
    return frozenset(f"{app}.{name}" for app, name in (*found, *replaced))
