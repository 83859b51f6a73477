"""`jukwaa tick`: run what is due. The worker does this by itself; repeating it does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from jukwaa.updates import clock, leases


class Command(BaseCommand):
    help = "Run the scheduled jobs that are due, such as reminders and waiting email."

    def handle(self, *_args: Any, **_options: Any) -> None:
        leases.recover_abandoned_tasks()
        done = clock.tick()
        self.stdout.write(f"Done: {', '.join(done)}." if done else "Nothing was due.")
