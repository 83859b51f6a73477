"""`jukwaa restore ARCHIVE`: put a backup in the place of what is there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.config.backups import BrokenArchiveError, RestoreError, restore_backup


class Command(BaseCommand):
    help = "Restore a backup. Existing data is moved aside, and only with --replace or --force."
    requires_system_checks = ()  # they open the database, which may be what is damaged

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace the data that is here")
        parser.add_argument(
            "--force", action="store_true", help="replace the data, even with an archive that failed its checks"
        )

    def handle(self, *_args: Any, archive: Path, replace: bool, force: bool, **_options: Any) -> None:
        try:
            aside = restore_backup(archive, replaces_data=replace, is_forced=force, print_warning=self._print_warning)
        except BrokenArchiveError as error:
            raise CommandError(str(error)) from error
        except RestoreError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"{archive} has been restored.")
        if aside:
            self.stdout.write(
                f"The previous data has been moved to {aside}. Delete it when you no longer need it, because it"
                f" includes people who have been erased. A backup deletes it after {settings.BACKUP_DAYS} days."
            )
        self.stdout.write(
            "Records deleted permanently since the backup are back: delete them again (see docs/operate.md)."
        )
        self.stdout.write("Emails that were waiting will not be sent automatically. Next, run: jukwaa doctor")

    def _print_warning(self, sentence: str) -> None:
        self.stderr.write(f"Warning: {sentence}")
