"""Tasks from the self-check: the next steps for which this person is in charge."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.eligibility.models import ConditionAnswer


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
