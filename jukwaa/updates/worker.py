"""The worker: background tasks in its main thread; clock, leases and incoming mail beside it."""

import logging
import socket
import threading
import time
from uuid import uuid4

from django.conf import settings
from django.db import close_old_connections, connection
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from jukwaa.mail.receiving import Handler, run_lmtp
from jukwaa.updates import clock, leases

logger = logging.getLogger("jukwaa.worker")

TICK_EVERY = 20  # seconds


class Beat(threading.Thread):
    """Renews the lease of this worker, takes up what dead ones left, and ticks the clock."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="beat", daemon=True)
        self.worker_id = worker_id
        self.over = threading.Event()
        self.next_tick = 0.0

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self.once()
            except Exception:
                # The database may be away for a moment; a beat that ended would end every reminder with it.
                logger.exception("The clock stumbled; it goes on in %s seconds", leases.RENEW_EVERY)
            self.over.wait(leases.RENEW_EVERY)
        connection.close()

    def once(self) -> None:
        close_old_connections()
        leases.renew(self.worker_id)
        if time.monotonic() >= self.next_tick:
            self.next_tick = time.monotonic() + TICK_EVERY
            leases.reap()
            clock.tick()

    def stop(self) -> None:
        self.over.set()
        self.join(timeout=5)
        leases.give_back(self.worker_id)


def work(*, handler: Handler, batch: bool = False) -> None:
    """Do tasks until told to stop; with `batch`, until none waits."""
    worker_id = f"{socket.gethostname()[:20]}-{uuid4().hex[:8]}"
    worker = Worker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    beat = Beat(worker_id)
    beat.start()
    lmtp = run_lmtp(handler, port=settings.LMTP_PORT) if settings.LMTP_PORT and not batch else None
    if not batch:
        worker.configure_signals()
    try:
        worker.run()
    finally:
        if lmtp is not None:
            lmtp.stop()
        beat.stop()
