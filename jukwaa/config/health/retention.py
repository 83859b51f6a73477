"""Is what expired gone: rows of the database, and backups."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jukwaa.config.backups.archive import archives_in
from jukwaa.config.backups.replaced import find_left_over, find_replaced
from jukwaa.config.health.checks import Finding, remark, wrong
from jukwaa.core.retention import count_overdue

REMOVED_WITHIN = timedelta(days=2)  # the job runs once a day
NEWEST = timedelta(days=7)


def old_data_is_removed() -> Iterator[Finding]:
    for table, number in count_overdue(timezone.now() - REMOVED_WITHIN).items():
        yield wrong(
            f"{number} rows of {table} should be deleted by now. The worker deletes them daily: check that it runs."
        )


def backups_are_recent() -> Iterator[Finding]:
    """In the folder of the data, and in every folder of `JUKWAA_BACKUP_FOLDERS`."""
    own = settings.DATA_FOLDER / "backups"
    if not archives_in(own) and not settings.BACKUP_FOLDERS:
        yield remark("There are no backups yet. Run: jukwaa backup")
        return
    for folder in [own, *settings.BACKUP_FOLDERS]:
        yield from _ages(folder)


def _ages(folder: Path) -> Iterator[Finding]:
    made = archives_in(folder)
    if not made:
        yield wrong(f"There are no backups in {folder}. Check that backups are copied there.")
        return
    now = timezone.now()
    if (age := now - max(made)) > NEWEST:
        yield wrong(f"The newest backup in {folder} is {age.days} days old. Run: jukwaa backup")
    expired = [day for day in made if now - day > timedelta(days=settings.BACKUP_DAYS)]
    if expired:
        yield wrong(
            f"{len(expired)} backups in {folder} are older than the {settings.BACKUP_DAYS} days that the privacy"
            " notice states. Delete them."
        )


def replaced_data_is_gone() -> Iterator[Finding]:
    """What restores moved aside has people who were erased since."""
    now = timezone.now()
    for restored, path in find_replaced().items():
        age = now - restored
        sentence = (
            f"{path} contains data that a restore replaced {age.days} days ago, including people erased since then."
        )
        if age > timedelta(days=settings.BACKUP_DAYS) + REMOVED_WITHIN:
            yield wrong(f"{sentence} The privacy notice states {settings.BACKUP_DAYS} days. Delete it: rm -r {path}")
        else:
            yield remark(
                f"{sentence} The first backup after {settings.BACKUP_DAYS} days will delete it. If you do not need it,"
                f" delete it now: rm -r {path}"
            )
    for path in find_left_over():
        yield wrong(f"{path} is left over from a restore that was interrupted. Delete it: rm -r {path}")
