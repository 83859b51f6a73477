"""`jukwaa receive FOLDER`: take the mail that lies in a folder as .eml files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.mail.mail_intake import process_eml_folder
from jukwaa.updates.incoming import process_email


class Command(BaseCommand):
    help = "Process the .eml files in a folder, and move them to done/ or failed/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder. Enter the folder in which your mail server saves emails.")
        taken = process_eml_folder(folder, process_email)
        self.stdout.write(f"Emails processed: {taken}.")
