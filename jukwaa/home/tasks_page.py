"""The tasks of a person in a coalition: urgent ones first, then those with a day, soonest first."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, find_tasks, task_source_registry


def get_tasks(viewer_standing: Standing) -> list[Task]:
    """Return the tasks of the viewer, from the cache until something is written in the coalition."""
    if not viewer_standing.viewer.is_authenticated:
        return []
    name = f"desk-{viewer_standing.viewer.pk}-{get_language()}"
    return get_or_build_cached(viewer_standing.coalition, name, lambda: _load_person_tasks(viewer_standing))


def _load_person_tasks(viewer_standing: Standing) -> list[Task]:
    sources = tuple(source for _order, source in sorted(task_source_registry.items()))
    tasks = [*_find_setup_task(viewer_standing), *find_tasks(viewer_standing, sources)]
    return sorted(tasks, key=lambda task: (not task.is_urgent, task.due is None, task.due or date.max))


def _find_setup_task(viewer_standing: Standing) -> Iterator[Task]:
    """A coalition whose mail nobody has let go yet is still being set up."""
    if not viewer_standing.is_coordinator or viewer_standing.coalition.mail_released_at:
        return
    yield Task(
        title=_("Set up the coalition"),
        explanation=_(
            "Complete the remaining steps, such as adding members and documents, scheduling the next meeting and"
            " approving email."
        ),
        url=reverse("home:begin", args=[viewer_standing.coalition.slug]),
    )


def format_task_count(tasks: list[Task]) -> str:
    """“Four things wait for you; the first is due on 1 December.”"""
    if not tasks:
        return _("You have no tasks.")
    return ngettext("You have 1 task.", "You have %(n)s tasks.", len(tasks)) % {"n": len(tasks)}
