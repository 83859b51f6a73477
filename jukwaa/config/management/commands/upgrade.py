"""`jukwaa upgrade`: after new code was installed, and before it is served."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jukwaa.config.management.commands.backup import InvalidBackupError


class Command(BaseCommand):
    help = "Back up, bring the database up to date with this version, and run every check."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            call_command("backup", stdout=self.stdout)
        except InvalidBackupError as error:
            self.stderr.write(f"Warning: {error}")
        call_command("prepare", verbosity=0)
        call_command("doctor", stopped=True, stdout=self.stdout)
