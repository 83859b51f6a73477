from datetime import UTC, datetime

import pytest

from jukwaa.updates import clock
from jukwaa.updates.clock import DAILY, Job
from jukwaa.updates.models import Run

MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
NEXT_WEEK = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """An empty clock with one daily job, and the times at which it was done."""
    times = []
    monkeypatch.setattr(clock, "_JOBS", {})
    clock.register(Job("remind", times.append, DAILY))
    return times


def test_a_daily_job_is_done_once_a_day_and_once_after_an_outage(db, done):
    names = [clock.tick(MORNING), clock.tick(EVENING), clock.tick(NEXT_WEEK)]

    assert (names, done) == ([["remind"], [], ["remind"]], [MORNING, NEXT_WEEK])


def test_a_job_that_failed_is_tried_again_and_keeps_no_other_back(db, done):
    def fail_once(now):
        if now == MORNING:
            raise ValueError

    clock.register(Job("fragile", fail_once, DAILY), Job("last", done.append, DAILY))

    assert [clock.tick(MORNING), clock.tick(EVENING)] == [["remind", "last"], ["fragile"]]
    assert Run.objects.filter(job="fragile").count() == 1
