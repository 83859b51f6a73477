"""Tasks that a dead worker left. django-tasks-db leaves them running for ever after a SIGKILL.

Every worker renews a lease; a running task whose worker's lease is old goes back to those that wait, up to three
times. Tasks are idempotent, so that beginning one again does no harm.
"""

from datetime import timedelta
from typing import Any

from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.updates.models import Lease

LEASE_RENEWAL_SECONDS = 5  # seconds
LEASE_DURATION = timedelta(seconds=60)
MAX_TASK_ATTEMPTS = 3
TASK_RESULT_RETENTION = timedelta(days=14)


def renew_worker_lease(worker_name: str) -> None:
    Lease.objects.update_or_create(worker=worker_name, defaults={"renewed_at": timezone.now()})


def release_worker_lease(worker_name: str) -> None:
    Lease.objects.filter(worker=worker_name).delete()


def recover_abandoned_tasks() -> int:
    """Recover the tasks that dead workers left; return how many were requeued or given up."""
    now = timezone.now()
    alive = set(Lease.objects.filter(renewed_at__gt=now - LEASE_DURATION).values_list("worker", flat=True))
    reaped = 0
    # A worker that has just begun may not have its first lease yet: its task has only just started.
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LEASE_DURATION):
        if task.worker_ids and task.worker_ids[-1] not in alive:
            reaped += _recover_abandoned_task(task)
    Lease.objects.filter(renewed_at__lte=now - timedelta(days=1)).delete()
    return reaped


def _recover_abandoned_task(task_result: "DBTaskResult[..., Any]") -> int:
    # The condition holds the row as it was seen, so that two reapers don't both act.
    same = DBTaskResult.objects.filter(
        pk=task_result.pk, status=TaskResultStatus.RUNNING, worker_ids=task_result.worker_ids
    )
    if len(task_result.worker_ids) < MAX_TASK_ATTEMPTS:
        return int(same.update(status=TaskResultStatus.READY, started_at=None))
    return int(
        same.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            traceback=f"{MAX_TASK_ATTEMPTS} workers died while they did this.",
        )
    )


def delete_old_task_results() -> None:
    """Results of tasks are kept for two weeks, for whoever looks into what went wrong."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASK_RESULT_RETENTION).delete()
