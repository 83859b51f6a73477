"""Commitments that are due, or were, agendas that should have been sent, polls that close, and session reports."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.meetings.agenda_emails import get_agenda_path
from jukwaa.meetings.models import (
    AGENDA_LEAD_TIME,
    OPEN_COMMITMENT_PROGRESS,
    Agenda,
    Commitment,
    Meeting,
    Report,
    TimePoll,
)
from jukwaa.meetings.notifications import find_responsible_people
from jukwaa.meetings.poll_emails import build_poll_reminder
from jukwaa.meetings.report import REPORT_DEADLINE_PERIOD, get_report_deadline
from jukwaa.meetings.time_formatting import format_meeting_date
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_role_holders
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

EARLY_REMINDER_LEAD_TIME = timedelta(days=14)
ONE_DAY, TWO_DAYS = timedelta(days=1), timedelta(days=2)
THREE_DAYS = timedelta(days=3)


@reminder_registry.register("commitments")
def find_commitment_reminders(now: datetime) -> Iterator[Reminder]:
    """Remind a confirmed owner two weeks and two days before the due date, and once after it."""
    today = now.date()
    rows = Commitment.objects.filter(
        progress__in=OPEN_COMMITMENT_PROGRESS,
        entry__state=State.PUBLISHED,
        owner__isnull=False,
        needs_owner=False,
        due_on__gte=today - REMINDER_WINDOW,
        due_on__lte=today + EARLY_REMINDER_LEAD_TIME,
    )
    of_owner = ("entry__coalition", "owner__organisation", "owner__person", "responsible")
    for commitment in rows.select_related(*of_owner).order_by("due_on", "pk"):
        due = commitment.due_on or today
        if stage := _get_reminder_stage(due, today):
            yield (
                f"due:{commitment.pk}:{due}:{stage}",
                _build_commitment_reminder(commitment, due, is_past_due=due < today),
            )


def _get_reminder_stage(due_day: date, today: date) -> str:
    """Return which of the three reminders is due, or an empty string."""
    left = due_day - today
    if left < timedelta(0):
        return "after"
    if left <= TWO_DAYS:
        return "soon"
    return "early" if left > EARLY_REMINDER_LEAD_TIME - REMINDER_WINDOW else ""


def _build_commitment_reminder(commitment: Commitment, due_day: date, *, is_past_due: bool) -> NotificationEmail:
    entry = commitment.entry

    def render_reminder_email() -> EmailText:
        return render_email(
            "meetings/email/commitment_due.txt",
            entry.get_absolute_url(),
            day=format_long_date(due_day),
            title=entry.title,
            text=entry.text,
            is_past=is_past_due,
        )

    return NotificationEmail(
        coalition=entry.coalition,
        people=find_responsible_people(commitment),
        topic=EmailTopic.REMINDERS,
        write=render_reminder_email,
        record=entry,
        answer=ReplyOption(f"commitment:{commitment.pk}"),
    )


@reminder_registry.register("agendas")
def find_agenda_reminders(now: datetime) -> Iterator[Reminder]:
    """Remind the coordinators seven days before a meeting whose agenda is neither ready nor sent."""
    today = now.date()
    done = Agenda.objects.filter(Q(ready_at__isnull=False) | Q(sent_at__isnull=False), meeting=OuterRef("pk"))
    rows = Meeting.objects.upcoming(now).filter(
        ~Exists(done), precision=Meeting.Precision.DAY, starts_on__gte=today, starts_on__lte=today + AGENDA_LEAD_TIME
    )
    for meeting in rows.select_related("coalition"):
        if meeting.is_planned and meeting.starts_on is not None:
            yield f"agenda:{meeting.pk}:{meeting.starts_on}", _build_agenda_reminder(meeting)


def _build_agenda_reminder(meeting: Meeting) -> NotificationEmail:
    def render_reminder_email() -> EmailText:
        names = {"title": meeting.title, "day": format_meeting_date(meeting)}
        return render_email("meetings/email/agenda_not_ready.txt", get_agenda_path(meeting), **names)

    people = find_coalition_coordinators(meeting.coalition)
    return NotificationEmail(
        coalition=meeting.coalition,
        people=people,
        topic=EmailTopic.REMINDERS,
        write=render_reminder_email,
        record=meeting,
    )


@reminder_registry.register("polls")
def find_poll_reminders(now: datetime) -> Iterator[Reminder]:
    """Remind members on the day before a poll closes, unless it was opened within a day."""
    closing = TimePoll.objects.open(now).filter(closes_at__lte=now + TWO_DAYS, opened_at__lte=now - ONE_DAY)
    for poll in closing.select_related("meeting__coalition").order_by("closes_at", "pk"):
        yield f"time-poll-closes:{poll.pk}", build_poll_reminder(poll)


@reminder_registry.register("session reports")
def find_report_reminders(now: datetime) -> Iterator[Reminder]:
    """Remind the rapporteurs three days before the deadline of a forum that the report is not published."""
    if REPORT_DEADLINE_PERIOD is None:
        return
    days = now.date() - REPORT_DEADLINE_PERIOD, now.date() + THREE_DAYS - REPORT_DEADLINE_PERIOD
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    rows = Meeting.objects.filter(
        ~Exists(published),
        Q(ends_on=None, starts_on__range=days) | Q(ends_on__range=days),
        state=State.PUBLISHED,
        cancelled_at__isnull=True,
        precision=Meeting.Precision.DAY,
    ).exclude(forum="")
    for meeting in rows.select_related("coalition"):
        if (deadline := get_report_deadline(meeting)) is not None:
            yield f"report:{meeting.pk}:{deadline}", _build_report_reminder(meeting, deadline)


def _build_report_reminder(meeting: Meeting, deadline: date) -> NotificationEmail:
    def render_reminder_email() -> EmailText:
        path = reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk])
        facts = {"title": meeting.title, "day": format_long_date(deadline), "forum": meeting.forum}
        return render_email("meetings/email/report_due.txt", path, **facts)

    coalition = meeting.coalition
    people = list(
        dict.fromkeys([*find_role_holders(coalition, Role.Kind.RAPPORTEUR), *find_coalition_coordinators(coalition)])
    )
    return NotificationEmail(
        coalition=coalition, people=people, topic=EmailTopic.REMINDERS, write=render_reminder_email, record=meeting
    )
