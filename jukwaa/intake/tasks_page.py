"""Tasks from imported reports, and from documents that came by email."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, State


@task_source_registry.register(40)
def find_reading_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    visible = Reading.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    theirs = visible.filter(started_by=viewer_standing.viewer.pk)
    if viewer_standing.is_rapporteur:
        theirs |= visible.without_active_starter()
    failed = theirs.filter(state=Reading.State.FAILED).order_by("started_at")
    yield TaskQuery(theirs.unfinished().order_by("started_at"), _build_reading_task, title="title")
    yield TaskQuery(failed, _build_reading_task, title="title", detail="problem")


def _build_reading_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    title = _("Review suggestions from “%(title)s”")
    if task_row.detail:
        title = _("Find out why “%(title)s” could not be imported")
    return Task(
        title=title % {"title": task_row.isolated_title},
        explanation=task_row.detail
        or _("Nothing is added to the record until you confirm it. Your decisions are saved."),
        url=reverse("intake:reading_detail", args=[viewer_standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(70)
def find_email_document_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """What came in by mail lies on no reading desk: somebody who keeps the record publishes it, or withdraws it."""
    if not viewer_standing.is_rapporteur:
        return
    documents = Document.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    waiting = documents.filter(state=State.SUBMITTED, readings__isnull=True)
    yield TaskQuery(waiting.order_by("created_at"), _build_email_document_task, title="title")


def _build_email_document_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Check the document “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("This document came by email, with attached files. Publish it or withdraw it."),
        url=reverse("records:document_detail", args=[viewer_standing.coalition.slug, task_row.pk]),
    )
