"""Readings that are left on the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jukwaa.intake.models import Reading
from jukwaa.updates.letters import News, email
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import Reminder, reminders

UNFINISHED = timedelta(days=14)


@reminders.register("readings")
def readings(now: datetime) -> Iterator[Reminder]:
    """Left on the desk for two weeks: one reminder, and no second one."""
    left = Reading.objects.unfinished().filter(started_at__lte=now - UNFINISHED, document__isnull=False)
    for reading in left.select_related("coalition", "document", "started_by"):
        yield f"reading:{reading.pk}", _unfinished(reading)


def _unfinished(reading: Reading) -> News:
    write = email("intake/email/reading_unfinished.txt", reading.get_absolute_url(), title=reading.title)
    return News(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=Topic.REMINDERS,
        write=write,
        record=reading.document,
    )
