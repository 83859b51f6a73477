"""What is held is told to the safeguarding lead alone; that nobody holds the role, to the coordinators. No content."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.coalitions.models import Activity, Role
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.recipients import find_coalition_coordinators, find_role_holders
from jukwaa.updates.registries import notifications


@notifications.register(("held", "held"))
def notify_quarantine_added(activity: Activity) -> Iterator[NotificationEmail]:
    coalition = activity.coalition
    if coalition is None:
        return
    write = defer_email_rendering("updates/email/held.txt", reverse("records:held_list", args=[coalition.slug]))
    to = find_role_holders(coalition, Role.Kind.SAFEGUARDING_LEAD)
    yield NotificationEmail(
        coalition=coalition, people=to, topic=EmailTopic.CONCERNS, write=write, at_once=True, is_required=True
    )


@notifications.register(("held", "held-without-lead"))
def notify_quarantined_without_lead(activity: Activity) -> Iterator[NotificationEmail]:
    coalition = activity.coalition
    if coalition is None:
        return
    write = defer_email_rendering(
        "updates/email/held_without_lead.txt", reverse("coalitions:roles", args=[coalition.slug])
    )
    yield NotificationEmail(
        coalition=coalition,
        people=find_coalition_coordinators(coalition),
        topic=EmailTopic.CONCERNS,
        write=write,
        at_once=True,
        is_required=True,
    )
