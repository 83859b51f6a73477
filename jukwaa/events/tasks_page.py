"""Tasks from events: calls to take part, and feedback after an event."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.dates import format_long_date
from jukwaa.events.models import Event, Occurrence, Pledge
from jukwaa.events.models.events import get_earliest_date_on_earth
from jukwaa.records.models import State

PLEDGE_DEADLINE_EXPRESSION = Coalesce("until", "ends_on")  # as `Occurrence.last_pledge_day` has it
FEEDBACK_PERIOD = timedelta(days=120)  # nobody is asked for longer how it was


@task_source_registry.register(200)
def find_event_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if not standing.speaks_for:
        return
    readable = Event.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    yield from _find_open_call_tasks(standing, readable)
    yield from _find_missing_feedback_tasks(standing, readable)


def _find_open_call_tasks(viewer_standing: Standing, readable_events: QuerySet[Event]) -> Iterator[TaskQuery]:
    own = Pledge.objects.standing().filter(occurrence=OuterRef("pk"), organisation__in=viewer_standing.speaks_for)
    rows = Occurrence.objects.annotate(last=PLEDGE_DEADLINE_EXPRESSION).filter(
        ~Exists(own),
        event__in=readable_events,
        called_at__isnull=False,
        cancelled_at=None,
        ends_on__gte=timezone.localdate() - timedelta(days=1),
        last__gte=get_earliest_date_on_earth(),
    )
    yield TaskQuery(
        rows.order_by("starts_on"),
        _build_call_task,
        parent="event",
        title="event__title",
        due=PLEDGE_DEADLINE_EXPRESSION,
        day="starts_on",
    )


def _build_call_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Pledge what your organisation will do: “%(title)s”, %(day)s") % _get_task_title_context(task_row),
        explanation=_(
            "The organiser asks your organisation to take part. One sentence about what you will do is enough."
        ),
        url=_build_task_url(standing, "events:occurrence_detail", task_row.parent, task_row.pk),
    )


def _find_missing_feedback_tasks(viewer_standing: Standing, readable_events: QuerySet[Event]) -> Iterator[TaskQuery]:
    today = timezone.localdate()
    rows = Pledge.objects.standing().filter(
        organisation__in=viewer_standing.speaks_for,
        occurrence__event__in=readable_events,
        occurrence__cancelled_at=None,
        occurrence__ends_on__lt=today,
        occurrence__ends_on__gte=today - FEEDBACK_PERIOD,
        feedback=None,
    )
    over = rows.order_by("occurrence__ends_on")
    yield TaskQuery(over, _build_feedback_task, title="occurrence__event__title", day="occurrence__starts_on")


def _build_feedback_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Report how it went: “%(title)s”, %(day)s") % _get_task_title_context(task_row),
        explanation=_(
            "Your organisation took part. Your report helps organisations that are thinking of taking part next time."
        ),
        url=_build_task_url(standing, "events:feedback", task_row.pk),
    )


def _get_task_title_context(task_row: TaskRow) -> dict[str, str]:
    return {"title": task_row.isolated_title, "day": format_long_date(task_row.day) if task_row.day else ""}


def _build_task_url(viewer_standing: Standing, url_name: str, *numbers: int) -> str:
    return reverse(url_name, args=[viewer_standing.coalition.slug, *numbers])
