"""Readings that are left on the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jukwaa.intake.models import Reading
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.registries import Reminder, reminder_registry

UNFINISHED_READING_DELAY = timedelta(days=14)


@reminder_registry.register("readings")
def remind_unfinished_readings(now: datetime) -> Iterator[Reminder]:
    """Left on the desk for two weeks: one reminder, and no second one."""
    left = Reading.objects.unfinished().filter(started_at__lte=now - UNFINISHED_READING_DELAY, document__isnull=False)
    for reading in left.select_related("coalition", "document", "started_by"):
        yield f"reading:{reading.pk}", _build_unfinished_reading_email(reading)


def _build_unfinished_reading_email(reading: Reading) -> NotificationEmail:
    write = defer_email_rendering(
        "intake/email/reading_unfinished.txt", reading.get_absolute_url(), title=reading.title
    )
    return NotificationEmail(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=EmailTopic.REMINDERS,
        write=write,
        record=reading.document,
    )
