"""What goes on beside the pages: mail, the worker, its tasks."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.config.health.checks import Finding, remark, wrong
from jukwaa.mail.models import SUPPRESSED, Message
from jukwaa.updates.leases import DEAD_AFTER
from jukwaa.updates.models import Lease

RECENT = timedelta(days=7)
LONG = timedelta(minutes=15)


def mail_flows() -> Iterator[Finding]:
    now = timezone.now()
    if unsure := Message.objects.unsure().count():
        yield wrong(
            f"It is not known whether {unsure} emails were sent: a process stopped while sending them. They will not be"
            " sent again automatically. To decide, run: jukwaa emails --unsure"
        )
    given_up = Message.objects.filter(given_up_at__gte=now - RECENT).exclude(error=SUPPRESSED).order_by("-given_up_at")
    if latest := given_up.first():
        yield wrong(f"{given_up.count()} emails of the last week could not be sent. The latest error: {latest.error}")
    if late := Message.objects.waiting().filter(next_try_at__lt=now - LONG).count():
        yield wrong(f"{late} emails should have been sent 15 minutes ago. Check that the worker is running.")
    if held := Message.objects.filter(held=True).count():
        yield remark(f"{held} emails are waiting for the approval of a coordinator.")


def worker_is_alive() -> Iterator[Finding]:
    if not Lease.objects.filter(renewed_at__gt=timezone.now() - DEAD_AFTER).exists():
        yield wrong(
            "No worker is running, so emails are not sent and files are not read. Run: jukwaa serve (or jukwaa worker)"
        )


def tasks_move() -> Iterator[Finding]:
    now = timezone.now()
    stuck = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONG).count()
    if stuck:
        yield wrong(f"{stuck} tasks have been waiting for more than 15 minutes. Check that the worker is running.")
    alive = set(Lease.objects.filter(renewed_at__gt=now - DEAD_AFTER).values_list("worker", flat=True))
    running = DBTaskResult.objects.running().filter(started_at__lt=now - LONG)
    if left := sum(1 for task in running if task.worker_ids and task.worker_ids[-1] not in alive):
        yield wrong(
            f"{left} tasks were left by a worker that stopped. Check that a worker is running: it will finish them."
        )
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - RECENT)
    if failed.exists():
        kinds = sorted(set(failed.values_list("task_path", flat=True)))
        yield wrong(f"{failed.count()} tasks failed in the last week: {', '.join(kinds)}. Check the log of the worker.")
