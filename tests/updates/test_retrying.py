"""Tasks outlive a locked database and a full disk."""

import errno

import pytest
from django.db import OperationalError, connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from py3langid import langid

from jukwaa.core.documents.language_detection import detect_text_language
from jukwaa.mail.tasks import send_message
from jukwaa.updates import task_retries, worker
from jukwaa.updates.leases import MAX_TASK_ATTEMPTS

READY, RUNNING, FAILED, DONE = (
    *(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    *(TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL),
)
DATABASE_LOCKED_ERROR = OperationalError("database is locked")
DISK_FULL_ERROR = [OperationalError("database or disk is full"), OSError(errno.ENOSPC, "No space left on device")]


def create_failed_task(task_error, *workers):
    task = DBTaskResult.objects.get(pk=send_message.enqueue(0).id)
    task.worker_ids = list(workers)
    task.save()
    try:
        raise task_error  # noqa: TRY301 - as a task does
    except Exception as raised:  # noqa: BLE001 - as the worker does
        task.set_failed(raised)
    return task


@pytest.mark.parametrize("task_error", [DATABASE_LOCKED_ERROR, *DISK_FULL_ERROR])
def test_task_failed_temporarily_is_retried(db, task_error):
    task = create_failed_task(task_error, "one")

    assert task_retries.retry_task_later(task.pk)

    task.refresh_from_db()
    assert (task.status, task.traceback, task.run_after > timezone.now()) == (READY, "", True)


def test_permanently_failed_task_is_not_retried(db):
    task = create_failed_task(ValueError("a mistake"), "one")

    assert not task_retries.retry_task_later(task.pk)
    assert DBTaskResult.objects.get(pk=task.pk).status == FAILED


def test_locked_database_is_retried_limited_and_full_disk_always(db):
    locked, full = (
        create_failed_task(error, *["one"] * MAX_TASK_ATTEMPTS) for error in (DATABASE_LOCKED_ERROR, DISK_FULL_ERROR[0])
    )

    assert (task_retries.retry_task_later(locked.pk), task_retries.retry_task_later(full.pk)) == (False, True)


def test_worker_requeues_only_own_tasks(db):
    mine, other = (DBTaskResult.objects.get(pk=send_message.enqueue(0).id) for _ in range(2))
    mine.claim("mine")
    other.claim("other")

    task_retries.requeue_worker_tasks("mine")

    statuses = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert statuses == {mine.pk: READY, other.pk: RUNNING}


class DatabaseLockSimulator:
    """The database refuses the first statements, as while another process writes for too long."""

    def __init__(self, times):
        self.times = times

    def __call__(self, execute, sql, params, many, context):
        if "django_tasks" in sql and self.times:
            self.times -= 1
            raise DATABASE_LOCKED_ERROR
        return execute(sql, params, many, context)


@pytest.fixture
def run_failing_worker(monkeypatch):
    def run_worker_once():
        made = worker.ResilientWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="this",
            excluded_queue_names=[],
        )
        made.run()
        return made

    return run_worker_once


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks no database")
@pytest.mark.parametrize("failure_count", range(1, 7))
def test_worker_survives_locked_database(transactional_db, run_failing_worker, failure_count):
    send_message.enqueue(0)

    with connection.execute_wrapper(DatabaseLockSimulator(failure_count)):
        run_failing_worker()
    DBTaskResult.objects.update(run_after=timezone.now())
    run_failing_worker()

    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [DONE]


def test_oversized_worker_exits_after_task(transactional_db, run_failing_worker, monkeypatch):
    monkeypatch.setattr(worker, "MAX_WORKER_GROWTH_KB", -(10**9))
    for _ in range(2):
        send_message.enqueue(0)
    made = run_failing_worker()
    assert DBTaskResult.objects.ready().count() == 0  # with --batch it goes on

    send_message.enqueue(0)
    send_message.enqueue(0)
    made.batch = False
    made.running = True
    made.run()

    assert DBTaskResult.objects.ready().count() == 1


def test_worker_releases_language_model_after_task(transactional_db, run_failing_worker):
    text = "Nous avons décidé ensemble que la réunion aura lieu à Dakar au mois de mars prochain."
    assert detect_text_language(text) == "fr"
    assert langid.IDENTIFIER is not None
    send_message.enqueue(0)

    run_failing_worker()

    assert langid.IDENTIFIER is None
    assert detect_text_language(text) == "fr"


def test_worker_that_was_large_at_start_exits_only_when_it_grows(transactional_db, run_failing_worker, monkeypatch):
    made = run_failing_worker()
    at_start = 10**9
    grown = at_start + worker.MAX_WORKER_GROWTH_KB + 1
    measured = iter([at_start, at_start, grown])
    monkeypatch.setattr(worker, "get_memory_usage", lambda: next(measured))
    for _ in range(3):
        send_message.enqueue(0)

    made.batch, made.running = False, True
    made.run()

    assert DBTaskResult.objects.ready().count() == 1
