"""Commitments that are due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jukwaa.core.dates import written
from jukwaa.meetings.models import Commitment
from jukwaa.meetings.notifications import OPEN, owners
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import MISSED, Reminder, reminders

SOON = timedelta(days=3)


@reminders.register("commitments")
def commitments(now: datetime) -> Iterator[Reminder]:
    """Three days before, and on the day: to whoever speaks for the owner."""
    today = now.date()
    rows = Commitment.objects.filter(
        progress__in=OPEN,
        entry__state=State.PUBLISHED,
        owner__isnull=False,
        due_on__gte=today - MISSED,
        due_on__lte=today + SOON,
    )
    for commitment in rows.select_related("entry__coalition", "owner__organisation", "owner__person"):
        when = "soon" if commitment.due_on and commitment.due_on > today else "day"
        yield f"due:{commitment.pk}:{commitment.due_on}:{when}", _due(commitment, commitment.due_on or today)


def _due(commitment: Commitment, due: date) -> News:
    entry = commitment.entry

    def write() -> Text:
        return render_email(
            "meetings/email/commitment_due.txt",
            entry.get_absolute_url(),
            day=written(due),
            title=entry.title,
            entry=entry,
        )

    people = owners(commitment)
    return News(coalition=entry.coalition, people=people, topic=Topic.REMINDERS, write=write, record=entry)
