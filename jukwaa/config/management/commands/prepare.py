"""`jukwaa prepare`: bring database, files and translations to the state that this version needs. Harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jukwaa.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Bring the database to the state that this version needs."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        compile_catalogues()
