"""`jukwaa backup`: one archive with everything."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.config.backups import BackupError, BrokenArchiveError, make_backup


class Command(BaseCommand):
    help = "Back up the database, files and key into one archive, check it, and delete expired archives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, help="the folder for the archive (default: backups/ in the data folder)"
        )

    def handle(self, *_args: Any, folder: Path | None, **_options: Any) -> None:
        try:
            archive, complaints = make_backup(folder or settings.DATA_FOLDER / "backups")
        except (BackupError, BrokenArchiveError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{archive} ({archive.stat().st_size // 1024} kB). Keep a copy on another machine.")
        if complaints:
            said = "\n".join(complaints)
            raise InvalidBackupError(f"The archive was written, but `restore` would refuse it without --force:\n{said}")


class InvalidBackupError(CommandError):
    """The archive is there, and `restore` would refuse it."""
