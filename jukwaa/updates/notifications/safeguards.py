"""What is held is told to the safeguarding lead alone; that nobody holds the role, to the coordinators. No content."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.coalitions.models import Activity, Role
from jukwaa.updates.letters import News, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators, holders
from jukwaa.updates.registries import notifications


@notifications.register(("held", "held"))
def held(activity: Activity) -> Iterator[News]:
    coalition = activity.coalition
    if coalition is None:
        return
    write = email("updates/email/held.txt", reverse("records:held_list", args=[coalition.slug]))
    to = holders(coalition, Role.Kind.SAFEGUARDING_LEAD)
    yield News(coalition=coalition, people=to, topic=Topic.CONCERNS, write=write, at_once=True)


@notifications.register(("held", "held-without-lead"))
def held_without_lead(activity: Activity) -> Iterator[News]:
    coalition = activity.coalition
    if coalition is None:
        return
    write = email("updates/email/held_without_lead.txt", reverse("coalitions:roles", args=[coalition.slug]))
    yield News(coalition=coalition, people=coordinators(coalition), topic=Topic.CONCERNS, write=write, at_once=True)
