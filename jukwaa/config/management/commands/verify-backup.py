"""`jukwaa verify-backup ARCHIVE`: would it do, if it were needed today?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.config.backups import Broken, verify_backup


class Command(BaseCommand):
    help = "Compare an archive with its list, open its database, and follow its chain of seals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *_args: Any, archive: Path, **_options: Any) -> None:
        try:
            manifest = verify_backup(archive)
        except Broken as reason:
            raise CommandError(f"{archive} is not good. {reason}") from reason
        self.stdout.write(f"{archive} is good: made {manifest['made']}, {len(manifest['sha256'])} files.")
