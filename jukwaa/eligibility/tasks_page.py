"""Tasks from the self-check: next steps of which this person is in charge, and coordination meetings to log."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.eligibility.coordination.models import REPRESENTING_ROLES
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting


@task_source_registry.register(205)
def find_condition_step_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    own = ConditionAnswer.objects.with_open_steps().filter(
        coalition=viewer_standing.coalition, responsible=viewer_standing.viewer.pk
    )
    yield TaskQuery(
        own.order_by("due_on", "pk"),
        _build_condition_step_task,
        parent="year",
        title="step",
        detail="rule",
        due="due_on",
    )


def _build_condition_step_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=task_row.title,
        explanation=_("You are in charge of this step in the self-check. Mark it as done when it is finished."),
        url=reverse(
            "eligibility:condition_edit", args=[viewer_standing.coalition.slug, task_row.parent, task_row.detail]
        ),
    )


@task_source_registry.register(206)
def find_attendance_log_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For representatives and coordinators: meetings that are over, whose attendance nobody has logged."""
    if not viewer_standing.roles & set(REPRESENTING_ROLES):
        return
    rows = CoordinationMeeting.objects.of(viewer_standing.coalition).without_attendance(viewer_standing.moment)
    yield TaskQuery(rows.order_by("starts_at", "pk"), _build_attendance_log_task, title="title")


def _build_attendance_log_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Record attendance: %(title)s") % {"title": task_row.isolated_title},
        explanation=_("Choose who represented the coalition, and add a short report or a link."),
        url=reverse_row_url("eligibility:coordination_log", viewer_standing.coalition.slug, task_row.pk),
    )
