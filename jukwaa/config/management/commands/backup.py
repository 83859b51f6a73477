"""`jukwaa backup`: one archive with everything."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jukwaa.config.backups import make_backup


class Command(BaseCommand):
    help = "Write database, files and key into one archive, while Jukwaa goes on. Those whose days are over go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="where to (default: backups/ in the data folder)")

    def handle(self, *_args: Any, folder: Path | None, **_options: Any) -> None:
        archive = make_backup(folder or settings.DATA_FOLDER / "backups")
        self.stdout.write(f"{archive} ({archive.stat().st_size // 1024} kB). Keep a copy on another machine.")
