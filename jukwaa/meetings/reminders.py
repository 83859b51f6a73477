"""Commitments that are due, and agendas that should have been sent."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from jukwaa.core.dates import written
from jukwaa.meetings.agenda_emails import get_agenda_path
from jukwaa.meetings.models import SENT_BEFORE, Agenda, Commitment, Meeting
from jukwaa.meetings.notifications import OPEN, owners
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators
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
