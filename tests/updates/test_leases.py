import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

from django.db import connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.mail.tasks import send_message
from jukwaa.updates import clock, leases
from jukwaa.updates.models import Lease
from jukwaa.updates.worker import WorkerThreads

READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED
EXPIRED_TIME = timezone.now() - timedelta(minutes=5)


def create_running_task(*workers, started_at=EXPIRED_TIME):
    result = send_message.enqueue(0)
    DBTaskResult.objects.filter(pk=result.id).update(status=RUNNING, worker_ids=list(workers), started_at=started_at)
    return result.id


def get_task_status(task_pk):
    return DBTaskResult.objects.get(pk=task_pk).status


def test_task_of_dead_worker_is_requeued(db):
    task = create_running_task("dead")

    assert (leases.recover_abandoned_tasks(), get_task_status(task)) == (1, READY)


def test_task_of_living_worker_is_not_requeued(db):
    task = create_running_task("alive")
    leases.renew_worker_lease("alive")

    assert (leases.recover_abandoned_tasks(), get_task_status(task)) == (0, RUNNING)


def test_newly_started_task_is_not_requeued(db):
    task = create_running_task("new", started_at=timezone.now())

    assert (leases.recover_abandoned_tasks(), get_task_status(task)) == (0, RUNNING)


def test_task_that_killed_three_workers_is_given_up(db):
    task = create_running_task("one", "two", "three")

    assert (leases.recover_abandoned_tasks(), get_task_status(task)) == (1, FAILED)


def test_task_of_worker_with_expired_lease_is_requeued(db):
    task = create_running_task("silent")
    Lease.objects.create(worker="silent", renewed_at=EXPIRED_TIME)

    assert (leases.recover_abandoned_tasks(), get_task_status(task)) == (1, READY)


WORKER_SCRIPT = """
import django; django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
from django_tasks_db.models import DBTaskResult
from jukwaa.updates import leases
leases.renew_worker_lease("killed")
DBTaskResult.objects.get(pk={pk!r}).claim("killed")
print("claimed", flush=True)
import time; time.sleep(60)
"""


def test_task_of_killed_worker_is_requeued(transactional_db):
    task = send_message.enqueue(0)
    program = WORKER_SCRIPT.format(name=str(connection.settings_dict["NAME"]), pk=task.id)
    worker = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=os.environ)
    assert worker.stdout.readline() == b"claimed\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert get_task_status(task.id) == RUNNING

    DBTaskResult.objects.filter(pk=task.id).update(started_at=EXPIRED_TIME)
    Lease.objects.update(renewed_at=EXPIRED_TIME)

    assert (leases.recover_abandoned_tasks(), get_task_status(task.id)) == (1, READY)


def test_lease_is_renewed_while_clock_runs(transactional_db, monkeypatch):
    """A tick may write thousands of emails."""
    is_ticking, is_over = threading.Event(), threading.Event()

    def wait_during_tick():
        is_ticking.set()
        is_over.wait(timeout=30)

    monkeypatch.setattr(clock, "tick", wait_during_tick)
    monkeypatch.setattr(leases, "LEASE_RENEWAL_SECONDS", 0.01)
    beat = WorkerThreads("busy")
    beat.start()
    assert is_ticking.wait(timeout=30)
    Lease.objects.update_or_create(worker="busy", defaults={"renewed_at": EXPIRED_TIME})
    is_renewed = wait_until_true(lambda: Lease.objects.filter(worker="busy", renewed_at__gt=EXPIRED_TIME).exists())
    is_over.set()
    beat.stop()

    assert is_renewed
    assert not Lease.objects.filter(worker="busy").exists()


def wait_until_true(is_condition_met):
    for _attempt in range(100):
        if is_condition_met():
            return True
        time.sleep(0.05)
    return False
