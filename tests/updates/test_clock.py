from datetime import UTC, datetime

import pytest

from jukwaa.core.registry import Registry
from jukwaa.updates import clock
from jukwaa.updates.clock import DAILY, Phase, job
from jukwaa.updates.models import Run

# What the first of these writes, the second must find at the same tick.
FIRST = (
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

MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
NEXT_WEEK = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """An empty clock with one daily job, and the times at which it was done."""
    times = []
    monkeypatch.setattr(clock, "jobs", Registry("jobs"))
    job("remind", Phase.NOTIFY, DAILY)(times.append)
    return times


def test_a_daily_job_is_done_once_a_day_and_once_after_an_outage(db, done):
    names = [clock.tick(MORNING), clock.tick(EVENING), clock.tick(NEXT_WEEK)]

    assert (names, done) == ([["remind"], [], ["remind"]], [MORNING, NEXT_WEEK])


def test_a_job_that_failed_is_tried_again_and_keeps_no_other_back(db, done):
    def fail_once(now):
        if now == MORNING:
            raise ValueError

    job("last", Phase.SEND, DAILY)(done.append)
    job("fragile", Phase.PREPARE, DAILY)(fail_once)

    assert [clock.tick(MORNING), clock.tick(EVENING)] == [["remind", "last"], ["fragile"]]
    assert Run.objects.filter(job="fragile").count() == 1


def test_a_job_in_parts_keeps_what_it_did_before_it_failed(db, done):
    def fail_at_first(now):
        Run.objects.create(job=f"part of {now:%H}", period="")
        if now == MORNING:
            raise ValueError

    job("long", Phase.PREPARE, DAILY, in_parts=True)(fail_at_first)

    assert [clock.tick(MORNING), clock.tick(EVENING), clock.tick(EVENING)] == [["remind"], ["long"], []]
    done_in_parts = Run.objects.exclude(job="remind").order_by("pk").values_list("job", flat=True)
    assert list(done_in_parts) == ["part of 08", "part of 20", "long"]


def test_reminders_are_sent_in_parts():
    assert clock.jobs["remind"].in_parts


@pytest.mark.parametrize(("first", "then"), FIRST)
def test_clock_does_first_what_another_job_needs(first, then):
    order = [job.name for job in clock.sort_jobs()]

    assert order.index(first) < order.index(then)
