"""Reminders of next steps of the self-check, and of coordination meetings whose attendance has not been logged."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jukwaa.coalitions.models import Role
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting
from jukwaa.meetings.times import get_local_day
from jukwaa.updates.letters import News, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators, holders
from jukwaa.updates.registries import MISSED, Reminder, reminders

BEFORE = timedelta(days=7)
AFTER = timedelta(hours=12)  # reminders are written once a day


@reminders.register("next steps of the self-check")
def find_next_steps_due(now: datetime) -> Iterator[Reminder]:
    """A week before the due date. A step that was assigned later is reminded of at once."""
    today = now.date()
    due = ConditionAnswer.objects.to_do().filter(due_on__gte=today - MISSED, due_on__lte=today + BEFORE)
    for answer in due.select_related("coalition", "responsible"):
        if answer.responsible is None:
            continue
        write = email(
            "eligibility/email/step_due.txt", answer.get_absolute_url(), step=answer.step, due_on=answer.due_on
        )
        news = News(coalition=answer.coalition, people=[answer.responsible], topic=Topic.REMINDERS, write=write)
        yield f"self-check:{answer.pk}:{answer.responsible_id}:{answer.due_on}", news


@reminders.register("coordination meetings to log")
def find_coordination_to_log(now: datetime) -> Iterator[Reminder]:
    """Once, on the day after the meeting: to its representatives, or to coordinators where there is none."""
    over = CoordinationMeeting.objects.to_log(now - AFTER).filter(starts_at__gte=now - AFTER - MISSED)
    for meeting in over.select_related("coalition").order_by("pk"):
        people = holders(meeting.coalition, Role.Kind.REPRESENTATIVE) or coordinators(meeting.coalition)
        write = email(
            "eligibility/email/coordination_log.txt",
            meeting.get_absolute_url(),
            title=meeting.title,
            starts_at=get_local_day(meeting.starts_at, meeting.time_zone),
        )
        news = News(coalition=meeting.coalition, people=people, topic=Topic.REMINDERS, write=write)
        yield f"coordination:{meeting.pk}", news
