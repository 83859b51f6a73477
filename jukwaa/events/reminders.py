"""What is due of events: asking those who had time to wait, a last word before a call ends, and how it was."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.notifications import (
    PLEDGE_REPLY_PREFIX,
    build_general_call_news,
    get_email_context,
    get_member_organisation_ids,
)
from jukwaa.events.participation import find_occurrence_pledges
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import find_representatives_of_any
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

GENERAL_CALL_DELAY = timedelta(days=3)  # for so long those who took part before are alone in being asked
ONE_WEEK = timedelta(days=7)


@reminder_registry.register("events")
def find_event_reminders(now: datetime) -> Iterator[Reminder]:
    open_ones = Occurrence.objects.filter(
        event__state=State.PUBLISHED, cancelled_at=None, called_at__isnull=False, ends_on__gte=now.date() - ONE_WEEK
    )
    for occurrence in open_ones.select_related("event__coalition"):
        if occurrence.is_open_for_pledges:
            yield from _find_call_reminders(occurrence, now)
    yield from _find_feedback_reminders(now.date())


def _find_call_reminders(occurrence: Occurrence, now: datetime) -> Iterator[Reminder]:
    if occurrence.called_at is not None and occurrence.called_at <= now - GENERAL_CALL_DELAY:
        yield f"take-part:{occurrence.pk}", build_general_call_news(occurrence)
    if now.date() <= occurrence.last_pledge_day <= now.date() + ONE_WEEK:
        yield f"take-part-soon:{occurrence.pk}:{occurrence.last_pledge_day}", _build_pledge_reminder_news(occurrence)


def _build_pledge_reminder_news(occurrence: Occurrence) -> NotificationEmail:
    """Build the reminder to organisations that have not pledged yet."""
    said = set(find_occurrence_pledges(occurrence).values_list("organisation", flat=True))
    silent = [pk for pk in get_member_organisation_ids(occurrence.event.coalition) if pk not in said]

    def write_email() -> EmailText:
        return render_email(
            "events/email/asked_once_more.txt", occurrence.get_absolute_url(), **get_email_context(occurrence)
        )

    return NotificationEmail(
        coalition=occurrence.event.coalition,
        people=find_representatives_of_any(silent),
        topic=EmailTopic.REMINDERS,
        write=write_email,
        record=occurrence.event,
        answer=ReplyOption(f"{PLEDGE_REPLY_PREFIX}:{occurrence.pk}"),
    )


def _find_feedback_reminders(today: date) -> Iterator[Reminder]:
    """Yield reminders to organisations that pledged and have not given feedback, from the day after the event."""
    rows = Pledge.objects.standing().filter(
        occurrence__event__state=State.PUBLISHED,
        occurrence__cancelled_at=None,
        occurrence__ends_on__lt=today,
        occurrence__ends_on__gte=today - REMINDER_WINDOW,
        feedback=None,
    )
    for pledge in rows.select_related("occurrence__event__coalition", "organisation"):
        yield f"feedback:{pledge.pk}", _build_feedback_request(pledge)


def _build_feedback_request(pledge: Pledge) -> NotificationEmail:
    event = pledge.occurrence.event

    def write_email() -> EmailText:
        path = reverse("events:feedback", args=[event.coalition.slug, pledge.pk])
        names = get_email_context(pledge.occurrence)
        return render_email("events/email/feedback.txt", path, **names, activity=pledge.activity)

    return NotificationEmail(
        coalition=event.coalition,
        people=find_representatives_of_any([pledge.organisation]),
        topic=EmailTopic.REMINDERS,
        write=write_email,
        record=event,
    )
