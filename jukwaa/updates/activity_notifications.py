"""Notify of activities, each once: the activities are the outbox. Why there is no cursor: decisions/0006."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Max, Min, Q, Value
from django.db.models.functions import Coalesce, NullIf

from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Activity
from jukwaa.mail.models import Message
from jukwaa.updates.letters import get_mail_language
from jukwaa.updates.models import Letter, Told, ToldUntil
from jukwaa.updates.notification_emails import (
    build_email_key,
    find_notification_readers,
    send_notification,
    send_notification_to_person,
)
from jukwaa.updates.publication_delay import build_delayed_publication_q
from jukwaa.updates.registries import notifications

logger = logging.getLogger("jukwaa.updates")

ACTIVITIES_PER_BATCH = 500
NOTIFIED_ACTIVITY_RETENTION = timedelta(days=7)  # no transaction stays open for so long


def send_pending_activity_notifications(now: datetime | None = None) -> int:
    """Notify of every activity that has not been notified yet; return how many. Recent publications wait."""
    return sum(_notify_activity_safely(activity) for activity in _find_activities_to_notify(now))


def _get_last_notified_activity_id() -> int:
    return ToldUntil.objects.aggregate(at=Max("activity_id"))["at"] or 0


def _find_activities_to_notify(now: datetime | None) -> Iterable[Activity]:
    untold = Activity.objects.filter(
        pk__gt=_get_last_notified_activity_id(), told__isnull=True, coalition__isnull=False
    ).exclude(build_delayed_publication_q(now))
    return list(untold.select_related("coalition", "actor").order_by("pk")[:ACTIVITIES_PER_BATCH])


def _notify_activity_safely(activity: Activity) -> int:
    """The note that it was told and the mails stand or fall together. One that fails does not keep others back."""
    try:
        _notify_recipients_of_activity(activity)
    except IntegrityError:
        return 0  # another worker was faster
    except Exception:
        logger.exception("Nobody could be told of activity %s; it is tried again at the next tick", activity.pk)
        return 0
    return 1


@action
def _notify_recipients_of_activity(activity: Activity) -> None:
    Told.objects.create(activity=activity)
    _send_activity_emails(activity)


def _send_activity_emails(activity: Activity) -> None:
    notification = notifications.get((activity.kind, activity.verb))
    for number, news in enumerate(notification(activity) if notification else ()):
        send_notification(news, key=_build_activity_key(activity, number), activity=activity)


def _build_activity_key(activity: Activity, email_number: int) -> str:
    return f"{activity.pk}" if email_number == 0 else f"{activity.pk}-{email_number}"


def rewrite_held_emails() -> int:
    """Write emails that wait for approval anew for readers who have chosen another language; return how many."""
    waiting = Letter.objects.filter(
        message__held=True, activity__isnull=False, person__isnull=False, coalition__mail_released_at=None
    ).exclude(language=Coalesce(NullIf("person__language", Value("")), "coalition__language"))
    letters: dict[Activity, list[Letter]] = defaultdict(list)
    for letter in waiting.select_related(
        "message", "coalition", "person__adult_contact", "activity__coalition", "activity__actor"
    ).order_by("pk")[:ACTIVITIES_PER_BATCH]:
        if letter.activity and letter.person and letter.language != get_mail_language(letter.person, letter.coalition):
            letters[letter.activity].append(letter)
    return sum(_rewrite_letters_of_activity(activity, stale) for activity, stale in letters.items())


@action
def _rewrite_letters_of_activity(activity: Activity, sent_letters: list[Letter]) -> int:
    by_key = {letter.message.key: letter for letter in sent_letters}
    notification, rewritten = notifications.get((activity.kind, activity.verb)), 0
    for number, news in enumerate(notification(activity) if notification else ()):
        for person in find_notification_readers(news):
            key = build_email_key(news, _build_activity_key(activity, number), person)
            if by_key.pop(key, None) is None or not Message.objects.filter(key=key, held=True).delete()[0]:
                continue
            send_notification_to_person(news, person, key=key, activity=activity, is_held=True)
            rewritten += 1
    for letter in by_key.values():  # no longer told: it stays as it is, and is not tried again
        if letter.person is not None:
            Letter.objects.filter(pk=letter.pk).update(language=letter.person.language or letter.coalition.language)
    return rewritten


def delete_expired_notification_records(now: datetime) -> None:
    """Forgets rows of a week ago, up to the first activity that is untold or younger; what is below was told."""
    later = Activity.objects.filter(pk__gt=_get_last_notified_activity_id(), coalition__isnull=False)
    first = later.filter(Q(told__isnull=True) | Q(at__gte=now - NOTIFIED_ACTIVITY_RETENTION)).aggregate(pk=Min("pk"))[
        "pk"
    ]
    until = first - 1 if first else later.aggregate(pk=Max("pk"))["pk"]
    if until and until > _get_last_notified_activity_id():
        ToldUntil.objects.update_or_create(pk=1, defaults={"activity_id": until})
        Told.objects.filter(pk__lte=until).delete()
