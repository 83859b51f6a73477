"""`jukwaa serve`: the web server and the worker."""

import os
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from jukwaa.config.supervisor import MALLOC_SETTINGS, build_supervisor_command
from jukwaa.core.listen_addresses import ADDRESS_UNUSABLE_EXIT_STATUS, find_listen_error


class Command(BaseCommand):
    help = "Start the web server and the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
        parser.add_argument("--workers", type=int, default=1, help="web processes (default: 1)")

    def handle(self, *_args: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        if obstacle := find_listen_error(host, port):
            raise CommandError(obstacle, returncode=ADDRESS_UNUSABLE_EXIT_STATUS)
        if workers < 1:
            raise CommandError(
                "At least 1 web process is needed. Change --workers.", returncode=ADDRESS_UNUSABLE_EXIT_STATUS
            )
        call_command("prepare", verbosity=0)
        connections.close_all()
        sys.stdout.flush()
        command = build_supervisor_command(host=host, port=port, worker_count=workers)
        os.execve(command[0], command, os.environ | MALLOC_SETTINGS)  # noqa: S606 - our own command, in the place of this process
