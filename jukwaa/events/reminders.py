"""What is due of events: asking those who had time to wait, a last word before a call ends, and how it was."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.notifications import (
    PREFIX,
    asking_all,
    member_organisations,
    names_of,
)
from jukwaa.events.taking_part import pledges_of
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import speakers_of_any
from jukwaa.updates.registries import MISSED, Reminder, reminders

FIRST = timedelta(days=3)  # for so long those who took part before are alone in being asked
WEEK = timedelta(days=7)


@reminders.register("events")
def events(now: datetime) -> Iterator[Reminder]:
    open_ones = Occurrence.objects.filter(
        event__state=State.PUBLISHED, cancelled_at=None, called_at__isnull=False, ends_on__gte=now.date() - WEEK
    )
    for occurrence in open_ones.select_related("event__coalition"):
        if occurrence.takes_pledges:
            yield from _asked(occurrence, now)
    yield from _afterwards(now.date())


def _asked(occurrence: Occurrence, now: datetime) -> Iterator[Reminder]:
    if occurrence.called_at is not None and occurrence.called_at <= now - FIRST:
        yield f"take-part:{occurrence.pk}", asking_all(occurrence)
    if now.date() <= occurrence.last_to_pledge <= now.date() + WEEK:
        yield f"take-part-soon:{occurrence.pk}:{occurrence.last_to_pledge}", _last_word(occurrence)


def _last_word(occurrence: Occurrence) -> News:
    """To those who have not said anything."""
    said = set(pledges_of(occurrence).values_list("organisation", flat=True))
    silent = [pk for pk in member_organisations(occurrence.event.coalition) if pk not in said]

    def write() -> Text:
        return render_email("events/email/asked_once_more.txt", occurrence.get_absolute_url(), **names_of(occurrence))

    return News(
        coalition=occurrence.event.coalition,
        people=speakers_of_any(silent),
        topic=Topic.REMINDERS,
        write=write,
        record=occurrence.event,
        answer=Answer(f"{PREFIX}:{occurrence.pk}"),
    )


def _afterwards(today: date) -> Iterator[Reminder]:
    """From the day after: to whoever pledged and has not told what came of it."""
    rows = Pledge.objects.standing().filter(
        occurrence__event__state=State.PUBLISHED,
        occurrence__cancelled_at=None,
        occurrence__ends_on__lt=today,
        occurrence__ends_on__gte=today - MISSED,
        feedback=None,
    )
    for pledge in rows.select_related("occurrence__event__coalition", "organisation"):
        yield f"feedback:{pledge.pk}", _how_it_was(pledge)


def _how_it_was(pledge: Pledge) -> News:
    event = pledge.occurrence.event

    def write() -> Text:
        path = reverse("events:feedback", args=[event.coalition.slug, pledge.pk])
        names = names_of(pledge.occurrence)
        return render_email("events/email/feedback.txt", path, **names, activity=pledge.activity)

    return News(
        coalition=event.coalition,
        people=speakers_of_any([pledge.organisation]),
        topic=Topic.REMINDERS,
        write=write,
        record=event,
    )
