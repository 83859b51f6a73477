"""`jukwaa worker`: background tasks, the clock, and mail that comes in by LMTP."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jukwaa.updates.incoming import process_email
from jukwaa.updates.worker import run_worker_process


class Command(BaseCommand):
    help = "Run background tasks, scheduled jobs and incoming email (started by `jukwaa serve`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when no tasks are left")

    def handle(self, *_args: Any, batch: bool, **_options: Any) -> None:
        run_worker_process(email_handler=process_email, is_batch=batch)
