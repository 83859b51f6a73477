"""What goes on beside the pages: mail, the worker, its tasks."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.config.health.checks import HealthFinding, build_problem_finding, build_remark_finding
from jukwaa.mail.models import SUPPRESSED_EMAIL_ERROR, Message
from jukwaa.updates.leases import LEASE_DURATION
from jukwaa.updates.models import Lease

RECENT_FAILURES_PERIOD = timedelta(days=7)
MAX_TASK_QUEUE_WAIT = timedelta(minutes=15)


def check_email_delivery() -> Iterator[HealthFinding]:
    now = timezone.now()
    if unsure := Message.objects.with_unknown_delivery().count():
        yield build_problem_finding(
            f"It is not known whether {unsure} emails were sent: a process stopped while sending them. They will not be"
            " sent again automatically. To decide, run: jukwaa emails --unsure"
        )
    given_up = (
        Message.objects.filter(given_up_at__gte=now - RECENT_FAILURES_PERIOD)
        .exclude(error=SUPPRESSED_EMAIL_ERROR)
        .order_by("-given_up_at")
    )
    if latest := given_up.first():
        yield build_problem_finding(
            f"{given_up.count()} emails of the last week could not be sent. The latest error: {latest.error}"
        )
    if late := Message.objects.waiting().filter(next_try_at__lt=now - MAX_TASK_QUEUE_WAIT).count():
        yield build_problem_finding(
            f"{late} emails should have been sent 15 minutes ago. Check that the worker is running."
        )
    if held := Message.objects.filter(held=True).count():
        yield build_remark_finding(f"{held} emails are waiting for the approval of a coordinator.")


def check_worker_running() -> Iterator[HealthFinding]:
    if not Lease.objects.filter(renewed_at__gt=timezone.now() - LEASE_DURATION).exists():
        yield build_problem_finding(
            "No worker is running, so emails are not sent and files are not read. Run: jukwaa serve (or jukwaa worker)"
        )


def check_failed_tasks() -> Iterator[HealthFinding]:
    now = timezone.now()
    stuck = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - MAX_TASK_QUEUE_WAIT).count()
    if stuck:
        yield build_problem_finding(
            f"{stuck} tasks have been waiting for more than 15 minutes. Check that the worker is running."
        )
    alive = set(Lease.objects.filter(renewed_at__gt=now - LEASE_DURATION).values_list("worker", flat=True))
    running = DBTaskResult.objects.running().filter(started_at__lt=now - MAX_TASK_QUEUE_WAIT)
    if left := sum(1 for task in running if task.worker_ids and task.worker_ids[-1] not in alive):
        yield build_problem_finding(
            f"{left} tasks were left by a worker that stopped. Check that a worker is running: it will finish them."
        )
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - RECENT_FAILURES_PERIOD)
    if failed.exists():
        kinds = sorted(set(failed.values_list("task_path", flat=True)))
        yield build_problem_finding(
            f"{failed.count()} tasks failed in the last week: {', '.join(kinds)}. Check the log of the worker."
        )
