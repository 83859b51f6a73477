"""Check that expired rows and backups have been deleted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jukwaa.config.backups.archive import find_backup_archives
from jukwaa.config.backups.replaced_data import find_abandoned_restores, find_replaced_data
from jukwaa.config.health.checks import HealthFinding, build_problem_finding, build_remark_finding
from jukwaa.core.retention import count_overdue_rows

REMOVAL_GRACE_PERIOD = timedelta(days=2)  # the job runs once a day
MAX_BACKUP_AGE = timedelta(days=7)


def check_overdue_data() -> Iterator[HealthFinding]:
    for table, number in count_overdue_rows(timezone.now() - REMOVAL_GRACE_PERIOD).items():
        yield build_problem_finding(
            f"{number} rows of {table} should be deleted by now. The worker deletes them daily: check that it runs."
        )


def check_backups() -> Iterator[HealthFinding]:
    """In the folder of the data, and in every folder of `JUKWAA_BACKUP_FOLDERS`."""
    own = settings.DATA_FOLDER / "backups"
    if not find_backup_archives(own) and not settings.BACKUP_FOLDERS:
        yield build_remark_finding("There are no backups yet. Run: jukwaa backup")
        return
    for folder in [own, *settings.BACKUP_FOLDERS]:
        yield from _check_backup_ages(folder)


def _check_backup_ages(folder_path: Path) -> Iterator[HealthFinding]:
    made = find_backup_archives(folder_path)
    if not made:
        yield build_problem_finding(f"There are no backups in {folder_path}. Check that backups are copied there.")
        return
    now = timezone.now()
    if (age := now - max(made)) > MAX_BACKUP_AGE:
        yield build_problem_finding(f"The newest backup in {folder_path} is {age.days} days old. Run: jukwaa backup")
    expired = [day for day in made if now - day > timedelta(days=settings.BACKUP_DAYS)]
    if expired:
        yield build_problem_finding(
            f"{len(expired)} backups in {folder_path} are older than the {settings.BACKUP_DAYS} days that the privacy"
            " notice states. Delete them."
        )


def check_replaced_data() -> Iterator[HealthFinding]:
    """What restores moved aside has people who were erased since."""
    now = timezone.now()
    for restored, path in find_replaced_data().items():
        age = now - restored
        sentence = (
            f"{path} contains data that a restore replaced {age.days} days ago, including people erased since then."
        )
        if age > timedelta(days=settings.BACKUP_DAYS) + REMOVAL_GRACE_PERIOD:
            yield build_problem_finding(
                f"{sentence} The privacy notice states {settings.BACKUP_DAYS} days. Delete it: rm -r {path}"
            )
        else:
            yield build_remark_finding(
                f"{sentence} The first backup after {settings.BACKUP_DAYS} days will delete it. If you do not need it,"
                f" delete it now: rm -r {path}"
            )
    for path in find_abandoned_restores():
        yield build_problem_finding(f"{path} is left over from a restore that was interrupted. Delete it: rm -r {path}")
