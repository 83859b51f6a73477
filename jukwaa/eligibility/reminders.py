"""Reminders of the next steps of the self-check, to the person in charge."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jukwaa.eligibility.models import ConditionAnswer
from jukwaa.updates.letters import News, email
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import MISSED, Reminder, reminders

BEFORE = timedelta(days=7)


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
