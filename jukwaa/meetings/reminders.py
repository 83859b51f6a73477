"""Commitments that are due, or were, agendas that should have been sent, polls that close, and session reports."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import written
from jukwaa.meetings.agenda_emails import get_agenda_path
from jukwaa.meetings.models import OPEN, SENT_BEFORE, Agenda, Commitment, Meeting, Report, TimePoll
from jukwaa.meetings.notifications import owners
from jukwaa.meetings.poll_emails import build_poll_reminder
from jukwaa.meetings.report import DUE_AFTER, get_deadline
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators, holders
from jukwaa.updates.registries import MISSED, Reminder, reminders

TWO_WEEKS = timedelta(days=14)
ONE_DAY, TWO_DAYS = timedelta(days=1), timedelta(days=2)
THREE_DAYS = timedelta(days=3)


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


@reminders.register("polls")
def polls(now: datetime) -> Iterator[Reminder]:
    """The day before a poll for the time of a meeting closes; not of one that was opened within a day."""
    closing = TimePoll.objects.open(now).filter(closes_at__lte=now + TWO_DAYS, opened_at__lte=now - ONE_DAY)
    for poll in closing.select_related("meeting__coalition").order_by("closes_at", "pk"):
        yield f"time-poll-closes:{poll.pk}", build_poll_reminder(poll)


@reminders.register("session reports")
def session_reports(now: datetime) -> Iterator[Reminder]:
    """Three days before the forum's deadline, to those who write it: the report of a session is not published."""
    if DUE_AFTER is None:
        return
    today = now.date()
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    rows = Meeting.objects.filter(
        ~Exists(published),
        state=State.PUBLISHED,
        cancelled_at__isnull=True,
        precision=Meeting.Precision.DAY,
        starts_on__gte=today - DUE_AFTER,
        starts_on__lte=today + THREE_DAYS - DUE_AFTER,
    ).exclude(forum="")
    for meeting in rows.select_related("coalition"):
        if (deadline := get_deadline(meeting)) is not None:
            yield f"report:{meeting.pk}:{deadline}", _report_due(meeting, deadline)


def _report_due(meeting: Meeting, deadline: date) -> News:
    def write() -> Text:
        path = reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk])
        facts = {"title": meeting.title, "day": written(deadline), "forum": meeting.forum}
        return render_email("meetings/email/report_due.txt", path, **facts)

    coalition = meeting.coalition
    people = list(dict.fromkeys([*holders(coalition, Role.Kind.RAPPORTEUR), *coordinators(coalition)]))
    return News(coalition=coalition, people=people, topic=Topic.REMINDERS, write=write, record=meeting)
