"""Readings that are left on the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jukwaa.intake.models import Reading
from jukwaa.updates.letters import News, Text
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
    def write() -> Text:
        return Text(
            _("A reading waits for you: %(title)s") % {"title": reading.title},
            (
                _("“%(title)s” lies on the reading desk. What you decided is kept, and nothing of it is in the record.")
                % {"title": reading.title},
                _("You can finish it, enter what you have, or give it up. This reminder comes once."),
            ),
            reading.get_absolute_url(),
        )

    return News(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=Topic.REMINDERS,
        write=write,
        record=reading.document,
    )
