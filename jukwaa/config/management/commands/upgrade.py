"""`jukwaa upgrade`: after new code was installed, and before it is served."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Back up, bring the database to the state that this version needs, and look at everything."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("backup", stdout=self.stdout)
        call_command("prepare", verbosity=0)
        call_command("doctor", stopped=True, stdout=self.stdout)
