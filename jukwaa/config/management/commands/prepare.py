"""`jukwaa prepare`: bring database, files and translations to the state that this version needs. Harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jukwaa.coalitions.ledger_replay import replay_erasure_ledger
from jukwaa.config.health.erasures import describe_damaged_lines
from jukwaa.core.message_catalogues import compile_message_catalogues
from jukwaa.core.planner import analyze_database_tables


class Command(BaseCommand):
    help = "Bring the database and the translations up to date with this version."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        analyze_database_tables()
        compile_message_catalogues()
        self._replay_ledger_erasures()

    def _replay_ledger_erasures(self) -> None:
        """Say it whenever something was done, also where everything else is silent."""
        try:
            replay = replay_erasure_ledger()
        except OSError as error:
            self.stderr.write(
                f"Warning: the ledger of erasures could not be read: {error}. Fix this, then run: jukwaa prepare"
            )
            return
        if replay.erased or replay.taken_out:
            self.stdout.write(
                f"Repeated from the ledger of erasures: {replay.erased} people erased,"
                f" {replay.taken_out} removed from a coalition."
            )
        for report in replay.reports:
            self.stdout.write(f"Repeated from the ledger of erasures: {report}")
        if replay.damaged:
            self.stderr.write(f"Warning: {describe_damaged_lines(replay.damaged)}")
