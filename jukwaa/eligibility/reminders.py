"""Reminders of next steps of the self-check, and of coordination meetings whose attendance has not been logged."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jukwaa.coalitions.models import Role
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting
from jukwaa.meetings.times import get_local_day
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.recipients import find_coalition_coordinators, find_role_holders
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

STEP_REMINDER_LEAD_TIME = timedelta(days=7)
LOG_REMINDER_DELAY = timedelta(hours=12)  # reminders are written once a day


@reminder_registry.register("next steps of the self-check")
def build_condition_step_reminders(now: datetime) -> Iterator[Reminder]:
    """A week before the due date. A step that was assigned later is reminded of at once."""
    today = now.date()
    due = ConditionAnswer.objects.with_open_steps().filter(
        due_on__gte=today - REMINDER_WINDOW, due_on__lte=today + STEP_REMINDER_LEAD_TIME
    )
    for answer in due.select_related("coalition", "responsible"):
        if answer.responsible is None:
            continue
        write = defer_email_rendering(
            "eligibility/email/step_due.txt", answer.get_absolute_url(), step=answer.step, due_on=answer.due_on
        )
        news = NotificationEmail(
            coalition=answer.coalition, people=[answer.responsible], topic=EmailTopic.REMINDERS, write=write
        )
        yield f"self-check:{answer.pk}:{answer.responsible_id}:{answer.due_on}", news


@reminder_registry.register("coordination meetings to log")
def build_attendance_log_reminders(now: datetime) -> Iterator[Reminder]:
    """Once, on the day after the meeting: to its representatives, or to coordinators where there is none."""
    over = CoordinationMeeting.objects.without_attendance(now - LOG_REMINDER_DELAY).filter(
        starts_at__gte=now - LOG_REMINDER_DELAY - REMINDER_WINDOW
    )
    for meeting in over.select_related("coalition").order_by("pk"):
        people = find_role_holders(meeting.coalition, Role.Kind.REPRESENTATIVE) or find_coalition_coordinators(
            meeting.coalition
        )
        write = defer_email_rendering(
            "eligibility/email/coordination_log.txt",
            meeting.get_absolute_url(),
            title=meeting.title,
            starts_at=get_local_day(meeting.starts_at, meeting.time_zone),
        )
        news = NotificationEmail(coalition=meeting.coalition, people=people, topic=EmailTopic.REMINDERS, write=write)
        yield f"coordination:{meeting.pk}", news
