"""On which day an item is to be looked at again."""

from collections.abc import Iterator
from datetime import datetime

from jukwaa.library.models import Item
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry


@reminder_registry.register("items of the library")
def remind_item_reviews_due(now: datetime) -> Iterator[Reminder]:
    """On the day that an item of the library is to be looked at again by: to whoever shared it."""
    today = now.date()
    due = Item.objects.filter(state=State.PUBLISHED, review_by__gte=today - REMINDER_WINDOW, review_by__lte=today)
    for item in due.select_related("coalition").prefetch_related("authorships__person"):
        yield f"review:{item.pk}:{item.review_by}", _build_review_due_email(item)


def _build_review_due_email(item: Item) -> NotificationEmail:
    write = defer_email_rendering("library/email/review_due.txt", item.get_absolute_url(), title=item.title)
    people = [authorship.person for authorship in item.authorships.all()]
    return NotificationEmail(
        coalition=item.coalition, people=people, topic=EmailTopic.REMINDERS, write=write, record=item
    )
