"""Data that a restore replaced: it lies in the data folder and goes once the days of backups are over.

It is as old as the restore, and has people who were erased since. A restore that was killed leaves its workshop.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

REPLACED = "before-restore-%Y%m%d-%H%M%S"
WORKSHOP = "restore-"  # what a restore unpacks; it removes the folder when it ends
LONGEST_RESTORE = timedelta(days=1)


def find_replaced() -> dict[datetime, Path]:
    """Return the folders by the time of the restore, which their names say."""
    found = {}
    for path in Path(settings.DATA_FOLDER).glob("before-restore-*"):
        with suppress(ValueError):  # somebody else's folder
            found[datetime.strptime(path.name, REPLACED).replace(tzinfo=UTC)] = path
    return dict(sorted(found.items()))


def find_left_over() -> list[Path]:
    """Return the folders of restores that were killed: a copy of the data of a backup."""
    oldest = (timezone.now() - LONGEST_RESTORE).timestamp()
    folders = sorted(Path(settings.DATA_FOLDER).glob(f"{WORKSHOP}*"))
    return [path for path in folders if path.is_dir() and path.stat().st_mtime < oldest]


def remove_expired(now: datetime) -> None:
    """Delete the folders whose restore is longer ago than backups are kept."""
    for restored, path in find_replaced().items():
        if now - restored > timedelta(days=settings.BACKUP_DAYS):
            shutil.rmtree(path)
