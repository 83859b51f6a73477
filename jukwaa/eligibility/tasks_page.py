"""Tasks from the self-check: next steps of which this person is in charge, and coordination meetings to log."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.core.row_urls import reverse_row
from jukwaa.eligibility.coordination.models import REPRESENTING
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting


@task_sources.register(205)
def find_next_steps(standing: Standing) -> Iterator[TaskQuery]:
    own = ConditionAnswer.objects.to_do().filter(coalition=standing.coalition, responsible=standing.viewer.pk)
    yield TaskQuery(
        own.order_by("due_on", "pk"), _build_next_step, parent="year", title="step", detail="rule", due="due_on"
    )


def _build_next_step(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=row.title,
        explanation=_("You are in charge of this step in the self-check. Mark it as done when it is finished."),
        url=reverse("eligibility:condition_edit", args=[standing.coalition.slug, row.parent, row.detail]),
    )


@task_sources.register(206)
def find_coordination_to_log(standing: Standing) -> Iterator[TaskQuery]:
    """For representatives and coordinators: meetings that are over, whose attendance nobody has logged."""
    if not standing.roles & set(REPRESENTING):
        return
    rows = CoordinationMeeting.objects.of(standing.coalition).to_log(standing.moment)
    yield TaskQuery(rows.order_by("starts_at", "pk"), _build_coordination_to_log, title="title")


def _build_coordination_to_log(standing: Standing, row: Row) -> Task:
    return Task(
        title=_("Log attendance: %(title)s") % {"title": row.title},
        explanation=_("Choose who represented the coalition, and add a short report or a link."),
        url=reverse_row("eligibility:coordination_log", standing.coalition.slug, row.pk),
    )
