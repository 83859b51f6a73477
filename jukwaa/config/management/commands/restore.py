"""`jukwaa restore ARCHIVE`: put a backup in the place of what is there."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.config.backups import Broken, NotRestored, restore_backup


class Command(BaseCommand):
    help = "Put a backup in place. What was there is moved aside, and only with --replace."
    requires_system_checks = ()  # they open the database, which may be what is damaged

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help="although there is data here already")

    def handle(self, *_args: Any, archive: Path, replace: bool, **_options: Any) -> None:
        try:
            aside = restore_backup(archive, replace=replace)
        except (Broken, NotRestored) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"{archive} is restored.")
        if aside:
            self.stdout.write(f"What was there lies in {aside}. Delete it when you are sure.")
        self.stdout.write("What was erased after the backup was made is here again: erase it anew (docs/operate.md).")
        self.stdout.write("Mail that waited then is not sent by itself, since it may have left. Now: jukwaa doctor")
