"""Tasks from the self-check: next steps of which this person is in charge, and coordination meetings to log."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_sources
from jukwaa.core.row_urls import reverse_row
from jukwaa.eligibility.coordination.models import REPRESENTING_ROLES
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting


@task_sources.register(205)
def find_step_tasks(standing: Standing) -> Iterator[TaskQuery]:
    own = ConditionAnswer.objects.with_open_steps().filter(coalition=standing.coalition, responsible=standing.viewer.pk)
    yield TaskQuery(
        own.order_by("due_on", "pk"), _build_step_task, parent="year", title="step", detail="rule", due="due_on"
    )


def _build_step_task(standing: Standing, row: TaskRow) -> Task:
    return Task(
        due=row.due,
        title=row.title,
        explanation=_("You are in charge of this step in the self-check. Mark it as done when it is finished."),
        url=reverse("eligibility:condition_edit", args=[standing.coalition.slug, row.parent, row.detail]),
    )


@task_sources.register(206)
def find_log_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """For representatives and coordinators: meetings that are over, whose attendance nobody has logged."""
    if not standing.roles & set(REPRESENTING_ROLES):
        return
    rows = CoordinationMeeting.objects.of(standing.coalition).without_attendance(standing.moment)
    yield TaskQuery(rows.order_by("starts_at", "pk"), _build_log_task, title="title")


def _build_log_task(standing: Standing, row: TaskRow) -> Task:
    return Task(
        title=_("Log attendance: %(title)s") % {"title": row.title},
        explanation=_("Choose who represented the coalition, and add a short report or a link."),
        url=reverse_row("eligibility:coordination_log", standing.coalition.slug, row.pk),
    )
