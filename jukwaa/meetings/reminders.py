"""Commitments that are due, or were, and agendas that should have been sent."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from jukwaa.core.dates import written
from jukwaa.meetings.agenda_emails import get_agenda_path
from jukwaa.meetings.models import OPEN, SENT_BEFORE, Agenda, Commitment, Meeting
from jukwaa.meetings.notifications import owners
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators
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


@reminders.register("agendas")
def agendas(now: datetime) -> Iterator[Reminder]:
    """Seven days before a meeting, to the coordinators: its agenda has not been sent and is not ready."""
    today = now.date()
    done = Agenda.objects.filter(Q(ready_at__isnull=False) | Q(sent_at__isnull=False), meeting=OuterRef("pk"))
    rows = Meeting.objects.upcoming(now).filter(
        ~Exists(done), precision=Meeting.Precision.DAY, starts_on__gte=today, starts_on__lte=today + SENT_BEFORE
    )
    for meeting in rows.select_related("coalition"):
        if meeting.is_planned and meeting.starts_on is not None:
            yield f"agenda:{meeting.pk}:{meeting.starts_on}", _agenda_not_ready(meeting, meeting.starts_on)


def _agenda_not_ready(meeting: Meeting, day: date) -> News:
    def write() -> Text:
        names = {"title": meeting.title, "day": written(day)}
        return render_email("meetings/email/agenda_not_ready.txt", get_agenda_path(meeting), **names)

    people = coordinators(meeting.coalition)
    return News(coalition=meeting.coalition, people=people, topic=Topic.REMINDERS, write=write, record=meeting)
