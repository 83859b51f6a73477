"""Data that a restore has replaced: kept in the data folder, and deleted once backups of that day would expire.

It is as old as the restore, and has people who were erased since. A restore that was killed leaves its workshop.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

REPLACED_FOLDER_NAME_FORMAT = "before-restore-%Y%m%d-%H%M%S"
RESTORE_FOLDER_PREFIX = "restore-"  # what a restore unpacks; it removes the folder when it ends
MAX_RESTORE_DURATION = timedelta(days=1)


def find_replaced_data() -> dict[datetime, Path]:
    """Return the folders by the time of the restore, which their names say."""
    found = {}
    for path in Path(settings.DATA_FOLDER).glob("before-restore-*"):
        with suppress(ValueError):  # somebody else's folder
            found[datetime.strptime(path.name, REPLACED_FOLDER_NAME_FORMAT).replace(tzinfo=UTC)] = path
    return dict(sorted(found.items()))


def find_abandoned_restores() -> list[Path]:
    """Return the folders of restores that were killed: a copy of the data of a backup."""
    oldest = (timezone.now() - MAX_RESTORE_DURATION).timestamp()
    folders = sorted(Path(settings.DATA_FOLDER).glob(f"{RESTORE_FOLDER_PREFIX}*"))
    return [path for path in folders if path.is_dir() and path.stat().st_mtime < oldest]


def remove_expired_data(now: datetime) -> None:
    """Delete the folders whose restore is longer ago than backups are kept."""
    for restored, path in find_replaced_data().items():
        if now - restored > timedelta(days=settings.BACKUP_DAYS):
            shutil.rmtree(path)
