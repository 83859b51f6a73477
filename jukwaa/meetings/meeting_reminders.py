"""Reminders a day and an hour before a meeting, and agendas that go out by themselves: what the clock does.

Each email has a key, so that a worker that is killed and begins again sends nothing twice. A row is written once all
of them have been queued, so that a tick costs one query where nothing is due.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q

from jukwaa.meetings.actions.agenda_sending import send_agenda_when_ready
from jukwaa.meetings.agenda_emails import (
    build_agenda_notification,
    build_guest_agenda_emails,
    build_guest_reminders,
    build_meeting_reminder,
)
from jukwaa.meetings.models import AGENDA_LEAD_TIME, Agenda, Meeting, MeetingReminder
from jukwaa.meetings.participants import find_invited_members
from jukwaa.records.models import State
from jukwaa.updates.notification_emails import send_notification

logger = logging.getLogger("jukwaa.meetings")

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ReminderLeadTime = MeetingReminder.Ahead


def send_meeting_reminders(now: datetime) -> int:
    """Remind those invited to each meeting that starts within a day, then within an hour. Return how many reminders."""
    soon = Meeting.objects.upcoming(now).filter(starts_at__gt=now, starts_at__lte=now + DAY)
    return sum(_try_to_send_meeting_reminder(meeting, now) for meeting in soon.select_related("coalition"))


def _try_to_send_meeting_reminder(meeting: Meeting, now: datetime) -> int:
    """One that fails does not keep others back."""
    try:
        return _remind_invited_people(meeting, now)
    except Exception:
        logger.exception("People could not be reminded of meeting %s; it is tried again at the next tick", meeting.pk)
        return 0


def _remind_invited_people(meeting: Meeting, now: datetime) -> int:
    starts_at = meeting.starts_at
    assert starts_at is not None  # noqa: S101 - for the type alone: the query has asked for it
    ahead = ReminderLeadTime.HOUR if starts_at - now <= HOUR else ReminderLeadTime.DAY
    reminder: dict[str, Any] = {"meeting": meeting, "starts_at": starts_at, "ahead": ahead}
    if MeetingReminder.objects.filter(**reminder).exists():
        return 0
    key = f"meeting-reminder:{meeting.pk}:{starts_at.astimezone(UTC):%Y%m%dT%H%M}:{ahead}"
    is_starting_soon = ahead == ReminderLeadTime.HOUR
    send_notification(build_meeting_reminder(meeting, is_starting_soon=is_starting_soon), key=key)
    for guest_reminder in build_guest_reminders(meeting, is_starting_soon=is_starting_soon):
        send_notification(guest_reminder, key=key)
    MeetingReminder.objects.get_or_create(**reminder)
    return 1


def send_due_meeting_agendas(now: datetime) -> int:
    """Email each agenda that was sent by a button, or is ready when its day has come. Returns how many.

    Each email is a transaction of its own: a long one would keep all others from writing.
    """
    _send_ready_agendas(now)
    sent = Agenda.objects.filter(
        sent_version__isnull=False, meeting__state=State.PUBLISHED, meeting__cancelled_at__isnull=True
    )
    waiting = sent.filter(Q(emailed_version=None) | ~Q(emailed_version=F("sent_version")))
    return sum(_try_to_email_meeting_agenda(agenda) for agenda in waiting.select_related("meeting__coalition"))


def _try_to_email_meeting_agenda(agenda: Agenda) -> int:
    try:
        return _email_meeting_agenda(agenda)
    except Exception:
        logger.exception("The agenda of meeting %s could not be emailed; it is tried again", agenda.meeting_id)
        return 0


def _email_meeting_agenda(agenda: Agenda) -> int:
    meeting, version = agenda.meeting, agenda.sent_version
    if meeting.is_planned:
        is_changed = agenda.emailed_version is not None
        asks_for_updates = meeting.parts.filter(holds_updates=True).exists()
        people = find_invited_members(meeting)
        for_members = build_agenda_notification(
            meeting, people, is_agenda_changed=is_changed, asks_for_updates=asks_for_updates
        )
        for news in (for_members, *build_guest_agenda_emails(meeting, is_agenda_changed=is_changed)):
            send_notification(news, key=f"agenda:{meeting.pk}:{version}", caused_at=agenda.sent_at)
    Agenda.objects.filter(pk=agenda.pk).update(emailed_version=version)
    return 1


def _send_ready_agendas(now: datetime) -> None:
    """Seven days before the meeting."""
    waiting = Agenda.objects.filter(
        ready_at__isnull=False,
        sent_at__isnull=True,
        meeting__state=State.PUBLISHED,
        meeting__cancelled_at__isnull=True,
        meeting__starts_on__gte=now.date() - DAY,
        meeting__starts_on__lte=now.date() + AGENDA_LEAD_TIME + DAY,
    )
    for agenda in waiting.select_related("meeting__coalition"):
        if agenda.is_due(now):
            send_agenda_when_ready(meeting=agenda.meeting, now=now)
