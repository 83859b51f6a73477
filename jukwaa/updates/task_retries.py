"""Retry tasks that failed for a temporary reason.

A locked database is tried `leases.ATTEMPTS` times; a full disk every minute until somebody has made room.
"""

from datetime import timedelta
from typing import Any

from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.core.storage import DISK_FULL_MESSAGES
from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.updates.leases import MAX_TASK_ATTEMPTS

DATABASE_LOCKED_MESSAGES = ("database is locked", "database table is locked")
TASK_RETRY_DELAY = timedelta(minutes=1)


def is_temporary_error(error_text: str) -> bool:
    """Whether these words, a message or a traceback, tell of a locked database or a full disk."""
    return any(words in error_text for words in (*DATABASE_LOCKED_MESSAGES, *DISK_FULL_MESSAGES))


@atomic_with_retry
def retry_task_later(pk: Any) -> bool:
    """Let a task wait again that has failed for a reason that passes."""
    task = lock_rows(DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED)).first()
    if task is None or not is_temporary_error(task.traceback):
        return False
    if any(words in task.traceback for words in DISK_FULL_MESSAGES):
        task.worker_ids = task.worker_ids[:-1]  # this attempt does not count
    elif len(task.worker_ids) >= MAX_TASK_ATTEMPTS:
        return False
    return _requeue_failed_task(task)


@atomic_with_retry
def requeue_worker_tasks(worker_name: str) -> None:
    """Let the tasks wait again that this worker had begun when it could not write how they ended."""
    for task in lock_rows(DBTaskResult.objects.running()):
        if task.worker_ids[-1:] == [worker_name]:
            _requeue_failed_task(task)


def _requeue_failed_task(task_result: "DBTaskResult[..., Any]") -> bool:
    task_result.status, task_result.run_after = TaskResultStatus.READY, timezone.now() + TASK_RETRY_DELAY
    task_result.started_at = task_result.finished_at = None
    task_result.exception_class_path = task_result.traceback = ""
    task_result.save()
    return True
