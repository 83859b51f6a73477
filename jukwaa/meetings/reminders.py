"""Commitments that are due, or were."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jukwaa.core.dates import written
from jukwaa.meetings.models import OPEN, Commitment
from jukwaa.meetings.notifications import owners
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import MISSED, Reminder, reminders

TWO_WEEKS = timedelta(days=14)
TWO_DAYS = timedelta(days=2)


@reminders.register("commitments")
def commitments(now: datetime) -> Iterator[Reminder]:
    """Two weeks and two days before the date, and once after it: to the people of an owner who has confirmed it."""
    today = now.date()
    rows = Commitment.objects.filter(
        progress__in=OPEN,
        entry__state=State.PUBLISHED,
        owner__isnull=False,
        needs_owner=False,
        due_on__gte=today - MISSED,
        due_on__lte=today + TWO_WEEKS,
    )
    of_owner = ("entry__coalition", "owner__organisation", "owner__person", "responsible")
    for commitment in rows.select_related(*of_owner).order_by("due_on", "pk"):
        due = commitment.due_on or today
        if stage := _stage(due, today):
            yield f"due:{commitment.pk}:{due}:{stage}", _build_reminder(commitment, due, is_past=due < today)


def _stage(due: date, today: date) -> str:
    """Which of the three reminders is due; none where it is too late for the first one and too early for the second."""
    left = due - today
    if left < timedelta(0):
        return "after"
    if left <= TWO_DAYS:
        return "soon"
    return "early" if left > TWO_WEEKS - MISSED else ""


def _build_reminder(commitment: Commitment, due: date, *, is_past: bool) -> News:
    entry = commitment.entry

    def write() -> Text:
        return render_email(
            "meetings/email/commitment_due.txt",
            entry.get_absolute_url(),
            day=written(due),
            title=entry.title,
            text=entry.text,
            is_past=is_past,
        )

    return News(
        coalition=entry.coalition,
        people=owners(commitment),
        topic=Topic.REMINDERS,
        write=write,
        record=entry,
        answer=Answer(f"commitment:{commitment.pk}"),
    )
