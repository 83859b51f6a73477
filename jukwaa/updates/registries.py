"""What features register about email: whom an activity is told, and of what people are reminded.

A feature has a `notifications.py`, with a function for each kind and verb of activity that somebody is told of:

    @notifications.register(("comment", "commented"))
    def commented(activity: Activity) -> Iterator[News]: ...

and a `reminders.py`, whose functions yield all that is due by now, each with a key under which it is sent once:

    @reminders.register("commitments")
    def commitments(now: datetime) -> Iterator[Reminder]: ...
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from jukwaa.coalitions.models import Activity
from jukwaa.core.registry import Registry
from jukwaa.updates.notification_emails import NotificationEmail

REMINDER_WINDOW = timedelta(days=7)  # after an outage people still hear of what was due in the week before

type Notification = Callable[[Activity], Iterable[NotificationEmail]]
type Reminder = tuple[str, NotificationEmail]

notifications: Registry[tuple[str, str], Notification] = Registry("notifications")
reminder_registry: Registry[str, Callable[[datetime], Iterable[Reminder]]] = Registry("reminders")
