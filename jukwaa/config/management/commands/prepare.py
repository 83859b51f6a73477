"""`jukwaa prepare`: bring database, files and translations to the state that this version needs. Harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jukwaa.core.catalogues import compile_catalogues
from jukwaa.core.planner import analyze_tables


class Command(BaseCommand):
    help = "Bring the database and the translations up to date with this version."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        analyze_tables()
        compile_catalogues()
