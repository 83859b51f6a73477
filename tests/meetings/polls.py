"""Polls for the time of a meeting, for tests."""

from datetime import date, time, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from jukwaa.meetings.actions import OfferedTime, open_time_poll
from jukwaa.meetings.models import TimeOption, TimePoll
from tests.factories import MeetingFactory

POLL_TIME_ZONE = "Africa/Nairobi"


class TimePollFactory(DjangoModelFactory[TimePoll]):
    """An open poll of a meeting in three weeks, with two times."""

    class Meta:
        model = TimePoll
        skip_postgeneration_save = True

    meeting = factory.SubFactory(
        MeetingFactory, published=True, starts_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(21))
    )
    time_zone = POLL_TIME_ZONE
    duration = 60
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))

    @factory.post_generation
    def options(poll, create, extracted, **kwargs):  # noqa: N805 - the factory's own hook
        for number, hour in enumerate([10, 15], start=1):
            day = timezone.localdate() + timedelta(days=20)
            TimeOption.objects.create(poll=poll, number=number, starts_on=day, start_time=time(hour))


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def build_offered_times(*days: int, start_hour: int = 13) -> list[OfferedTime]:
    """Return times on the days so many days from now."""
    return [OfferedTime(days_from_now(each), time(start_hour)) for each in days]


def open_poll_for_days(actor, meeting, *days: int, **more: Any) -> TimePoll:
    """Open a poll that closes in a week, with times at 13:00 in Nairobi on these days."""
    given = {
        "offered": build_offered_times(*(days or (10, 12, 14))),
        "time_zone": POLL_TIME_ZONE,
        "duration": 60,
        "closes_on": days_from_now(7),
    }
    return open_time_poll(actor=actor, meeting=meeting, **(given | more))
