"""`jukwaa verify-backup ARCHIVE`: would it do, if it were needed today?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.config.backups import BrokenArchiveError, RestoreError, verify_backup


class Command(BaseCommand):
    help = "Check whether a backup could be restored: its files, its database and its chain of seals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *_args: Any, archive: Path, **_options: Any) -> None:
        try:
            manifest = verify_backup(archive)
        except BrokenArchiveError as error:
            raise CommandError(f"{archive} is not valid. {error}") from error
        except RestoreError as error:
            raise CommandError(f"{archive} could not be checked. {error}") from error
        self.stdout.write(f"{archive} is valid: made {manifest['made']}, {len(manifest['sha256'])} files.")
