from datetime import UTC, datetime

import pytest

from jukwaa.core.registry import Registry
from jukwaa.updates import clock
from jukwaa.updates.clock import DAILY, ClockPhase, register_job
from jukwaa.updates.models import Run

# What the first of these writes, the second must find at the same tick.
JOBS_OF_FIRST_DAY = (
    ("seal", "tell"),
    ("say what broke off", "tell"),
    ("tell", "send digests"),  # a digest leaves out what a mail of its own tells
    ("make the next days of events", "remind"),
    ("welcome", "send waiting mail"),
    ("tell", "send waiting mail"),
    ("send digests", "send waiting mail"),
    ("remind", "send waiting mail"),
    ("follow letters to those who are invited", "send waiting mail"),
)

MORNING_TIME = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
EVENING_TIME = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
NEXT_WEEK_TIME = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)


@pytest.fixture
def finished_job_times(monkeypatch):
    """An empty clock with one daily job, and the times at which it was done."""
    times = []
    monkeypatch.setattr(clock, "jobs", Registry("jobs"))
    register_job("remind", ClockPhase.NOTIFY, DAILY)(times.append)
    return times


def test_daily_job_runs_once_a_day_and_after_outage(db, finished_job_times):
    names = [clock.tick(MORNING_TIME), clock.tick(EVENING_TIME), clock.tick(NEXT_WEEK_TIME)]

    assert (names, finished_job_times) == ([["remind"], [], ["remind"]], [MORNING_TIME, NEXT_WEEK_TIME])


def test_failed_job_is_retried_and_does_not_block_others(db, finished_job_times):
    def raise_on_first_call(current_time):
        if current_time == MORNING_TIME:
            raise ValueError

    register_job("last", ClockPhase.SEND, DAILY)(finished_job_times.append)
    register_job("fragile", ClockPhase.PREPARE, DAILY)(raise_on_first_call)

    assert [clock.tick(MORNING_TIME), clock.tick(EVENING_TIME)] == [["remind", "last"], ["fragile"]]
    assert Run.objects.filter(job="fragile").count() == 1


def test_failed_job_in_parts_continues_after_its_finished_parts(db, finished_job_times):
    def raise_on_morning_tick(current_time):
        Run.objects.create(job=f"part of {current_time:%H}", period="")
        if current_time == MORNING_TIME:
            raise ValueError

    register_job("long", ClockPhase.PREPARE, DAILY, in_parts=True)(raise_on_morning_tick)

    assert [clock.tick(MORNING_TIME), clock.tick(EVENING_TIME), clock.tick(EVENING_TIME)] == [["remind"], ["long"], []]
    done_in_parts = Run.objects.exclude(job="remind").order_by("pk").values_list("job", flat=True)
    assert list(done_in_parts) == ["part of 08", "part of 20", "long"]


def test_reminders_are_sent_in_parts():
    assert clock.jobs["remind"].in_parts


@pytest.mark.parametrize(("prerequisite_job", "dependent_job"), JOBS_OF_FIRST_DAY)
def test_clock_runs_prerequisite_jobs_first(prerequisite_job, dependent_job):
    order = [job.name for job in clock.sort_jobs_by_phase()]

    assert order.index(prerequisite_job) < order.index(dependent_job)
