"""Tasks from events: calls to take part, and feedback after an event."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.core.dates import written
from jukwaa.events.models import Event, Occurrence, Pledge
from jukwaa.events.models.events import today_at_the_latest
from jukwaa.records.models import State

LAST_TO_PLEDGE = Coalesce("until", "ends_on")  # as `Occurrence.last_to_pledge` has it
TOLD_WITHIN = timedelta(days=120)  # nobody is asked for longer how it was


@task_sources.register(200)
def find_events(standing: Standing) -> Iterator[TaskQuery]:
    if not standing.speaks_for:
        return
    readable = Event.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    yield from _calls(standing, readable)
    yield from _feedback(standing, readable)


def _calls(standing: Standing, readable: QuerySet[Event]) -> Iterator[TaskQuery]:
    own = Pledge.objects.standing().filter(occurrence=OuterRef("pk"), organisation__in=standing.speaks_for)
    rows = Occurrence.objects.annotate(last=LAST_TO_PLEDGE).filter(
        ~Exists(own),
        event__in=readable,
        called_at__isnull=False,
        cancelled_at=None,
        ends_on__gte=timezone.localdate() - timedelta(days=1),
        last__gte=today_at_the_latest(),
    )
    yield TaskQuery(
        rows.order_by("starts_on"),
        _build_calls,
        parent="event",
        title="event__title",
        due=LAST_TO_PLEDGE,
        day="starts_on",
    )


def _build_calls(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=_("Pledge what your organisation will do: “%(title)s”, %(day)s") % _names(row),
        explanation=_("Your organisation is asked to take part. One sentence is enough."),
        url=_address(standing, "events:occurrence_detail", row.parent, row.pk),
    )


def _feedback(standing: Standing, readable: QuerySet[Event]) -> Iterator[TaskQuery]:
    today = timezone.localdate()
    rows = Pledge.objects.standing().filter(
        organisation__in=standing.speaks_for,
        occurrence__event__in=readable,
        occurrence__cancelled_at=None,
        occurrence__ends_on__lt=today,
        occurrence__ends_on__gte=today - TOLD_WITHIN,
        feedback=None,
    )
    over = rows.order_by("occurrence__ends_on")
    yield TaskQuery(over, _build_feedback, title="occurrence__event__title", day="occurrence__starts_on")


def _build_feedback(standing: Standing, row: Row) -> Task:
    return Task(
        title=_("Report how it went: “%(title)s”, %(day)s") % _names(row),
        explanation=_(
            "Your organisation took part. Your report helps others who are thinking of taking part next time."
        ),
        url=_address(standing, "events:feedback", row.pk),
    )


def _names(row: Row) -> dict[str, str]:
    return {"title": row.title, "day": written(row.day) if row.day else ""}


def _address(standing: Standing, name: str, *numbers: int) -> str:
    return reverse(name, args=[standing.coalition.slug, *numbers])
