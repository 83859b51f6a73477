"""Tasks from quarantine, for the safeguarding lead."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.records.models import Held


@task_source_registry.register(10)
def find_quarantine_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """What was kept aside at a door: that it waits, and no word of what it says."""
    if not standing.is_safeguarding_lead:
        return
    waiting = Held.objects.visible_to(standing.viewer).filter(coalition=standing.coalition).waiting()
    yield TaskQuery(waiting, _build_quarantine_task, counted_by="coalition")


def _build_quarantine_task(standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext("Decide on 1 item in quarantine", "Decide on %(n)s items in quarantine", task_row.number)
    return Task(
        title=title % {"n": task_row.number},
        explanation=_("Only the safeguarding lead can see items in quarantine. Someone may need help."),
        url=reverse("records:held_list", args=[standing.coalition.slug]),
        is_urgent=True,
    )
