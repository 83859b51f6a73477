"""The activities as an outbox: each is told once to whom it concerns. Why there is no cursor: decisions/0006."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Max, Min, Q

from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Activity
from jukwaa.updates.letters import send_news
from jukwaa.updates.models import Told, ToldUntil
from jukwaa.updates.registries import notifications
from jukwaa.updates.waiting import still_waits

logger = logging.getLogger("jukwaa.updates")

BATCH = 500
GRACE = timedelta(days=7)  # no transaction stays open for so long


def tell(now: datetime | None = None) -> int:
    """Tell of every activity that nobody was told of; the number says of how many. What was just published waits."""
    return sum(_tell_once(activity) for activity in _untold(now))


def _floor() -> int:
    return ToldUntil.objects.aggregate(at=Max("activity_id"))["at"] or 0


def _untold(now: datetime | None) -> Iterable[Activity]:
    untold = Activity.objects.filter(pk__gt=_floor(), told__isnull=True, coalition__isnull=False).exclude(
        still_waits(now)
    )
    return list(untold.select_related("coalition", "actor").order_by("pk")[:BATCH])


def _tell_once(activity: Activity) -> int:
    """The note that it was told and the mails stand or fall together. One that fails does not keep others back."""
    try:
        _tell(activity)
    except IntegrityError:
        return 0  # another worker was faster
    except Exception:
        logger.exception("Nobody could be told of activity %s; it is tried again at the next tick", activity.pk)
        return 0
    return 1


@action
def _tell(activity: Activity) -> None:
    Told.objects.create(activity=activity)
    _mails_of(activity)


def _mails_of(activity: Activity) -> None:
    notification = notifications.get((activity.kind, activity.verb))
    for number, news in enumerate(notification(activity) if notification else ()):
        send_news(news, key=f"{activity.pk}" if number == 0 else f"{activity.pk}-{number}")


def forget_told(now: datetime) -> None:
    """Forgets rows of a week ago, up to the first activity that is untold or younger; what is below was told."""
    later = Activity.objects.filter(pk__gt=_floor(), coalition__isnull=False)
    first = later.filter(Q(told__isnull=True) | Q(at__gte=now - GRACE)).aggregate(pk=Min("pk"))["pk"]
    until = first - 1 if first else later.aggregate(pk=Max("pk"))["pk"]
    if until and until > _floor():
        ToldUntil.objects.update_or_create(pk=1, defaults={"activity_id": until})
        Told.objects.filter(pk__lte=until).delete()
