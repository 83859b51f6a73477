"""The worker: background tasks in its main thread; clock, leases and incoming mail beside it."""

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from jukwaa.core.documents.language_detection import release_language_model
from jukwaa.mail.mail_intake import Handler, start_lmtp_server
from jukwaa.updates import clock, leases, task_retries

logger = logging.getLogger("jukwaa.worker")

CLOCK_TICK_SECONDS = 20  # seconds
MAX_WORKER_GROWTH_KB = 50 * 1024  # kB more after a task than at the start


class RepeatingThread(threading.Thread):
    """Does some work again and again until it is stopped."""

    def __init__(self, thread_name: str, repeated_work: Callable[[], object], interval_seconds: float) -> None:
        super().__init__(name=thread_name, daemon=True)
        self.repeat, self.every = repeated_work, interval_seconds
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                close_old_connections()
                self.repeat()
            except Exception:
                # The database may be away for a moment; a thread that ended would end every reminder with it.
                logger.exception("“%s” stumbled; it goes on in %s seconds", self.name, self.every)
            self.over.wait(self.every)
        connection.close()

    def stop(self) -> None:
        self.over.set()
        self.join(timeout=5)


class WorkerThreads:
    """Renews the lease of this worker and takes up what dead ones left, and ticks the clock.

    Each has a thread of its own: a tick that writes thousands of emails takes longer than a lease is valid.
    """

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.threads = [
            RepeatingThread("lease", self.renew_lease, leases.LEASE_RENEWAL_SECONDS),
            RepeatingThread("clock", clock.tick, CLOCK_TICK_SECONDS),
        ]

    def renew_lease(self) -> None:
        leases.renew_worker_lease(self.worker_id)
        leases.recover_abandoned_tasks()

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        for thread in self.threads:
            thread.stop()
        leases.release_worker_lease(self.worker_id)


class ResilientWorker(Worker):
    """Waits while the database is locked or the disk is full, and makes room for a fresh one when it has grown large.

    What a long document leaves in the memory of a process is not given back; a new process costs two seconds.
    """

    def run(self) -> None:
        # Not a fixed limit: what was loaded before the fork is counted in every process, and grows with the code.
        self.memory_at_start = get_memory_usage()
        while self.running:
            try:
                super().run()
            except OperationalError as error:
                if not task_retries.is_temporary_error(str(error)):
                    raise
                logger.warning("The worker goes on in a moment: %s", error)
                self._resume_interrupted_tasks()
            else:
                return

    def _resume_interrupted_tasks(self) -> None:
        time.sleep(self.interval)
        try:
            task_retries.requeue_worker_tasks(self.worker_id)
        except OperationalError:
            logger.warning("The database is still busy; the task is taken up later")

    def run_task(self, db_task_result: "DBTaskResult[..., Any]") -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED and task_retries.is_temporary_error(
            db_task_result.traceback
        ):
            task_retries.retry_task_later(db_task_result.pk)
        release_language_model()
        if get_memory_usage() - self.memory_at_start > MAX_WORKER_GROWTH_KB and not self.batch:
            logger.info("The worker has grown large; a fresh one takes its place")
            self.running = False


def get_memory_usage() -> int:
    """Return the kB of this process, without what it shares with files; 0 where the system does not tell."""
    with suppress(OSError, IndexError, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("RssAnon:")[2].split()[0])
    return 0


def run_worker_process(*, email_handler: Handler, is_batch: bool = False) -> None:
    """Do tasks until told to stop; with `is_batch`, until none waits."""
    worker_id = f"{socket.gethostname()[:20]}-{uuid4().hex[:8]}"
    worker = ResilientWorker(
        queue_names=["*"],
        interval=1,
        batch=is_batch,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    beat = WorkerThreads(worker_id)
    beat.start()
    lmtp = start_lmtp_server(email_handler, port=settings.LMTP_PORT) if settings.LMTP_PORT and not is_batch else None
    if not is_batch:
        worker.configure_signals()
    try:
        worker.run()
    finally:
        if lmtp is not None:
            lmtp.stop()
        beat.stop()
