"""The clock: what happens because time passes. `tick` is idempotent, catches up after an outage, never sends twice.

A job runs once for each period (an hour, a day), and its run is written in the transaction of what it does: either
both are there, or neither. One that does much does it in parts: each is a transaction of its own, and the run is
written after the last one. After an outage the period of today is run: jobs look at everything that is due by now, so
nothing is lost, and nobody is told of each missed day. Mails carry a key, so that repeating a job sends nothing twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils import timezone

from jukwaa.coalitions.activities import action
from jukwaa.core.registry import Registry
from jukwaa.updates.models import Run

logger = logging.getLogger("jukwaa.clock")

CLOCK_RUN_RETENTION = timedelta(days=40)


class ClockPhase(IntEnum):
    """The jobs of a tick are done in this order; those of one phase, as they were registered."""

    PREPARE = 1  # what happened is sealed, and what happens by itself is written down
    NOTIFY = 2  # emails are written
    SEND = 3
    CLEAN_UP = 4


type Work = Callable[[datetime], object]


@dataclass(frozen=True)
class ClockJob:
    name: str
    work: Work
    phase: ClockPhase
    every: str = ""
    in_parts: bool = False


HOURLY, DAILY = "%Y-%m-%dT%H", "%Y-%m-%d"

jobs: Registry[str, ClockJob] = Registry("jobs")


def register_job(name: str, phase: ClockPhase, every: str = "", *, in_parts: bool = False) -> Callable[[Work], Work]:
    """Return a decorator that registers a function in the clock, as features do in their `jobs.py`.

    `every` names the period: a format of time that changes when the next one begins. A job without a period is done at
    every tick, outside of any transaction: it is harmless to repeat by itself. So is a job `in_parts`, which goes on
    where it was interrupted.
    """

    def register_function(work: Work) -> Work:
        jobs.register(name)(ClockJob(name, work, phase, every, in_parts))
        return work

    return register_function


def tick(now: datetime | None = None) -> list[str]:
    """Run every job whose period has not been run; returns their names. One that fails does not keep others back."""
    now = now or timezone.now()
    return [job.name for job in sort_jobs_by_phase() if _run_job_safely(job, now)]


def sort_jobs_by_phase() -> list[ClockJob]:
    return sorted(jobs.values(), key=lambda job: job.phase)


def _run_job_safely(job: ClockJob, now: datetime) -> bool:
    try:
        return _run_job_in_period(job, now)
    except Exception:
        logger.exception("%s failed; it is tried again at the next tick", job.name)
        return False


def _run_job_in_period(job: ClockJob, now: datetime) -> bool:
    if not job.every:
        job.work(now)
        return True
    return _run_job_in_parts(job, now) if job.in_parts else _run_job_once_per_period(job, now)


def _run_job_in_parts(job: ClockJob, now: datetime) -> bool:
    """One transaction would keep everybody else from writing, and would be lost with a worker that is killed."""
    period = now.strftime(job.every)
    if Run.objects.filter(job=job.name, period=period).exists():
        return False
    job.work(now)
    Run.objects.get_or_create(job=job.name, period=period)
    return True


@action
def _run_job_once_per_period(job: ClockJob, now: datetime) -> bool:
    """The note that it was run and what it did stand or fall together."""
    _, is_first = Run.objects.get_or_create(job=job.name, period=now.strftime(job.every))
    if is_first:
        job.work(now)
    return is_first


def delete_old_job_runs(now: datetime) -> None:
    Run.objects.filter(at__lt=now - CLOCK_RUN_RETENTION).delete()
