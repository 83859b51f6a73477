"""What events ask of somebody: to take part, and to tell afterwards how it was."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import written
from jukwaa.events.models import Event, Occurrence, Pledge
from jukwaa.home.desk_item import LIMIT, Item
from jukwaa.records.models import State

TOLD_WITHIN = timedelta(days=120)  # nobody is asked for longer how it was


def events(standing: Standing) -> Iterator[Item]:
    if not standing.speaks_for:
        return
    readable = Event.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    yield from _calls(standing, readable)
    yield from _feedback(standing, readable)


def _calls(standing: Standing, readable: QuerySet[Event]) -> Iterator[Item]:
    own = Pledge.objects.standing().filter(occurrence=OuterRef("pk"), organisation__in=standing.speaks_for)
    rows = Occurrence.objects.filter(
        ~Exists(own),
        event__in=readable,
        called_at__isnull=False,
        cancelled_at=None,
        ends_on__gte=timezone.localdate() - timedelta(days=1),
    )
    for occurrence in rows.select_related("event").order_by("starts_on")[:LIMIT]:
        if occurrence.takes_pledges:
            names = {"title": occurrence.event.title, "day": written(occurrence.starts_on)}
            yield Item(
                due=occurrence.last_to_pledge,
                deed=_("Say what your organisation will do: “%(title)s”, %(day)s") % names,
                why=_("You are asked to take part. One sentence is enough."),
                url=_address(standing, "events:occurrence_detail", occurrence.event_id, occurrence.pk),
            )


def _feedback(standing: Standing, readable: QuerySet[Event]) -> Iterator[Item]:
    today = timezone.localdate()
    rows = Pledge.objects.standing().filter(
        organisation__in=standing.speaks_for,
        occurrence__event__in=readable,
        occurrence__cancelled_at=None,
        occurrence__ends_on__lt=today,
        occurrence__ends_on__gte=today - TOLD_WITHIN,
        feedback=None,
    )
    for pledge in rows.select_related("occurrence__event").order_by("occurrence__ends_on")[:LIMIT]:
        names = {"title": pledge.occurrence.event.title, "day": written(pledge.occurrence.starts_on)}
        yield Item(
            due=None,
            deed=_("Tell how it was: “%(title)s”, %(day)s") % names,
            why=_("Your organisation took part. Whoever thinks of taking part next time reads it."),
            url=_address(standing, "events:feedback", pledge.pk),
        )


def _address(standing: Standing, name: str, *numbers: int) -> str:
    return reverse(name, args=[standing.coalition.slug, *numbers])
