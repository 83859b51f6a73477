"""Tasks from reviews of items by a second person."""

from collections.abc import Iterator

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.library.models import Item, Review
from jukwaa.records.quarantine_store import find_safeguarding_leads


@task_source_registry.register(50)
def find_review_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """What waits to be read by a second person: for the lead, for whoever is asked, and for those who wrote it."""
    if not standing.viewer.is_authenticated:
        return
    waiting = Review.objects.waiting(standing.coalition).order_by("sent_at")
    own = Item.objects.of(standing.coalition).filter(authorships__person=standing.viewer.pk).returned_by_reviewer()
    theirs = waiting.filter(reviewer=standing.viewer.pk)
    yield TaskQuery(theirs, _build_review_task, parent="item", title="item__title", day="accepted_at")
    if standing.is_safeguarding_lead:
        yield TaskQuery(waiting.filter(reviewer=None), _build_assignment_task, parent="item", title="item__title")
    yield TaskQuery(own.order_by("created_at"), _build_revision_task, title="title")


def _build_review_task(standing: Standing, task_row: TaskRow) -> Task:
    explanation = _("You agreed to review this text. Enter your decision and the reason.")
    if task_row.day is None:
        explanation = _("The safeguarding lead asks you to review this text before it is published. Accept or decline.")
    return _build_library_task(standing, _("Review “%(title)s”"), explanation, task_row)


def _build_assignment_task(standing: Standing, task_row: TaskRow) -> Task:
    explanation = _("This text cannot be published until it has been reviewed. Only you can choose a reviewer.")
    return _build_library_task(standing, _("Choose a reviewer for “%(title)s”"), explanation, task_row)


def _build_revision_task(standing: Standing, task_row: TaskRow) -> Task:
    explanation = _("The reviewer did not approve this version. Change the text, then send it for review again.")
    return _build_library_task(standing, _("Change “%(title)s”"), explanation, task_row)


def _build_library_task(viewer_standing: Standing, title: str, task_explanation: str, task_row: TaskRow) -> Task:
    url = reverse("library:review_detail", args=[viewer_standing.coalition.slug, task_row.parent])
    return Task(title=title % {"title": task_row.isolated_title}, explanation=task_explanation, url=url)


@task_source_registry.register(60)
def find_reviews_without_lead(standing: Standing) -> Iterator[TaskQuery]:
    """Coordinators can't read what waits, and can give the role to somebody who asks a second reader."""
    if not standing.is_coordinator:
        return
    waiting = Review.objects.waiting(standing.coalition).filter(~Exists(find_safeguarding_leads(standing.coalition)))
    yield TaskQuery(waiting, _build_missing_lead_task, counted_by="item__coalition")


def _build_missing_lead_task(standing: Standing, _task_row: TaskRow) -> Task:
    return Task(
        title=_("Appoint a safeguarding lead"),
        explanation=_("A text is waiting for review, but nobody can choose a reviewer."),
        url=reverse("coalitions:roles", args=[standing.coalition.slug]),
    )
