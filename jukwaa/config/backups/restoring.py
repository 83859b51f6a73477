"""Putting a backup in the place of what is there. What was there is moved aside, not deleted."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from jukwaa.config.backups import databases
from jukwaa.config.backups.archive import unpack, verify_backup
from jukwaa.mail.models import Message
from jukwaa.updates.leases import DEAD_AFTER
from jukwaa.updates.models import Lease


class NotRestored(Exception):  # noqa: N818 - it is what happened
    """Nothing was changed; the sentence says why."""


def restore_backup(archive: Path, *, replace: bool) -> Path | None:
    """Returns the folder into which what was there was moved. Raises Broken and NotRestored."""
    verify_backup(archive)
    there = _has_data()
    if there and not replace:
        raise NotRestored("There is data here already. Add --replace to put the backup in its place.")
    if there and _is_alive():
        raise NotRestored("Jukwaa is running here. Stop it, wait a minute, and restore then.")
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.DATA_FOLDER) as folder:
        unpack(archive, Path(folder))
        aside = _put_in_place(Path(folder))
    call_command("prepare", verbosity=0)
    keep_from_leaving_twice()
    return aside


def keep_from_leaving_twice() -> int:
    """Mail that waited when the backup was made may have left since. It is not sent by itself: an operator decides."""
    return Message.objects.filter(sent_at=None, given_up_at=None, claimed_at=None, held=False).update(
        claimed_at=timezone.now(), error="It waited in a backup that was restored, and may have been sent since."
    )


def _has_data() -> bool:
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True  # something lies there, even if it can't be read


def _is_alive() -> bool:
    try:
        return Lease.objects.filter(renewed_at__gt=timezone.now() - DEAD_AFTER).exists()
    except DatabaseError:
        return False  # a database that can't be read is what one restores a backup for


def _put_in_place(unpacked: Path) -> Path | None:
    aside = Path(settings.DATA_FOLDER) / f"before-restore-{timezone.now():%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    files = Path(default_storage.path(""))
    pairs = [(unpacked / "files", files), (unpacked / "secret-key", Path(settings.DATA_FOLDER) / "secret-key")]
    if (dumped := unpacked / databases.POSTGRESQL).exists():
        if connection.vendor != "postgresql":
            raise NotRestored("This backup is of PostgreSQL. Set DATABASE_URL to the database it shall go into.")
        databases.load_postgresql(dumped)
    else:
        if connection.vendor != "sqlite":
            raise NotRestored("This backup is of SQLite, and DATABASE_URL leads to PostgreSQL. Take it away first.")
        pairs += _sqlite_pairs(unpacked)
    connections.close_all()
    for new, old in pairs:
        if old.exists():
            old.rename(aside / old.name)
        if new.exists():
            shutil.move(new, old)
    if not any(aside.iterdir()):
        aside.rmdir()
        return None
    return aside


def _sqlite_pairs(unpacked: Path) -> list[tuple[Path, Path]]:
    """The database with its journals, which belong to the old one."""
    path = Path(str(connection.settings_dict["NAME"]))
    return [(unpacked / f"{databases.SQLITE}{end}", Path(f"{path}{end}")) for end in ("-wal", "-shm", "")]
