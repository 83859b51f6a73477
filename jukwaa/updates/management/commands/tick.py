"""`jukwaa tick`: run what is due. The worker does this by itself; repeating it does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from jukwaa.updates import clock, leases


class Command(BaseCommand):
    help = "Run what is due now: seals, mail that waits, reminders."

    def handle(self, *_args: Any, **_options: Any) -> None:
        leases.reap()
        done = clock.tick()
        self.stdout.write(f"Done: {', '.join(done)}." if done else "Nothing was due.")
